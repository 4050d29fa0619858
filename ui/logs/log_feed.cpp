// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_feed.h"

#include "core/service/when_done.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace visgate::ui {
namespace {

constexpr std::chrono::milliseconds batchTime{50};
constexpr int fewestOfOne = 500; ///< lines of a page, among however many deployments

} // namespace

LogFeed::LogFeed(LogSource& source, LogItems& items, QObject* parent)
    : QObject(parent), m_source(source), m_items(items)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(batchTime);
    connect(&m_batch, &QTimer::timeout, this, &LogFeed::takeHeard);
    connect(&source, &LogSource::appended, this, &LogFeed::hear);
}

void LogFeed::setDeployments(const QList<DeploymentId>& ids)
{
    m_ids = ids;
    m_wanted.reset();
    toEnd();
}

void LogFeed::toEnd()
{
    m_asked.reset(); // whatever is still on its way is not wanted any more
    m_heard.clear();
    m_held.assign(static_cast<std::size_t>(m_ids.size()), Held());
    m_atEnd = true;
    m_notHeld = 0;
    m_error.reset();
    m_items.clear();
    std::vector<Ask> asks;
    for (int i = 0; i < m_ids.size(); ++i)
        asks.push_back({i, {0, 0, page()}});
    ask(asks, [this](Answers& answers) {
        std::vector<bool> moreBefore(m_held.size());
        for (std::size_t i = 0; i < m_held.size(); ++i) {
            const LogItems::Entries& lines = answers.lines[i];
            if (lines.empty())
                continue;
            m_held[i].from = lines.front()->line.number.value();
            m_held[i].to = m_held[i].end = lines.back()->line.number.value() + 1;
            moreBefore[i] = m_held[i].from > 1;
        }
        keep(answers, moreBefore, std::vector<bool>(m_held.size()));
    });
    Q_EMIT changed();
}

int LogFeed::page() const
{
    return std::max(fewestOfOne, pageLines / std::max(1, static_cast<int>(m_ids.size())));
}

LogEntryPtr LogFeed::entry(int deployment, const LogLine& line) const
{
    return std::make_shared<const LogEntry>(LogEntry{line, deployment});
}

void LogFeed::ask(const std::vector<Ask>& asks, Taken taken)
{
    if (asks.empty())
        return;
    const auto answers = std::make_shared<Answers>();
    answers->lines.resize(m_held.size());
    answers->left = asks.size();
    m_asked = answers;
    for (const Ask& each : asks) {
        const auto take = [this, answers, each, taken, asked = asks.size()](const LogSource::Lines& lines) {
            if (m_asked != answers)
                return; // other deployments are shown by now, or another part
            if (lines) {
                for (const LogLine& line : *lines)
                    answers->lines[static_cast<std::size_t>(each.deployment)].push_back(entry(each.deployment, line));
            } else {
                answers->failed.emplace_back(each.deployment, lines.error());
            }
            if (--answers->left == 0)
                finish(answers, asked, taken);
        };
        whenDone(m_source.read(m_ids.at(each.deployment), each.span), this, take,
            [take] { take(fail(ErrorCode::Cancelled)); });
    }
}

void LogFeed::finish(const std::shared_ptr<Answers>& answers, std::size_t asked, const Taken& taken)
{
    m_asked.reset();
    m_error.reset();
    if (answers->failed.size() < asked) {
        for (const auto& [deployment, error] : answers->failed)
            Q_EMIT oneFailed(deployment, error); // which does not keep the others from being read
        taken(*answers);
    } else {
        m_error = answers->failed.back().second;
        m_wanted.reset();
    }
    if (m_asked)
        return; // it goes on
    takeHeard();
    if (const auto wanted = std::exchange(m_wanted, {}))
        goTo(*wanted);
    Q_EMIT changed();
}

