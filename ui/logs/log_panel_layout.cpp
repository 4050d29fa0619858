// SPDX-License-Identifier: GPL-3.0-or-later
// What the log panel is made of; what it does is in log_panel.cpp.
#include "ui/common/language.h"
#include "ui/logs/log_delegate.h"
#include "ui/logs/log_feed.h"
#include "ui/logs/log_filter_bar.h"
#include "ui/logs/log_find_bar.h"
#include "ui/logs/log_panel.h"
#include "ui/logs/log_save_bar.h"
#include "ui/logs/log_view.h"
#include "ui/logs/service_log_source.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QCheckBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int wholeLines = 4; ///< of a long line, before it scrolls

} // namespace

LogPanel::LogPanel(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_source(new ServiceLogSource(context.service, this)),
      m_items(new LogItems(context.language, this)), m_feed(new LogFeed(*m_source, *m_items, this)),
      m_title(makeLabel(TextStyle::Heading)), m_follow(new QCheckBox),
      m_find(makeButton(ButtonKind::Icon, context.theme.icon(u"search"_s))), m_filter(makeButton(ButtonKind::Plain)),
      m_copy(makeButton(ButtonKind::Plain, context.theme.icon(u"copy"_s))),
      m_save(makeButton(ButtonKind::Icon, context.theme.icon(u"save"_s))), m_filterBar(new LogFilterBar(*m_items)),
      m_findBar(new LogFindBar(context, *m_items)), m_list(new LogView(context.theme, *m_items)),
      m_delegate(static_cast<LogDelegate*>(m_list->itemDelegate())), m_empty(makeLabel(TextStyle::Muted)),
      m_emptyButton(makeButton(ButtonKind::Normal)), m_stack(new QStackedWidget), m_end(makeButton(ButtonKind::Normal)),
      m_whole(new QPlainTextEdit), m_notice(makeLabel(TextStyle::Caption)),
      m_saveBar(new LogSaveBar(context, *m_source))
{
    layOut();
    addActions();
    connectParts();
    retranslate();
    showState();
}

void LogPanel::layOut()
{
    m_follow->setObjectName(u"followLog"_s);
    m_follow->setChecked(true);
    m_find->setObjectName(u"findInLog"_s);
    m_filter->setObjectName(u"filterLog"_s);
    m_filter->setCheckable(true);
    m_copy->setObjectName(u"copyLog"_s);
    m_save->setObjectName(u"saveLog"_s);
    m_end->setObjectName(u"newLogLines"_s);
    m_end->hide();
    m_notice->setObjectName(u"logNotice"_s);
    m_notice->hide();
    m_filterBar->hide();
    m_whole->setObjectName(u"wholeLogLine"_s);
    m_whole->setReadOnly(true);
    m_whole->setTabChangesFocus(true);
    m_whole->setFont(m_list->font());
    m_whole->setFixedHeight(wholeLines * m_whole->fontMetrics().lineSpacing() + 16);
    m_whole->hide();

    auto* head = makeLayout<QHBoxLayout>(1);
    head->addWidget(m_title, 1);
    head->addWidget(m_follow);
    head->addWidget(m_find);
    head->addWidget(m_filter);
    head->addWidget(m_copy);
    head->addWidget(m_save);
    m_stack->addWidget(m_list);
    m_stack->addWidget(makeEmpty());
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addLayout(head);
    column->addWidget(m_filterBar);
    column->addWidget(m_findBar);
    column->addWidget(m_stack, 1);
    column->addWidget(m_end, 0, Qt::AlignHCenter);
    column->addWidget(m_whole);
    column->addWidget(m_saveBar);
    column->addWidget(m_notice);
    setLayout(column);
}

QWidget* LogPanel::makeEmpty()
{
    m_empty->setObjectName(u"emptyLog"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_emptyButton->setObjectName(u"emptyLogAct"_s);
    auto* well = makeFrame("well");
    auto* column = makeLayout<QVBoxLayout>(1.5, 2 * metrics::unit);
    column->addStretch(1);
    column->addWidget(m_empty);
    column->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    column->addStretch(1);
    well->setLayout(column);
    return well;
}

QAction* LogPanel::addAct(
    const QString& objectName, const QKeySequence& keys, Qt::ShortcutContext where, void (LogPanel::*act)())
{
    auto* action = new QAction(this);
    action->setObjectName(objectName);
    action->setShortcut(keys);
    action->setShortcutContext(where);
    connect(action, &QAction::triggered, this, act);
    m_list->addAction(action);
    if (where == Qt::WidgetWithChildrenShortcut)
        addAction(action);
    return action;
}

void LogPanel::addActions()
{
    m_copyAction = addAct(u"copyLines"_s, QKeySequence::Copy, Qt::WidgetShortcut, &LogPanel::copy);
    m_copyAroundAction = addAct(
        u"copyAround"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_C, Qt::WidgetWithChildrenShortcut, &LogPanel::copyAround);
    m_findAction = addAct(u"find"_s, QKeySequence::Find, Qt::WidgetWithChildrenShortcut, &LogPanel::openFind);
    m_nextAction = addAct(u"findNext"_s, Qt::Key_F3, Qt::WidgetWithChildrenShortcut, &LogPanel::findNext);
    m_previousAction
        = addAct(u"findPrevious"_s, Qt::SHIFT | Qt::Key_F3, Qt::WidgetWithChildrenShortcut, &LogPanel::findPrevious);
    m_saveAction = addAct(u"saveLines"_s, QKeySequence::Save, Qt::WidgetShortcut, &LogPanel::save);
}

void LogPanel::connectParts()
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0);
    connect(&m_refresh, &QTimer::timeout, this, &LogPanel::showState);
    const auto refresh = [this] { m_refresh.start(); };
    connect(m_items, &QAbstractItemModel::modelReset, this, refresh);
    connect(m_items, &QAbstractItemModel::rowsInserted, this, refresh);
    connect(m_items, &QAbstractItemModel::rowsRemoved, this, refresh);
    connect(m_feed, &LogFeed::changed, this, refresh);
    connect(m_feed, &LogFeed::arrived, this, &LogPanel::showMoment);
    connect(m_feed, &LogFeed::oneFailed, this, [this](int deployment, const Error& error) {
        say(tr("The log of %1 cannot be read. %2")
                .arg(m_items->names().value(deployment), m_context.language.format().describe(error).message));
    });
    connect(m_feed, &LogFeed::newLinesShown, this, [this](int lines) {
        if (!m_list->isFollowing())
            m_unseen += lines;
    });
    connect(m_items, &LogItems::matchesChanged, this, [this] { jump(m_jump); });
    connect(m_list, &LogView::followingChanged, this, &LogPanel::follow);
    connect(m_list, &LogView::startReached, m_feed, &LogFeed::loadOlder);
    connect(m_list, &LogView::endReached, this, [this](bool byScrolling) {
        if (!m_feed->isAtEnd())
            m_feed->loadNewer();
        else if (byScrolling)
            m_list->setFollowing(true);
    });
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (QGuiApplication::keyboardModifiers() == Qt::NoModifier) // else more lines are being chosen
            Q_EMIT momentChosen(m_items->row(index.row()).first->line.at);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, refresh);
    connect(m_follow, &QCheckBox::toggled, this, [this](bool wanted) {
        if (wanted)
            goToEnd();
        else
            m_list->setFollowing(false);
    });
    connect(m_find, &QPushButton::clicked, this, &LogPanel::openFind);
    connect(m_filter, &QPushButton::toggled, m_filterBar, &QWidget::setVisible);
    connect(m_copy, &QPushButton::clicked, this, &LogPanel::copy);
    connect(m_save, &QPushButton::clicked, this, &LogPanel::save);
    connect(m_end, &QPushButton::clicked, this, &LogPanel::goToEnd);
    connect(m_emptyButton, &QPushButton::clicked, this, &LogPanel::emptyAct);
    connect(m_filterBar, &LogFilterBar::filterChanged, this, refresh);
    connect(m_findBar, &LogFindBar::wordsChanged, this, [this] { jump(Jump::Here); });
    connect(m_findBar, &LogFindBar::stepWanted, this,
        [this](bool forward) { jump(forward ? Jump::Forward : Jump::Backward); });
    connect(m_findBar, &LogFindBar::closed, m_list, [this] { m_list->setFocus(Qt::ShortcutFocusReason); });
    connect(m_saveBar, &LogSaveBar::said, this, &LogPanel::say);
    connect(m_saveBar, &LogSaveBar::savingChanged, this, refresh);
}

void LogPanel::retranslate()
{
    m_title->setText(tr("Log"));
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Stay with the newest line"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_find->setToolTip(tr("Find (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    m_filter->setText(tr("Filter"));
    m_filter->setAccessibleName(tr("Show the filters of the log"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the log"));
    m_copy->setToolTip(tr("The chosen lines, or all that are shown"));
    m_save->setAccessibleName(tr("Save the log"));
    m_save->setToolTip(tr("Save the whole log as a file"));
    m_list->setAccessibleName(tr("Log lines"));
    m_whole->setAccessibleName(tr("The chosen line as a whole"));
    m_copyAction->setText(tr("Copy"));
    m_copyAroundAction->setText(tr("Copy with the lines around it"));
    m_findAction->setText(tr("Find …"));
    m_nextAction->setText(tr("Next match"));
    m_previousAction->setText(tr("Previous match"));
    m_saveAction->setText(tr("Save as …"));
    m_items->retranslate();
    showState();
}

} // namespace visgate::ui
