// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/metrics/worker_history.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

/// What only goes on is put down so often: a kill loses no more of it.
constexpr auto kWriteSpansEvery = 15s;
/// What has changed is put down with what else changes at about the same time.
constexpr auto kWriteChangeWithin = 1s;
constexpr auto kTidyEvery = 1h;
/// Tidying goes on after so long where there was more than one part of it.
constexpr auto kTidyMoreAfter = 1min;
/// A look may come later than it is due: the account's budget, a slow answer, one that failed.
constexpr int kLooksMissed = 2;
constexpr auto kLookLate = 30s;
/// The monotonic clock stands while the computer sleeps.
constexpr auto kClocksApartAsleep = 5s;
/// Of one deployment, while the store takes nothing.
constexpr int kMostUnwritten = 500;

/// As fine as the store keeps it: what is in memory and what is stored are the same value.
TimePoint storedTime(TimePoint time)
{
    return std::chrono::floor<std::chrono::microseconds>(time);
}

bool holdsGpu(const ProviderWorker& worker)
{
    return worker.status != WorkerStatus::Throttled;
}

/// `live` are counted. Those that the list does not have are in no known place and of no known type.
QMap<QString, int> countedBy(const WorkerList& list, int live, QString ProviderWorker::*key)
{
    QMap<QString, int> counts;
    int listed = 0;
    for (const ProviderWorker& worker : list.workers) {
        if (!holdsGpu(worker))
            continue;
        ++counts[worker.*key];
        ++listed;
    }
    if (live > listed)
        counts[QString()] += live - listed;
    return counts;
}

} // namespace

WorkerHistory::WorkerHistory(EngineContext& context, MetricsRepository& store) : m_context(context), m_store(store)
{
    m_writing.setSingleShot(true);
    QObject::connect(&m_writing, &QTimer::timeout, &m_writing, [this] { write(); });
}

void WorkerHistory::onWorkers(const DeploymentRecord& record, const WorkerList& list, JobLoad load)
{
    const Deployment& d = record.deployment;
    const WorkerCounts& workers = d.workers;
    const int live = workers.total() - workers.throttled;
    WorkerSpan seen;
    seen.from = storedTime(m_context.now());
    seen.until = seen.from;
    seen.workers = workers;
    seen.gpus = countedBy(list, live, &ProviderWorker::gpuTypeId);
    seen.regions = countedBy(list, live, &ProviderWorker::dataCenter);
    seen.usdPerHour = d.cost.usdPerHourNow;
    seen.usd = d.cost.countedUsd;
    seen.jobsWaiting = load.waiting;
    seen.jobsRunning = load.running;
    take(d.id, seen, mostUnseenAfter(seen, d.target));
}

void WorkerHistory::onJobs(const DeploymentId& deployment, JobLoad load)
{
    const auto book = m_books.find(deployment);
    if (book == m_books.end())
        return;
    WorkerSpan seen = book->second.spans.constLast();
    const TimePoint now = storedTime(m_context.now());
    const bool isKnown = JobLoad{seen.jobsWaiting, seen.jobsRunning} == load;
    if (isKnown || now - seen.until > book->second.mostUnseen || hasSlept(book->second, now))
        return; // nothing that is confirmed would be said
    seen.from = now;
    seen.until = now;
    seen.jobsWaiting = load.waiting;
    seen.jobsRunning = load.running;
    take(deployment, seen, book->second.mostUnseen);
}

void WorkerHistory::onEnded(const DeploymentRecord& record)
{
    if (!m_books.contains(record.deployment.id))
        return; // nothing was seen of it, or its last span has ended with the program
    WorkerSpan seen;
    seen.from = storedTime(m_context.now());
    seen.until = seen.from;
    seen.usd = record.deployment.cost.countedUsd;
    take(record.deployment.id, seen, mostUnseenAfter(seen, record.deployment.target));
}