void LogFeed::keep(Answers& answers, const std::vector<bool>& moreBefore, const std::vector<bool>& moreAfter)
{
    TimePoint from = TimePoint::min();
    TimePoint to = TimePoint::max();
    for (std::size_t i = 0; i < answers.lines.size(); ++i) {
        const LogItems::Entries& lines = answers.lines[i];
        if (lines.empty())
            continue;
        const auto [first, last] = std::minmax_element(lines.cbegin(), lines.cend(), isBefore);
        if (moreBefore[i])
            from = std::max(from, (*first)->line.at);
        if (moreAfter[i])
            to = std::min(to, (*last)->line.at);
    }
    LogItems::Entries kept;
    for (std::size_t i = 0; i < answers.lines.size(); ++i) {
        for (LogEntryPtr& line : answers.lines[i]) {
            if (line->line.at < from)
                m_held[i].from = std::max<qint64>(m_held[i].from, line->line.number.value() + 1);
            else if (line->line.at > to)
                m_held[i].to = std::min<qint64>(m_held[i].to, line->line.number.value());
            else
                kept.push_back(std::move(line));
        }
    }
    m_items.take(std::move(kept));
    updateAtEnd();
}

void LogFeed::updateAtEnd()
{
    m_atEnd = std::all_of(m_held.cbegin(), m_held.cend(), [](const Held& held) { return held.to >= held.end; });
    if (m_atEnd)
        m_notHeld = 0;
}

void LogFeed::loadOlder()
{
    if (isLoading())
        return;
    std::vector<Ask> asks;
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        if (const qint64 from = m_held[i].from; from > 1)
            asks.push_back({static_cast<int>(i), {std::max<qint64>(1, from - page()), from, page()}});
    }
    if (asks.empty())
        return;
    if (m_items.lineCount() >= mostLines)
        forget(m_items.dropNewest(pageLines), false);
    ask(asks, [this, asks](Answers& answers) {
        std::vector<bool> moreBefore(m_held.size());
        for (const Ask& each : asks) {
            const auto i = static_cast<std::size_t>(each.deployment);
            m_held[i].from = each.span.since;
            moreBefore[i] = each.span.since > 1;
        }
        keep(answers, moreBefore, std::vector<bool>(m_held.size()));
    });
    Q_EMIT changed();
}

void LogFeed::loadNewer()
{
    if (isLoading() || m_atEnd)
        return;
    if (m_items.lineCount() >= mostLines)
        forget(m_items.dropOldest(pageLines), true);
    std::vector<Ask> asks;
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        const Held& held = m_held[i];
        if (held.to < held.end)
            asks.push_back({static_cast<int>(i), {held.to, std::min(held.to + page(), held.end), page()}});
    }
    ask(asks, [this, asks](Answers& answers) {
        std::vector<bool> moreAfter(m_held.size());
        for (const Ask& each : asks) {
            const auto i = static_cast<std::size_t>(each.deployment);
            m_held[i].to = each.span.before;
            moreAfter[i] = m_held[i].to < m_held[i].end;
        }
        keep(answers, std::vector<bool>(m_held.size()), moreAfter);
    });
    Q_EMIT changed();
}

void LogFeed::forget(const LogItems::Entries& dropped, bool oldest)
{
    for (const LogEntryPtr& each : dropped) {
        Held& held = m_held[static_cast<std::size_t>(each->deployment)];
        if (oldest)
            held.from = std::max<qint64>(held.from, each->line.number.value() + 1);
        else
            held.to = std::min<qint64>(held.to, each->line.number.value());
    }
    updateAtEnd();
}

void LogFeed::hear(const DeploymentId& id, const QList<LogLine>& lines)
{
    const auto deployment = static_cast<int>(m_ids.indexOf(id));
    if (deployment < 0)
        return;
    for (const LogLine& line : lines)
        m_heard.emplace_back(deployment, line);
    if (!m_batch.isActive())
        m_batch.start();
}

