// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_panel.h"

#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/on_pool.h"
#include "ui/logs/log_delegate.h"
#include "ui/logs/log_feed.h"
#include "ui/logs/log_filter_bar.h"
#include "ui/logs/log_find_bar.h"
#include "ui/logs/log_save_bar.h"
#include "ui/logs/log_text.h"
#include "ui/logs/log_view.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int aroundLines = 5;        ///< copied before and after a line
constexpr int copiedAtOnce = 1'000;   ///< more are put into words on a pool thread
constexpr int fewShown = 200;         ///< so few rows that earlier lines are looked at too
constexpr qsizetype longest = 20'000; ///< letters of one line that are laid out; all of it is copied and saved

} // namespace

void LogPanel::setDeployments(const QList<DeploymentId>& ids)
{
    if (ids == m_feed->deployments())
        return;
    m_titles.clear();
    for (const DeploymentId& id : ids)
        m_titles.append(QString::fromStdString(id.value()));
    m_unseen = 0;
    m_notice->hide();
    m_filterBar->forgetWorker();
    m_feed->setDeployments(ids);
    m_list->setFollowing(true);
    showNames();
    askNames();
}

void LogPanel::askNames()
{
    whenDone(m_context.service.call(ListPresets{}), this, [this](const Result<QList<ModelSpec>>& presets) {
        if (!presets)
            return;
        m_presets.clear();
        for (const ModelSpec& model : *presets)
            m_presets.append({model.id, model.title});
        for (const DeploymentId& id : m_feed->deployments()) {
            whenDone(m_context.service.call(GetDeployment{id}), this, [this, id](const Result<Deployment>& deployment) {
                if (deployment)
                    takeName(id, deployment->modelId);
            });
        }
    });
}

void LogPanel::takeName(const DeploymentId& id, const QString& modelId)
{
    const qsizetype at = m_feed->deployments().indexOf(id);
    if (at < 0)
        return;
    const auto preset = std::find_if(
        m_presets.cbegin(), m_presets.cend(), [&modelId](const auto& known) { return known.first == modelId; });
    const bool isKnown = preset != m_presets.cend() && !preset->second.isEmpty();
    m_titles[at] = oneLine(isKnown ? preset->second : modelId.section(u'/', -1));
    showNames();
}

void LogPanel::showNames()
{
    constexpr qsizetype tail = 4;
    QStringList names = m_titles;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (m_titles.count(m_titles.at(i)) > 1) // two of one model are told apart by their ids
            names[i] += u" ·"_s + QString::fromStdString(m_feed->deployments().at(i).value()).right(tail);
    }
    m_items->setNames(names);
}

void LogPanel::goTo(TimePoint moment)
{
    m_list->setFollowing(false);
    m_feed->goTo(moment);
}

void LogPanel::setFiltersShown(bool shown)
{
    m_filter->setChecked(shown);
}

void LogPanel::showMoment(TimePoint moment)
{
    if (const int row = m_items->nearest(moment); row >= 0)
        m_list->showRow(row);
    else if (!m_items->filter().isEmpty())
        say(tr("No line of that moment matches the filter."));
    else
        say(tr("There is no line of that moment."));
}

void LogPanel::follow(bool wanted)
{
    const QSignalBlocker quiet(m_follow);
    m_follow->setChecked(wanted);
    m_feed->setFollowing(wanted);
    if (wanted)
        m_unseen = 0;
    m_refresh.start();
}

void LogPanel::goToEnd()
{
    if (!m_feed->isAtEnd())
        m_feed->toEnd();
    m_list->setFollowing(true);
}

void LogPanel::showState()
{
    showEmptyState();
    showEndButton();
    showWhole();
    m_saveAction->setEnabled(!m_saveBar->isSaving());
    m_save->setEnabled(!m_saveBar->isSaving());
    const int row = m_list->currentIndex().row();
    m_findBar->setPlace(row, !m_feed->hasOlder() && m_feed->isAtEnd());
    loadMoreForFilter();
}

void LogPanel::showEmptyState()
{
    const bool isEmpty = m_items->rowCount() == 0;
    const bool hadFocus = m_list->hasFocus();
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    if (!isEmpty)
        return;
    QString words = tr("No log yet. Lines appear here as soon as something happens.");
    QString button;
    if (m_feed->isLoading()) {
        words = tr("Reading the log …");
    } else if (m_feed->error()) {
        words = tr("The log cannot be read. %1").arg(m_context.language.format().describe(*m_feed->error()).message);
        button = tr("Try again");
    } else if (m_items->lineCount() > 0) {
        words = tr("No line matches the filter.");
        button = tr("Clear filters");
    }
    m_empty->setText(words);
    m_emptyButton->setText(button);
    m_emptyButton->setVisible(!button.isEmpty());
    if (hadFocus && !button.isEmpty())
        m_emptyButton->setFocus();
}

