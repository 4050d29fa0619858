// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/log_panel.h"

#include "core/foundation/logs/log_line.h"
#include "ui/common/desktop.h"
#include "ui/studio/log_items.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

/// Colours warnings and errors; the level also stands in the line's own words.
class LineDelegate final : public QStyledItemDelegate {
public:
    LineDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) { }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto level = static_cast<LogLevel>(index.data(LogItems::LevelRole).toInt());
        QColor colour = m_theme.colours().text;
        if (level == LogLevel::Error)
            colour = m_theme.colours().bad;
        else if (level == LogLevel::Warning)
            colour = m_theme.colours().warning;
        else if (level == LogLevel::Debug)
            colour = m_theme.colours().mutedText;
        option->palette.setColor(QPalette::Text, colour);
        option->palette.setColor(QPalette::HighlightedText, colour);
    }

private:
    const Theme& m_theme;
};

} // namespace

LogPanel::LogPanel(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_model(new LogItems(context.service, context.language, this)),
      m_title(makeLabel(TextStyle::Heading)), m_follow(new QCheckBox),
      m_copy(makeButton(ButtonKind::Plain, context.theme.icon(u"copy"_s))), m_list(new QListView)
{
    m_list->setObjectName(u"logList"_s);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new LineDelegate(context.theme, m_list));
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(font().pointSizeF() * 0.9);
    m_list->setFont(mono);
    m_list->setMinimumHeight(160);
    m_list->installEventFilter(this);
    m_follow->setObjectName(u"followLog"_s);
    m_follow->setChecked(true);
    m_copy->setObjectName(u"copyLog"_s);

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_follow);
    head->addWidget(m_copy);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    setLayout(column);

    connect(m_model, &QAbstractItemModel::rowsInserted, m_list, [this] {
        if (m_follow->isChecked())
            m_list->scrollToBottom();
    });
    connect(m_list->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        // The user scrolls: stay there, until back at the end.
        const auto* bar = m_list->verticalScrollBar();
        m_follow->setChecked(bar->sliderPosition() >= bar->maximum());
    });
    connect(m_follow, &QCheckBox::toggled, m_list, [this](bool follow) {
        if (follow)
            m_list->scrollToBottom();
    });
    connect(m_copy, &QPushButton::clicked, this, &LogPanel::copy);
    retranslate();
}

void LogPanel::setDeployment(const DeploymentId& id)
{
    m_model->setDeployment(id);
}

void LogPanel::retranslate()
{
    m_title->setText(tr("Log"));
    m_follow->setText(tr("Follow"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the log"));
    m_list->setAccessibleName(tr("Log lines"));
    m_model->retranslate();
}

void LogPanel::copy()
{
    QModelIndexList chosen = m_list->selectionModel()->selectedIndexes();
    if (chosen.isEmpty()) {
        m_context.desktop.copyText(m_model->text());
        return;
    }
    std::sort(chosen.begin(), chosen.end());
    QString text;
    for (const QModelIndex& index : chosen)
        text += index.data().toString() + u'\n';
    m_context.desktop.copyText(text);
}

bool LogPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy();
        return true;
    }
    return Retranslated::eventFilter(watched, event);
}

} // namespace visgate::ui
