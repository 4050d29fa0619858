// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/callback.h"

#include "core/foundation/backoff.h"
#include "core/foundation/json/json_read.h"
#include "worker/events/output.h"
#include "worker/queue/pause.h"
#include "worker/queue/transport.h"

#include <algorithm>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostWaiting = 1024;
constexpr std::size_t mostInBatch = 128;
constexpr int attempts = 3;
constexpr auto sendTimeout = 5s;
constexpr auto patienceAtEnd = 2s;

std::string eventsUrlFor(const std::string& readyUrl)
{
    constexpr std::string_view ready = "/internal/deployment-ready/";
    const auto at = readyUrl.find(ready);
    if (at == std::string::npos) {
        return {};
    }
    return readyUrl.substr(0, at) + "/internal/events/" + readyUrl.substr(at + ready.size());
}

} // namespace

Callback::Callback(std::string readyUrl, Reach reach, Secret secret, Log& log)
    : m_readyUrl(std::move(readyUrl)), m_eventsUrl(eventsUrlFor(m_readyUrl)), m_reach(reach),
      m_secret(std::move(secret)), m_log(log), m_thread([this] { run(); })
{
}

Callback::~Callback()
{
    flush(patienceAtEnd);
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }
    m_hurry.cancel();
    m_thread.join();
}

void Callback::flush(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience, [this] { return m_isIdle && m_events.empty() && m_statuses.empty(); });
}

void Callback::add(const WorkerEvent& event, const std::string& line)
{
    const std::lock_guard lock(m_mutex);
    if (!m_eventsUrl.empty()) {
        m_events.push_back(line);
        if (m_events.size() > mostWaiting) {
            m_events.pop_front();
        }
    }
    if (std::holds_alternative<ReadyEvent>(event.body)) {
        queueStatus("ready", {});
    } else if (std::holds_alternative<DownloadEvent>(event.body) && !m_saidDownloading) {
        m_saidDownloading = true;
        queueStatus("downloading_model", {});
    } else if (std::holds_alternative<LoadEvent>(event.body) && !m_saidLoading) {
        m_saidLoading = true;
        queueStatus("loading_model", {});
    } else if (const auto* failed = std::get_if<FailedEvent>(&event.body); failed != nullptr && failed->job.empty()) {
        queueStatus("failed", failed->message);
    }
    m_changed.notify_all();
}

void Callback::queueStatus(const char* status, const std::string& message)
{
    nlohmann::json body{{"status", status}};
    if (!message.empty()) {
        body["message"] = message;
    }
    m_statuses.push_back({true, visgate::json::dump(body)});
}

std::deque<Callback::Letter> Callback::nextLetters()
{
    std::unique_lock lock(m_mutex);
    m_isIdle = true;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_isOver || !m_events.empty() || !m_statuses.empty(); });
    m_isIdle = false;
    std::deque<Letter> letters;
    if (!m_events.empty()) {
        const std::size_t count = std::min(m_events.size(), mostInBatch);
        std::string body = "[";
        for (std::size_t i = 0; i < count; ++i) {
            body += i > 0 ? "," + m_events.front() : m_events.front();
            m_events.pop_front();
        }
        letters.push_back({false, body + "]"});
    }
    letters.insert(letters.end(), m_statuses.begin(), m_statuses.end());
    m_statuses.clear();
    return letters;
}

void Callback::run()
{
    Transport transport;
    while (!m_hurry.isCancelled()) {
        const auto letters = nextLetters();
        if (letters.empty()) {
            return; // over, and all is sent
        }
        for (const auto& letter : letters) {
            if (!send(transport, letter) && !m_hurry.isCancelled()) {
                m_log.write(LogLevel::Debug, "The callback address cannot be reached; it is not needed.");
            }
        }
    }
}

bool Callback::send(Transport& transport, const Letter& letter)
{
    WebRequest request;
    request.method = "POST";
    request.url = letter.isStatus ? m_readyUrl : m_eventsUrl;
    request.headers
        = {{"Content-Type", "application/json"}, {"X-Visgate-Internal-Secret", std::string(m_secret.reveal())}};
    request.body = letter.body;
    request.timeout = sendTimeout;
    request.reach = m_reach;
    Backoff backoff(250ms, 2s, seededRandom());
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        const auto reply = transport.send(request, m_hurry, 64 * 1024);
        if (reply && reply->status < 500 && reply->status != 429) {
            return reply->status < 300;
        }
        if (!pauseFor(backoff.next(), m_hurry)) {
            return false;
        }
    }
    return false;
}

} // namespace visgate::worker
