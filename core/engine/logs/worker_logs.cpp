// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/logs/worker_logs.h"

#include "core/engine/context/engine_context.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/engine/logs/log_sentences.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

using std::chrono::milliseconds;

/// The provider keeps a removed worker's last lines for a while, and hands out lines some seconds late.
constexpr std::chrono::seconds kAfterItsEnd{30};
/// Nothing came for this long on a connection that stands: what there is has been read.
constexpr milliseconds kLogQuiet{300};
/// A worker that nothing more is read of than these holds up nobody's log.
constexpr qsizetype kMostUnread = 20;
constexpr qsizetype kMostKnownEvents = 20'000;

} // namespace

WorkerLogs::WorkerLogs(EngineContext& context, DeploymentId deployment, OnEvent onEvent, OnLine onLine)
    : m_context(context), m_deployment(std::move(deployment)), m_onEvent(std::move(onEvent)),
      m_onLine(std::move(onLine))
{
}

WorkerLogs::~WorkerLogs() = default;

void WorkerLogs::follow(
    const WorkerList& list, const EndpointId& endpoint, Provider* provider, DeploymentStatus stage, bool isQuiet)
{
    m_stage = stage;
    if (!provider->logs())
        return; // nothing will ever be read
    const MonotonicPoint now = m_context.config.clock->monotonic();
    QSet<QString> present;
    for (const ProviderWorker& worker : list.workers) {
        const QString id = QString::fromStdString(worker.id.value());
        present.insert(id);
        if (worker.status == WorkerStatus::Throttled)
            continue; // it has not begun to write one
        remember(id);
        if (const auto open = m_streams.find(id); open != m_streams.end())
            open->second.missingSince.reset();
        else if (!isQuiet || worker.status == WorkerStatus::Unhealthy)
            openStream(id, endpoint, provider);
    }
    // One that was seen, and not listened to, has its log read once it is gone.
    for (const QString& id : std::as_const(m_unread)) {
        if (!present.contains(id) && !m_streams.contains(id))
            openStream(id, endpoint, provider);
    }
    for (auto& [id, followed] : m_streams) {
        if (!present.contains(id) && !followed.missingSince)
            followed.missingSince = now;
    }
    std::erase_if(m_streams, [&](const auto& entry) {
        const Followed& followed = entry.second;
        // Of a worker that is there a stream that has ended stays as it is: it is not asked for again and again.
        const bool isRead = followed.missingSince
            && (followed.stream->ended()
                || (now - *followed.missingSince > kAfterItsEnd && now - followed.lastSign > kAfterItsEnd));
        if (isRead)
            m_unread.removeOne(entry.first);
        return isRead;
    });
}

void WorkerLogs::remember(const QString& worker)
{
    if (m_unread.contains(worker))
        return;
    m_unread.append(worker);
    while (m_unread.size() > kMostUnread)
        m_unread.removeFirst();
}

void WorkerLogs::openStream(const QString& worker, const EndpointId& endpoint, Provider* provider)
{
    Followed& followed = m_streams[worker];
    followed.lastSign = m_context.config.clock->monotonic();
    followed.stream = provider->logs()->openLogs(endpoint, WorkerId(worker.toStdString()),
        m_context.logs.lastProviderId(m_deployment, worker),
        [this, worker](const ProviderLogLine& line) { onLine(worker, line); });
}

void WorkerLogs::catchUp(const EndpointId& endpoint, Provider* provider, DeploymentStatus stage)
{
    m_stage = stage;
    for (const QString& worker : std::as_const(m_unread)) {
        if (!m_streams.contains(worker))
            openStream(worker, endpoint, provider);
    }
}

bool WorkerLogs::isReadUpToNow() const
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    return std::all_of(m_streams.begin(), m_streams.end(), [now](const auto& entry) {
        const Followed& followed = entry.second;
        return followed.stream->ended() || (followed.stream->isConnected() && now - followed.lastSign >= kLogQuiet);
    });
}

void WorkerLogs::close()
{
    m_streams.clear();
}

void WorkerLogs::onLine(const QString& worker, const ProviderLogLine& line)
{
    if (const auto open = m_streams.find(worker); open != m_streams.end())
        open->second.lastSign = m_context.config.clock->monotonic();
    // A reconnect may repeat what the last connection brought.
    if (!m_context.logs.addProviderLine(m_deployment, worker, line, m_stage))
        return;
    const bool isSystem = line.source == "system"_L1;
    const auto event = isSystem ? std::nullopt : parseWorkerEvent(line.line.toStdString());
    // An event says what it means itself; only its words are of use beside it.
    m_onLine(worker, event ? QString::fromStdString(readableLine(line.line.toStdString()).text) : line.line, isSystem);
    if (event)
        take(*event, worker);
}

void WorkerLogs::take(const WorkerEvent& event, const QString& worker)
{
    // `seq` starts anew with each start of a worker, so the time belongs to the name of an event.
    const std::string_view type = typeName(event.body);
    const QString key = u"%1@%2@%3"_s.arg(event.seq)
                            .arg(event.at ? toMicroseconds(*event.at) : 0)
                            .arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    if (m_known.contains(key))
        return;
    if (m_known.size() >= kMostKnownEvents)
        m_known.clear();
    m_known.insert(key);
    m_onEvent(event, worker);
}

} // namespace visgate
