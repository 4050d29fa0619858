// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/change_stream.h"

#include "core/base/json.h"
#include "core/codec/codec.h"
#include "core/foundation/http/sse.h"

#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <tuple>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The owner sends a heart-beat every 15 s.
constexpr auto kSilence = 45s;
constexpr auto kShortestPause = 50ms;
constexpr std::chrono::milliseconds kLongestPause = 2s;
/// More than the largest event, which carries one batch of log lines.
constexpr std::size_t kMaxEventBytes = 64 * 1024 * 1024;

} // namespace

ChangeStream::ChangeStream(std::string socketPath, Listener listener)
    : m_socket(std::move(socketPath)), m_listener(std::move(listener)), m_thread([this] { run(); })
{
}

ChangeStream::~ChangeStream()
{
    m_cancel.cancel();
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_ended.notify_all();
    m_thread.join();
}

void ChangeStream::run()
{
    std::chrono::milliseconds wait = kShortestPause;
    while (!m_cancel.isCancelled()) {
        bool connected = false;
        readOnce(connected);
        if (m_cancel.isCancelled())
            return;
        if (connected) {
            wait = kShortestPause;
            m_listener.connection(false);
        }
        {
            std::unique_lock lock(m_mutex);
            m_ended.wait_for(lock, wait, [this] { return m_ending; });
        }
        wait = std::min(wait * 2, kLongestPause);
    }
}

void ChangeStream::readOnce(bool& connected)
{
    http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket});
    SseParser parser(kMaxEventBytes);
    const http::Request request{"GET", "/v1/private/changes", {{"Accept", "text/event-stream"}}, {}, {}};
    // However it ends, the way back is to connect again.
    std::ignore = client.stream(
        request, kSilence,
        [&](std::string_view chunk) {
            return parser.feed(chunk, [&](const SseEvent& event) {
                if (event.type == "hello") {
                    connected = true;
                    m_listener.connection(true);
                } else {
                    dispatch(event.type, event.data);
                }
            });
        },
        m_cancel);
}

void ChangeStream::dispatch(const std::string& event, const std::string& data)
{
    const auto object = json::parseObject(QByteArray::fromStdString(data));
    if (!object)
        return;
    if (event == "deployment") {
        if (auto deployment = decode<Deployment>(*object))
            m_listener.deployment(*std::move(deployment));
    } else if (event == "job") {
        if (auto job = decode<Job>(*object))
            m_listener.job(*std::move(job));
    } else if (event == "limit") {
        if (auto state = decode<LimitState>(*object))
            m_listener.limit(*std::move(state));
    } else if (event == "stop") {
        if (auto report = decode<StopReport>(*object))
            m_listener.stop(*std::move(report));
    } else if (event == "logs") {
        if (auto lines = decode<QList<LogLine>>(object->value("lines"_L1)))
            m_listener.logs(
                DeploymentId(object->value("deployment_id"_L1).toString().toStdString()), *std::move(lines));
    } else if (event == "endpoints") {
        m_listener.endpoints();
    }
}

} // namespace visgate