std::chrono::nanoseconds WorkerHistory::mostUnseenAfter(const WorkerSpan& seen, const AccountId& target) const
{
    const EnginePace pace = m_context.pace(target);
    const bool isWatched = seen.workers.total() > 0 || seen.jobsRunning + seen.jobsWaiting > 0;
    return (isWatched ? pace.risk : pace.turn) * kLooksMissed + kLookLate;
}

bool WorkerHistory::hasSlept(const Book& book, TimePoint now) const
{
    const std::chrono::nanoseconds wall = now - book.spans.constLast().until;
    return wall - (m_context.config.clock->monotonic() - book.seenAt) > kClocksApartAsleep;
}

void WorkerHistory::take(const DeploymentId& deployment, const WorkerSpan& seen, std::chrono::nanoseconds mostUnseen)
{
    Book& book = m_books[deployment];
    const qsizetype before = book.spans.size();
    // What was due after the last look decides, not what is due after this one.
    const bool isAway = !book.spans.isEmpty() && hasSlept(book, seen.from);
    takeIn(book.spans, seen, isAway ? std::chrono::nanoseconds(0) : book.mostUnseen);
    book.mostUnseen = mostUnseen;
    book.seenAt = m_context.config.clock->monotonic();
    const bool isChanged = book.spans.size() != before;
    if (book.spans.size() > kMostUnwritten)
        book.shorten();
    writeWithin(isChanged && !m_isRefused ? kWriteChangeWithin : kWriteSpansEvery);
}

/// The last one stays as it is: it may go on.
void WorkerHistory::Book::shorten()
{
    const WorkerSpan last = spans.takeLast();
    spans = thinned(spans, kMostUnwritten / 2);
    if (spans.size() >= kMostUnwritten)
        spans.remove(0, spans.size() - kMostUnwritten / 2); // nothing but gaps
    spans.append(last);
}

void WorkerHistory::writeWithin(std::chrono::milliseconds time)
{
    if (m_context.stopping)
        return; // flush() does it
    const std::chrono::milliseconds wait = m_context.timer(time);
    if (!m_writing.isActive() || m_writing.remainingTimeAsDuration() > wait)
        m_writing.start(wait);
}

void WorkerHistory::write()
{
    flush();
    if (!m_context.stopping)
        tidy();
}

void WorkerHistory::flush()
{
    QList<OwnedSpan> unwritten;
    for (const auto& [id, book] : m_books) {
        for (qsizetype i = 0; i < book.spans.size(); ++i) {
            // The last may be there as far as it went.
            if (i + 1 < book.spans.size() || book.spans.at(i).until != book.written)
                unwritten.append({id, book.spans.at(i)});
        }
    }
    if (unwritten.isEmpty())
        return;
    m_isRefused = !m_context.stored(m_store.put(unwritten));
    if (m_isRefused)
        return; // it stays here for the next try, which the next look brings
    for (auto& [id, book] : m_books) {
        book.spans = {book.spans.constLast()};
        book.written = book.spans.constFirst().until;
    }
}

void WorkerHistory::tidy()
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (m_tidiedAt && now - *m_tidiedAt < kTidyEvery)
        return;
    const auto isMore = m_store.tidy(m_context.now());
    m_tidiedAt = isMore && *isMore ? now - kTidyEvery + kTidyMoreAfter : now;
}

Result<QList<WorkerSpan>> WorkerHistory::spans(const DeploymentId& deployment, TimePoint from, TimePoint to)
{
    auto spans = m_store.list(deployment, from, to);
    const auto book = m_books.find(deployment);
    if (!spans || book == m_books.end())
        return spans;
    for (const WorkerSpan& span : book->second.spans) {
        spans->removeIf([&span](const WorkerSpan& stored) { return stored.from == span.from; });
        if (span.from <= to && span.until >= from)
            spans->append(span);
    }
    std::stable_sort(
        spans->begin(), spans->end(), [](const WorkerSpan& a, const WorkerSpan& b) { return a.from < b.from; });
    return spans;
}

Result<QList<DeploymentId>> WorkerHistory::seenIn(TimePoint from, TimePoint to)
{
    return m_store.deployments(from, to);
}

} // namespace visgate