void LogPanel::emptyAct()
{
    if (m_items->lineCount() > 0)
        m_filterBar->clear();
    else
        m_feed->toEnd();
    m_list->setFocus();
}

void LogPanel::showEndButton()
{
    const int lines = m_unseen + m_feed->newLinesNotHeld();
    const bool isWanted = !m_list->isFollowing() && (lines > 0 || !m_feed->isAtEnd());
    m_end->setText(lines > 0 ? tr("%n new line(s)", nullptr, lines) : tr("Go to the newest line"));
    m_end->setToolTip(tr("Go to the newest line"));
    m_end->setVisible(isWanted);
}

void LogPanel::showWhole()
{
    const QModelIndex current = m_list->currentIndex();
    const bool isChosen = current.isValid() && m_list->selectionModel()->isSelected(current);
    const QFontMetrics metrics(m_list->font());
    const bool isWanted = isChosen && m_delegate->isCut(current.row(), metrics, m_list->viewport()->width());
    if (isWanted) {
        const QString words = m_items->words(current.row());
        const QString shown = words.size() > longest ? words.left(longest) + u'…' : words;
        if (shown != m_whole->toPlainText())
            m_whole->setPlainText(shown);
    }
    if (isWanted == m_whole->isVisibleTo(this))
        return;
    m_whole->setVisible(isWanted);
    if (isWanted && !m_list->isFollowing())
        QTimer::singleShot(0, m_list, [this] { m_list->scrollTo(m_list->currentIndex()); }); // the list is lower now
}

void LogPanel::loadMoreForFilter()
{
    const bool isSelective = !m_items->filter().isEmpty() || !m_items->wanted().isEmpty();
    const bool isShort = m_items->rowCount() < fewShown || !m_items->wanted().isEmpty();
    if (isSelective && isShort && !m_feed->error() && m_items->lineCount() + LogFeed::pageLines < LogFeed::mostLines)
        m_feed->loadOlder();
}

void LogPanel::copy()
{
    QList<int> chosen = m_list->chosenRows();
    std::vector<LogItems::Row> rows;
    for (const int row : chosen)
        rows.push_back(m_items->row(row));
    for (int row = 0; chosen.isEmpty() && row < m_items->rowCount(); ++row)
        rows.push_back(m_items->row(row));
    if (rows.empty()) {
        say(tr("There is nothing to copy yet."));
        return;
    }
    const auto count = static_cast<int>(rows.size());
    const LogText text(m_context.language.format(), m_items->names());
    const auto take = [this, count](const QString& copied) {
        m_context.desktop.copyText(copied);
        say(tr("%n line(s) copied.", nullptr, count));
    };
    if (count <= copiedAtOnce)
        take(textOfRows(rows, text));
    else
        whenDone(onPool([rows = std::move(rows), text] { return textOfRows(rows, text); }), this, take);
}

void LogPanel::copyAround()
{
    QList<int> rows = m_list->chosenRows();
    if (rows.isEmpty()) {
        say(tr("Choose a line first: it is copied with the lines around it."));
        return;
    }
    if (rows.size() > copiedAtOnce)
        rows = rows.first(copiedAtOnce);
    const LogText text(m_context.language.format(), m_items->names());
    m_context.desktop.copyText(textAroundRows(*m_items, rows, aroundLines, text));
    say(tr("Copied with the lines around it."));
}

void LogPanel::save()
{
    m_saveBar->ask(m_feed->deployments(), m_items->names());
}

void LogPanel::openFind()
{
    m_findBar->open();
    m_refresh.start();
}

void LogPanel::jump(Jump how)
{
    m_jump = how;
    if (how == Jump::None)
        return;
    if (m_items->wanted().isEmpty()) {
        m_jump = Jump::None;
        if (how != Jump::Here)
            openFind();
        return;
    }
    if (m_items->isSearching())
        return; // the search comes back to it
    m_jump = Jump::None;
    const int place = m_list->placeOfReading();
    const int from = how == Jump::Here ? place - 1 : place;
    const int row = m_items->matchAfter(from, how != Jump::Backward);
    if (row >= 0)
        m_list->showRow(row);
    m_refresh.start();
}

void LogPanel::say(const QString& sentence)
{
    m_notice->setText(sentence);
    m_notice->setAccessibleName(sentence);
    m_notice->show();
    QAccessibleEvent heard(m_notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

} // namespace visgate::ui