void LogFeed::takeHeard()
{
    if (isLoading() || m_heard.empty())
        return; // finish() comes back to it
    if (!m_follows && m_items.lineCount() >= mostLines)
        m_atEnd = false; // who reads elsewhere is not pushed away
    LogItems::Entries fresh;
    std::vector<Ask> gaps;
    for (const auto& [deployment, line] : std::exchange(m_heard, {})) {
        Held& held = m_held[static_cast<std::size_t>(deployment)];
        if (line.number.value() < held.end)
            continue; // was read already
        held.end = line.number.value() + 1;
        if (!m_atEnd) {
            ++m_notHeld;
            continue;
        }
        if (line.number.value() > held.to)
            gaps.push_back({deployment, {held.to, line.number.value(), pageLines}});
        held.to = held.end;
        fresh.push_back(entry(deployment, line));
    }
    if (const int shown = m_items.take(std::move(fresh)); shown > 0)
        Q_EMIT newLinesShown(shown);
    if (m_follows && m_items.lineCount() > mostLines)
        forget(m_items.dropOldest(pageLines), true);
    updateAtEnd();
    askMissing(gaps);
    Q_EMIT changed();
}

/// What a broken connection has swallowed is in the store.
void LogFeed::askMissing(const std::vector<Ask>& gaps)
{
    ask(gaps, [this](Answers& answers) {
        const std::vector<bool> none(m_held.size());
        keep(answers, none, none);
    });
}

bool LogFeed::hasOlder() const
{
    return std::any_of(m_held.cbegin(), m_held.cend(), [](const Held& held) { return held.from > 1; });
}

bool LogFeed::holds(TimePoint moment) const
{
    const LogItems::Entries& lines = m_items.lines();
    if (lines.empty())
        return !hasOlder() && m_atEnd;
    return (!hasOlder() || lines.front()->line.at <= moment) && (m_atEnd || moment <= lines.back()->line.at);
}

void LogFeed::goTo(TimePoint moment)
{
    if (isLoading()) {
        m_wanted = moment;
    } else if (holds(moment)) {
        Q_EMIT arrived(moment);
    } else {
        locate(moment);
        Q_EMIT changed();
    }
}

void LogFeed::locate(TimePoint moment)
{
    auto bounds = std::make_shared<std::vector<std::pair<qint64, qint64>>>();
    for (const Held& held : m_held)
        bounds->emplace_back(1, held.end);
    halve(moment, std::move(bounds));
}

void LogFeed::halve(TimePoint moment, std::shared_ptr<std::vector<std::pair<qint64, qint64>>> bounds)
{
    std::vector<Ask> asks;
    for (std::size_t i = 0; i < bounds->size(); ++i) {
        const auto [low, high] = (*bounds)[i];
        const qint64 middle = low + (high - low) / 2;
        if (low < high)
            asks.push_back({static_cast<int>(i), {middle, middle + 1, 1}});
    }
    if (asks.empty()) {
        std::vector<qint64> lines;
        for (const auto& [low, high] : *bounds)
            lines.push_back(low);
        openAround(moment, lines);
        return;
    }
    ask(asks, [this, moment, bounds, asks](const Answers& answers) {
        for (const Ask& each : asks) {
            auto& [low, high] = (*bounds)[static_cast<std::size_t>(each.deployment)];
            const LogItems::Entries& lines = answers.lines[static_cast<std::size_t>(each.deployment)];
            if (lines.empty()) // not there: the log was cut off behind our back
                high = low;
            else if (lines.front()->line.at < moment)
                low = each.span.since + 1;
            else
                high = each.span.since;
        }
        halve(moment, bounds);
    });
}

void LogFeed::openAround(TimePoint moment, const std::vector<qint64>& lines)
{
    std::vector<Ask> asks;
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        const qint64 from = std::max<qint64>(1, lines[i] - page() / 2);
        const qint64 to = std::min(m_held[i].end, lines[i] + page() / 2);
        if (from < to)
            asks.push_back({static_cast<int>(i), {from, to, page()}});
    }
    ask(asks, [this, moment, asks](Answers& answers) {
        m_items.clear();
        std::vector<bool> moreBefore(m_held.size());
        std::vector<bool> moreAfter(m_held.size());
        for (const Ask& each : asks) {
            const auto i = static_cast<std::size_t>(each.deployment);
            m_held[i].from = each.span.since;
            m_held[i].to = each.span.before;
            moreBefore[i] = m_held[i].from > 1;
            moreAfter[i] = m_held[i].to < m_held[i].end;
        }
        keep(answers, moreBefore, moreAfter);
        Q_EMIT arrived(moment);
    });
}

} // namespace visgate::ui
