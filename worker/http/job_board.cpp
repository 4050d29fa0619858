// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/http/job_board.h"

#include "core/foundation/json/json_read.h"

#include <algorithm>
#include <utility>

namespace visgate::worker {
namespace {

using std::chrono::milliseconds;

std::string inMilliseconds(std::chrono::nanoseconds span)
{
    return std::to_string(std::chrono::duration_cast<milliseconds>(span).count());
}

double inSeconds(std::chrono::nanoseconds span)
{
    return std::chrono::duration<double>(span).count();
}

} // namespace

const char* toString(JobBoard::State state)
{
    switch (state) {
    case JobBoard::State::Waiting:
        return "IN_QUEUE";
    case JobBoard::State::InHand:
        return "IN_PROGRESS";
    case JobBoard::State::Completed:
        return "COMPLETED";
    case JobBoard::State::Failed:
        return "FAILED";
    case JobBoard::State::Cancelled:
        break;
    }
    return "CANCELLED";
}

JobBoard::JobBoard(const Clock& clock, Limits limits, std::string workerId)
    : m_clock(clock), m_limits(limits), m_workerId(json::dump(std::move(workerId)))
{
}

JobBoard::Admission JobBoard::submit(const std::string& id, std::string document, milliseconds timeToLive)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    if (m_isLeaving) {
        return Admission::Leaving;
    }
    if (m_waiting.size() >= m_limits.waitingJobs || m_waitingBytes + document.size() > m_limits.waitingBytes) {
        return Admission::Full;
    }
    m_waitingBytes += document.size();
    Entry& entry = m_jobs[id];
    entry.document = std::move(document);
    entry.submitted = m_clock.monotonic();
    entry.expires = entry.submitted + timeToLive;
    m_waiting.push_back(id);
    changed();
    return Admission::Taken;
}

std::optional<Job> JobBoard::take(const http::CancelToken& cancel)
{
    const auto handle = cancel.onCancel([this] { nudge(); });
    std::optional<Job> job;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] {
            forgetOld();
            return cancel.isCancelled() || !m_waiting.empty();
        });
        if (!cancel.isCancelled()) {
            const std::string id = m_waiting.front();
            Entry& entry = m_jobs[id];
            job = Job{id, std::move(entry.document)};
            m_waitingBytes -= job->document.size();
            m_waiting.pop_front();
            entry.document.clear();
            entry.state = State::InHand;
            entry.isHeld = true;
            entry.begun = m_clock.monotonic();
            m_counts.queuedSeconds += inSeconds(*entry.begun - entry.submitted);
            ++m_counts.inHand;
            changed();
        }
    }
    cancel.removeCallback(handle);
    return job;
}

void JobBoard::progress(const std::string& id, std::string json)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found != m_jobs.end() && found->second.state == State::InHand) {
        found->second.output = std::move(json);
        found->second.hasNews = true;
        changed();
    }
}

bool JobBoard::finish(const std::string& id, bool isError, std::string json)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end()) {
        return false;
    }
    const bool isOurs = found->second.state == State::InHand;
    end(id, found->second, isError ? State::Failed : State::Completed, std::move(json));
    return isOurs;
}

void JobBoard::drop(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found != m_jobs.end()) {
        end(id, found->second, State::Cancelled, {});
    }
}

/// Lets go of a job, and ends it unless it has ended.
void JobBoard::end(const std::string& id, Entry& entry, State state, std::string output)
{
    if (std::exchange(entry.isHeld, false)) {
        --m_counts.inHand;
    }
    changed();
    if (isOver(entry.state)) {
        return;
    }
    leaveQueue(id, entry);
    entry.ended = m_clock.monotonic();
    if (entry.begun) {
        m_counts.workedSeconds += inSeconds(entry.ended - *entry.begun);
    }
    entry.state = state;
    entry.output = std::move(output);
    entry.hasNews = true;
    entry.isRead = state == State::Cancelled;
    m_keptBytes += entry.output.size();
    m_ended.push_back(id);
    ++(state == State::Completed ? m_counts.completed : state == State::Failed ? m_counts.failed : m_counts.cancelled);
    forgetOld();
}

std::optional<JobBoard::State> JobBoard::cancel(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end()) {
        return std::nullopt;
    }
    if (!isOver(found->second.state)) {
        const bool isHeld = found->second.isHeld; // until the worker lets go of it
        found->second.isHeld = false;
        end(id, found->second, State::Cancelled, {});
        found->second.isHeld = isHeld;
    }
    return found->second.state;
}

