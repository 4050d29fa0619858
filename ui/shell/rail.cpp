// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int wideWidth = 200;
constexpr int compactWidth = 68;

} // namespace

Rail::Rail(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_head(new QWidget),
      m_mark(new IconLabel(context.theme.illustration(u"visgate"_s), 32)), m_wordmark(new QLabel(u"Visgate"_s))
{
    setObjectName(u"rail"_s);
    m_wordmark->setObjectName(u"wordmark"_s);
    auto* mark = makeLayout<QHBoxLayout>(1.25);
    mark->setContentsMargins(4, 0, 0, 3 * metrics::unit);
    mark->addWidget(m_mark);
    mark->addWidget(m_wordmark, 1);
    m_head->setLayout(mark);

    auto* column = makeLayout<QVBoxLayout>(0.5);
    column->setContentsMargins(12, 20, 12, 12);
    column->addWidget(m_head);
    const auto add = [&](Section section, const QString& icon, const QString& objectName, int digit) {
        auto* button = new QPushButton;
        button->setObjectName(objectName);
        button->setProperty("kind", u"nav"_s);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus); // a click needs no ring, the choice shows
        button->setCursor(Qt::PointingHandCursor);
        const QKeySequence keys(Qt::CTRL | (digit > 0 ? static_cast<Qt::Key>(Qt::Key_0 + digit) : Qt::Key_Comma));
        connect(button, &QPushButton::clicked, this, [this, section] {
            setCurrent(m_current); // a press on the chosen entry must not uncheck it
            Q_EMIT chosen(section);
        });
        m_entries.append({section, icon, button, keys});
        column->addWidget(button);
    };
    add(Section::Home, u"home"_s, u"navHome"_s, 1);
    add(Section::Models, u"models"_s, u"navModels"_s, 2);
    add(Section::Studio, u"studio"_s, u"navStudio"_s, 3);
    add(Section::Monitor, u"monitor"_s, u"navMonitor"_s, 4);
    add(Section::Spend, u"money"_s, u"navSpend"_s, 5);
    column->addStretch(1);
    add(Section::Settings, u"settings"_s, u"navSettings"_s, 0);
    setLayout(column);
    setFixedWidth(wideWidth);
    retranslate();
    setCurrent(Section::Home);
}

QString Rail::nameOf(Section section)
{
    switch (section) {
    case Section::Home:
        return tr("Home");
    case Section::Models:
        return tr("Models");
    case Section::Studio:
        return tr("Studio");
    case Section::Monitor:
        return tr("Monitor");
    case Section::Spend:
        return tr("Spend");
    case Section::Settings:
        return tr("Settings");
    }
    return {};
}

void Rail::retranslate()
{
    setAccessibleName(tr("Sections"));
    for (const Entry& entry : m_entries) {
        const QString name = nameOf(entry.section);
        const QString keys = entry.keys.toString(QKeySequence::NativeText);
        entry.button->setText(m_compact ? QString() : name);
        entry.button->setShortcut(entry.keys); // a new text takes the button's shortcut away
        entry.button->setAccessibleName(name);
        entry.button->setToolTip(u"%1 (%2)"_s.arg(name, keys));
        setStyleProperty(entry.button, "compact", m_compact);
    }
}

void Rail::setCurrent(Section section)
{
    m_current = section;
    for (const Entry& entry : m_entries) {
        const bool chosen = entry.section == section;
        entry.button->setChecked(chosen);
        entry.button->setIcon(m_context.theme.icon(entry.icon, chosen ? Ink::Accent : Ink::Muted));
    }
}

void Rail::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    m_wordmark->setVisible(!compact);
    setFixedWidth(compact ? compactWidth : wideWidth);
    retranslate();
}

void Rail::setLow(bool low)
{
    m_head->setVisible(!low);
}

} // namespace visgate::ui
