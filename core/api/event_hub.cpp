// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/event_hub.h"

#include "core/base/json.h"
#include "core/codec/codec.h"
#include "core/foundation/http/sse.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"

#include <chrono>
#include <limits>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kHeartbeat = 15s;
constexpr int kPageSize = 100;

std::string frame(const char* type, const QJsonObject& data, qint64 id = -1)
{
    return formatSse({id >= 0 ? std::to_string(id) : std::string(), type, json::compact(data).toStdString()});
}

/// A change carries no log lines; without the field nobody takes that for an empty log.
QJsonObject changeOf(const Deployment& deployment)
{
    QJsonObject object = toJson(deployment);
    object.remove("logs"_L1);
    return object;
}

void begin(http::Exchange& client)
{
    client.beginStream(200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}});
}

/// False once the client is gone. `last` is the id of the event before; ids grow with the clock, so that they keep
/// growing over a restart.
bool sendStatus(http::Exchange& client, const Deployment& deployment, qint64& last)
{
    const auto now
        = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch());
    last = std::max<qint64>(last + 1, now.count());
    return client.write(frame("status", changeOf(deployment), last));
}

bool isEnd(const Deployment& deployment, bool untilReady)
{
    return isSettled(deployment.status) || (untilReady && deployment.status == DeploymentStatus::Ready);
}

/// How much may wait for a client that reads slowly before it is given more: a stored log can be longer than what a
/// connection may hold.
constexpr std::size_t kMostWaiting = 1024 * 1024;
constexpr qsizetype kLinesAtOnce = 256;
constexpr auto kUntilItHasRead = 20ms;

/// The next lines, each once and in order; moves `next` on. False once the client is gone.
bool sendLines(http::Exchange& client, QList<LogLine>& lines, const LogFilter& filter, LineNo& next)
{
    std::string text;
    qsizetype count = 0;
    for (; count < lines.size() && count < kLinesAtOnce; ++count) {
        const LogLine& line = lines.at(count);
        if (line.number < next)
            continue;
        next = line.number.next();
        if (filter.accepts(line))
            text += frame("log", toJson(line), line.number.value());
    }
    lines.remove(0, count);
    return text.empty() ? !client.isClosed() : client.write(std::move(text));
}

} // namespace

EventHub::EventHub(DeploymentService& service, QObject* parent) : QObject(parent), m_service(service)
{
    connect(&service, &DeploymentService::deploymentChanged, this, &EventHub::onDeployment);
    connect(&service, &DeploymentService::jobChanged, this, &EventHub::onJob);
    connect(&service, &DeploymentService::logAppended, this, &EventHub::onLogs);
    connect(&service, &DeploymentService::limitPassed, this,
        [this](const LimitState& state) { sendToAll(frame("limit", toJson(state))); });
    connect(&service, &DeploymentService::stopProgressed, this,
        [this](const StopReport& report) { sendToAll(frame("stop", toJson(report))); });
    connect(&service, &DeploymentService::endpointsChanged, this, [this] { sendToAll(frame("endpoints", {})); });
    connect(&m_heartbeat, &QTimer::timeout, this, &EventHub::beat);
    m_heartbeat.start(kHeartbeat);
}

EventHub::~EventHub() = default;

void EventHub::followEverything(std::shared_ptr<http::Exchange> client)
{
    begin(*client);
    if (!client->write(frame("hello", {{u"version"_s, QStringLiteral(VISGATE_VERSION)}})))
        return;
    m_everything.push_back(client);
    sendPresent(std::move(client), {});
}

void EventHub::sendPresent(std::shared_ptr<http::Exchange> client, QString cursor)
{
    whenDone(m_service.call(ListDeployments{kPageSize, std::move(cursor)}), this,
        [this, client = std::move(client)](const Result<DeploymentPage>& page) {
            if (!page)
                return;
            std::string text;
            for (const Deployment& deployment : page->deployments)
                text += frame("deployment", changeOf(deployment));
            if ((text.empty() || client->write(std::move(text))) && !page->nextCursor.isEmpty())
                sendPresent(client, page->nextCursor);
        });
}

void EventHub::followStatus(std::shared_ptr<http::Exchange> client, const Deployment& deployment, bool untilReady)
{
    begin(*client);
    StatusFollower follower{std::move(client), deployment.id, untilReady, 0};
    if (!sendStatus(*follower.client, deployment, follower.lastEvent))
        return;
    if (isEnd(deployment, untilReady))
        follower.client->endStream();
    else
        m_status.push_back(std::move(follower));
}

void EventHub::followLogs(
    std::shared_ptr<http::Exchange> client, const DeploymentId& id, const LogFilter& filter, LineNo since)
{
    begin(*client);
    auto follower = std::make_shared<LogFollower>(LogFollower{std::move(client), id, filter, since, true, false, {}});
    m_logs.push_back(follower);
    whenDone(m_service.call(ReadLogs{id, since, std::numeric_limits<int>::max()}), this,
        [this, follower](const Result<QList<LogLine>>& lines) {
            follower->waiting = lines.value_or(QList<LogLine>()) + follower->waiting;
            follower->catchingUp = false;
            pump(follower);
        });
}

void EventHub::pump(const std::shared_ptr<LogFollower>& follower)
{
    http::Exchange& client = *follower->client;
    while (!follower->waiting.isEmpty()) {
        if (client.backlog() > kMostWaiting) {
            QTimer::singleShot(kUntilItHasRead, this, [this, follower] { pump(follower); });
            follower->pumping = true;
            return;
        }
        if (!sendLines(client, follower->waiting, follower->filter, follower->next)) {
            m_logs.remove(follower);
            return;
        }
    }
    follower->pumping = false;
}

void EventHub::onDeployment(const Deployment& deployment)
{
    if (!m_everything.empty())
        sendToAll(frame("deployment", changeOf(deployment)));
    m_status.remove_if([&deployment](StatusFollower& follower) {
        if (follower.id != deployment.id)
            return false;
        if (!sendStatus(*follower.client, deployment, follower.lastEvent))
            return true;
        const bool end = isEnd(deployment, follower.untilReady);
        if (end)
            follower.client->endStream();
        return end;
    });
}

void EventHub::onJob(const Job& job)
{
    sendToAll(frame("job", toJson(job)));
}

void EventHub::onLogs(const DeploymentId& id, const QList<LogLine>& lines)
{
    if (!m_everything.empty())
        sendToAll(
            frame("logs", {{u"deployment_id"_s, QString::fromStdString(id.value())}, {u"lines"_s, toJson(lines)}}));
    const auto followers = m_logs; // pumping takes those out that have left
    for (const std::shared_ptr<LogFollower>& follower : followers) {
        if (follower->id != id)
            continue;
        follower->waiting += lines;
        if (!follower->catchingUp && !follower->pumping)
            pump(follower);
    }
    m_logs.remove_if([](const std::shared_ptr<LogFollower>& follower) { return follower->client->isClosed(); });
}

void EventHub::sendToAll(const std::string& event)
{
    m_everything.remove_if([&event](const std::shared_ptr<http::Exchange>& client) { return !client->write(event); });
}

void EventHub::beat()
{
    const std::string comment = formatSseComment("still here");
    sendToAll(comment);
    m_status.remove_if([&comment](const StatusFollower& follower) { return !follower.client->write(comment); });
    m_logs.remove_if(
        [&comment](const std::shared_ptr<LogFollower>& follower) { return !follower->client->write(comment); });
}

} // namespace visgate
