// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/start_watch.h"

#include "core/engine/starts/start_causes.h"
#include "core/foundation/worker_protocol/worker_code.h"

#include <algorithm>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

ErrorCode errorCodeOfWorker(const QString& code)
{
    const auto known = workerCodeFromString(code.toStdString());
    return known ? meaningOf(*known) : ErrorCode::JobFailed;
}

void StartWatch::onWorkers(const WorkerList& list, MonotonicPoint now)
{
    for (const ProviderWorker& worker : list.workers) {
        const QString id = QString::fromStdString(worker.id.value());
        if (worker.status != WorkerStatus::Unhealthy) {
            m_unhealthy.remove(id);
            continue;
        }
        if (!m_unhealthy.contains(id)) {
            m_unhealthy.insert(id);
            noteCrash(CrashWitness::WorkerList, id);
        }
    }
    if (list.counts.initializing == 0)
        m_initializingSince.reset();
    else if (!m_initializingSince)
        m_initializingSince = now;
}

void StartWatch::onFailed(CrashWitness witness, const QString& code, const QString& message)
{
    ++m_crashes[witness];
    m_isSuspect = true;
    m_lastMessage = message;
    const ErrorCode meaning = errorCodeOfWorker(code);
    if (meaning != ErrorCode::JobFailed && meaning != ErrorCode::JobTimedOut)
        m_fatal = Error{meaning, message.toStdString(), 0, {}, {}};
}

void StartWatch::noteCrash(CrashWitness witness, const QString& worker)
{
    ++m_crashes[witness];
    m_isSuspect = true;
    if (const QString line = m_lastLine.value(worker); !line.isEmpty())
        m_lastWords = line;
}

void StartWatch::onLine(const QString& worker, const QString& line, bool isSystem)
{
    // An error speaks of starting and creating as well; the news itself begins so.
    const bool isStart = isSystem && line.startsWith("start container"_L1);
    if (isStart || (isSystem && line.startsWith("create container"_L1))) {
        if (m_cause && m_cause->code == ErrorCode::ImagePullFailing) { // it has come after all
            m_cause.reset();
            m_isSuspect = false;
        }
        if (isStart && ++m_containerStarts[worker] > 1)
            noteCrash(CrashWitness::SystemLog, worker);
        return;
    }
    if (const QString shown = line.trimmed().section(u'\n', -1); !shown.isEmpty())
        m_lastLine[worker] = m_latestLine = shown;
    if (auto cause = startCauseOf(line, isSystem)) {
        (cause->mayPass ? m_cause : m_fatal) = std::move(cause->error);
        m_isSuspect = true;
    }
}

void StartWatch::onProgress(MonotonicPoint now)
{
    m_isSuspect = false;
    if (m_initializingSince)
        m_initializingSince = now;
}

void StartWatch::onReady()
{
    *this = StartWatch();
}

std::optional<Error> StartWatch::verdict(const EndpointLimits& limits, MonotonicPoint now) const
{
    if (m_fatal)
        return m_fatal;
    if (m_cause && crashes() > 0)
        return m_cause;
    if (crashes() >= std::max(1, limits.failureThreshold))
        return Error{ErrorCode::WorkerCrashLoop, lastWords(), 0, {}, {}};
    // The provider gives up at the limit itself; a quarter more lets its own verdict come first.
    const bool isOver = m_initializingSince && now - *m_initializingSince > limits.initTimeout + limits.initTimeout / 4;
    if (isOver && m_cause && m_isSuspect)
        return m_cause;
    if (isOver)
        return Error{ErrorCode::StartTimedOut, std::to_string(limits.initTimeout.count()) + " s", 0, {}, {}};
    return std::nullopt;
}

std::optional<Error> StartWatch::suspicion() const
{
    if (!m_isSuspect)
        return std::nullopt;
    return m_cause ? *m_cause : Error{ErrorCode::WorkerRestarted, lastWords(), 0, {}, {}};
}

int StartWatch::crashes() const
{
    const auto most = std::max_element(m_crashes.cbegin(), m_crashes.cend());
    return most == m_crashes.cend() ? 0 : *most;
}

std::string StartWatch::lastWords() const
{
    for (const QString& why : {m_lastMessage, m_lastWords, m_latestLine}) {
        if (!why.isEmpty())
            return why.toStdString();
    }
    return {};
}

} // namespace visgate
