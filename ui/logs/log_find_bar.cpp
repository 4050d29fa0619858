// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_find_bar.h"

#include "ui/common/language.h"
#include "ui/logs/log_items.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace visgate::ui {

LogFindBar::LogFindBar(const UiContext& context, LogItems& items, QWidget* parent)
    : Retranslated(parent), m_items(items), m_field(new QLineEdit), m_count(makeLabel(TextStyle::Caption)),
      m_previous(makeButton(ButtonKind::Normal)), m_next(makeButton(ButtonKind::Normal)),
      m_close(makeButton(ButtonKind::Icon, context.theme.icon(u"close"_s)))
{
    m_field->setObjectName(u"logFind"_s);
    m_field->installEventFilter(this);
    m_count->setObjectName(u"logMatches"_s);
    m_previous->setObjectName(u"previousMatch"_s);
    m_next->setObjectName(u"nextMatch"_s);
    m_close->setObjectName(u"closeFind"_s);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_count, 1);
    buttons->addWidget(m_previous);
    buttons->addWidget(m_next);
    buttons->addWidget(m_close);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_field);
    column->addLayout(buttons);
    setLayout(column);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_items.find(words);
        Q_EMIT wordsChanged();
    });
    connect(m_previous, &QPushButton::clicked, this, [this] { Q_EMIT stepWanted(false); });
    connect(m_next, &QPushButton::clicked, this, [this] { Q_EMIT stepWanted(true); });
    connect(m_close, &QPushButton::clicked, this, &LogFindBar::close);
    connect(&m_items, &LogItems::matchesChanged, this, &LogFindBar::count);
    hide();
    retranslate();
}

void LogFindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    m_items.find(m_field->text());
}

void LogFindBar::close()
{
    hide();
    m_items.find({});
    Q_EMIT closed();
}

void LogFindBar::setPlace(int row, bool reachesBack)
{
    m_row = row;
    m_reachesBack = reachesBack;
    count();
}

void LogFindBar::count()
{
    if (isHidden())
        return;
    const int found = m_items.matchCount();
    m_previous->setEnabled(found > 0);
    m_next->setEnabled(found > 0);
    QString text;
    if (m_items.wanted().isEmpty())
        text = QString();
    else if (m_items.isSearching())
        text = tr("Looking …");
    else if (found == 0)
        text = tr("Not found");
    else if (m_row >= 0 && m_row < m_items.rowCount() && m_items.row(m_row).matches.value_or(false))
        text = tr("%1 of %2").arg(m_items.matchNumber(m_row)).arg(found);
    else
        text = tr("%n line(s)", nullptr, found);
    if (!text.isEmpty() && !m_reachesBack && !m_items.isSearching())
        text += u" "_s + tr("in the part of the log that is loaded");
    m_count->setText(text);
}

bool LogFindBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    const int key = isKey ? static_cast<QKeyEvent*>(event)->key() : 0;
    const bool isMeant = key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!isMeant)
        return Retranslated::eventFilter(watched, event);
    event->accept(); // Esc would close what is around it
    if (event->type() == QEvent::KeyPress) {
        if (key == Qt::Key_Escape)
            close();
        else
            Q_EMIT stepWanted(!static_cast<QKeyEvent*>(event)->modifiers().testFlag(Qt::ShiftModifier));
    }
    return true;
}

void LogFindBar::retranslate()
{
    m_field->setPlaceholderText(tr("Find in the log"));
    m_field->setAccessibleName(tr("Find in the log"));
    m_previous->setText(tr("Previous"));
    m_previous->setAccessibleName(tr("Previous match"));
    m_previous->setToolTip(tr("Previous match (%1)").arg(u"Shift+F3"_s));
    m_next->setText(tr("Next"));
    m_next->setAccessibleName(tr("Next match"));
    m_next->setToolTip(tr("Next match (%1)").arg(u"F3"_s));
    m_close->setAccessibleName(tr("Close the search"));
    m_close->setToolTip(tr("Close the search"));
    count();
}

} // namespace visgate::ui
