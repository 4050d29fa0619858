// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/local_jobs.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

constexpr auto kResultLifetime = 30min;
constexpr std::size_t kJobIdBytes = 4;

bool isWaiting(const LocalJobs::Entry& entry)
{
    return entry.job.status == JobStatus::InQueue && !entry.isHandedOut;
}

} // namespace

LocalJobs::LocalJobs(std::shared_ptr<const Clock> clock) : m_clock(std::move(clock)), m_run(randomHex(kJobIdBytes)) { }

ProviderJobId LocalJobs::add(QJsonObject input, std::chrono::seconds limit)
{
    forgetOld();
    Entry entry;
    entry.job.id = ProviderJobId("here-" + m_run + '-' + randomHex(kJobIdBytes));
    entry.job.status = JobStatus::InQueue;
    entry.input = std::move(input);
    entry.limit = limit;
    entry.cameAt = m_clock->monotonic();
    m_entries.push_back(std::move(entry));
    return m_entries.back().job.id;
}

LocalJobs::Entry* LocalJobs::find(const ProviderJobId& id)
{
    forgetOld();
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.job.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

const LocalJobs::Entry* LocalJobs::find(const ProviderJobId& id) const
{
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.job.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

bool LocalJobs::isOfEarlierRun(const ProviderJobId& id) const
{
    static const QRegularExpression form(QStringLiteral("^here-([0-9a-f]{8})-[0-9a-f]{8}$"));
    const auto match = form.match(QString::fromStdString(id.value()));
    return match.hasMatch() && match.captured(1).toStdString() != m_run;
}

LocalJobs::Entry* LocalJobs::next()
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), isWaiting);
    return found == m_entries.end() ? nullptr : &*found;
}

void LocalJobs::begin(Entry& entry, const WorkerId& worker)
{
    const MonotonicPoint now = m_clock->monotonic();
    entry.job.status = JobStatus::InProgress;
    entry.job.worker = worker;
    entry.job.delayTime = duration_cast<milliseconds>(now - entry.cameAt);
    entry.beganAt = now;
}

void LocalJobs::end(Entry& entry, JobStatus status, QJsonObject output, QString error)
{
    const MonotonicPoint now = m_clock->monotonic();
    if (entry.job.status == JobStatus::InProgress)
        entry.job.executionTime = duration_cast<milliseconds>(now - entry.beganAt);
    entry.job.status = status;
    entry.job.hasOutput = !output.isEmpty();
    entry.job.output = std::move(output);
    entry.job.error = std::move(error);
    entry.endedAt = now;
}

void LocalJobs::putBack(Entry& entry)
{
    entry.job.status = JobStatus::InQueue;
    entry.job.hasOutput = false;
    entry.job.output = {};
    entry.job.error.clear();
    entry.job.workerLost = false;
    entry.isHandedOut = false;
    entry.endedAt.reset();
}

void LocalJobs::endWaiting(JobStatus status, const QString& error)
{
    for (Entry& entry : m_entries) {
        if (isWaiting(entry))
            end(entry, status, {}, error);
    }
}

QueueHealth LocalJobs::counts() const
{
    QueueHealth health;
    for (const Entry& entry : m_entries) {
        health.inQueue += entry.job.status == JobStatus::InQueue ? 1 : 0;
        health.inProgress += entry.job.status == JobStatus::InProgress ? 1 : 0;
        health.completed += entry.job.status == JobStatus::Completed ? 1 : 0;
        health.failed += entry.job.status == JobStatus::Failed || entry.job.status == JobStatus::TimedOut ? 1 : 0;
    }
    return health;
}

void LocalJobs::forgetOld()
{
    const MonotonicPoint now = m_clock->monotonic();
    m_entries.remove_if([now](const Entry& entry) { return entry.endedAt && now - *entry.endedAt > kResultLifetime; });
}

} // namespace visgate