void JobBoard::refuseAll(const std::string& error)
{
    const std::lock_guard lock(m_mutex);
    m_isLeaving = true;
    while (!m_waiting.empty()) {
        const std::string id = m_waiting.front();
        end(id, m_jobs[id], State::Failed, error);
    }
    changed();
}

void JobBoard::leaveQueue(const std::string& id, Entry& entry)
{
    if (entry.state == State::Waiting) {
        m_waitingBytes -= entry.document.size();
        entry.document.clear();
        std::erase(m_waiting, id);
    }
}

/// What nobody will ask for any more, and what there is no room for.
void JobBoard::forgetOld()
{
    const auto now = m_clock.monotonic();
    for (const auto waiting = m_waiting; const std::string& id : waiting) {
        if (m_jobs[id].expires <= now) {
            leaveQueue(id, m_jobs[id]);
            m_jobs.erase(id);
            changed();
        }
    }
    while (!m_ended.empty()) {
        const auto oldest = m_jobs.find(m_ended.front());
        const bool hasRoom
            = m_ended.size() == 1 || (m_ended.size() <= m_limits.keptJobs && m_keptBytes <= m_limits.keptBytes);
        if (hasRoom && now - oldest->second.ended < m_limits.keptFor) {
            return;
        }
        m_keptBytes -= oldest->second.output.size();
        m_counts.inHand -= oldest->second.isHeld ? 1 : 0;
        m_jobs.erase(oldest);
        m_ended.pop_front();
        changed();
    }
}

std::optional<JobBoard::State> JobBoard::stateOf(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? std::nullopt : std::optional(found->second.state);
}

std::optional<JobBoard::View> JobBoard::view(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end()) {
        return std::nullopt;
    }
    if (isOver(found->second.state)) {
        found->second.isRead = true;
        changed();
    }
    return View{found->second.state, describe(id, found->second)};
}

std::string JobBoard::describe(const std::string& id, const Entry& entry) const
{
    std::string json = R"({"id":")" + id + R"(","status":")" + toString(entry.state) + '"';
    if (entry.begun) {
        json += R"(,"delayTime":)" + inMilliseconds(*entry.begun - entry.submitted) + R"(,"workerId":)" + m_workerId;
    }
    if (entry.begun && isOver(entry.state)) {
        json += R"(,"executionTime":)" + inMilliseconds(entry.ended - *entry.begun);
    }
    if (!entry.output.empty()) {
        json += (entry.state == State::Failed ? R"(,"error":)" : R"(,"output":)") + entry.output;
    }
    return json + '}';
}

bool JobBoard::hasNews(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() || found->second.hasNews || isOver(found->second.state);
}

std::optional<std::string> JobBoard::takeNews(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end()) {
        return std::nullopt;
    }
    Entry& entry = found->second;
    const bool hasNews = std::exchange(entry.hasNews, false) && !entry.output.empty();
    std::string json = R"({"status":")" + std::string(toString(entry.state)) + R"(","stream":[)";
    if (hasNews && entry.state != State::Failed) {
        json += R"({"output":)" + entry.output + '}';
    }
    json += ']';
    if (entry.state == State::Failed) {
        json += R"(,"error":)" + entry.output;
    }
    if (isOver(entry.state)) {
        entry.isRead = true;
        changed();
    }
    return json + '}';
}

JobBoard::Counts JobBoard::counts()
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    Counts counts = m_counts;
    counts.waiting = m_waiting.size();
    return counts;
}

bool JobBoard::isLeaving() const
{
    const std::lock_guard lock(m_mutex);
    return m_isLeaving;
}

std::uint64_t JobBoard::changes() const
{
    const std::lock_guard lock(m_mutex);
    return m_changes;
}

void JobBoard::waitForChange(std::uint64_t seen, std::chrono::steady_clock::time_point until)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, until, [&] { return m_changes > seen; });
}

void JobBoard::waitUntilRead(milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience, [&] { return !hasUnread(patience); });
}

bool JobBoard::hasUnread(milliseconds age) const
{
    const auto now = m_clock.monotonic();
    return std::any_of(m_ended.begin(), m_ended.end(), [&](const std::string& id) {
        const Entry& entry = m_jobs.at(id);
        return !entry.isRead && now - entry.ended < age;
    });
}

void JobBoard::nudge()
{
    const std::lock_guard lock(m_mutex);
    changed();
}

void JobBoard::changed()
{
    ++m_changes;
    m_changed.notify_all();
}

} // namespace visgate::worker
