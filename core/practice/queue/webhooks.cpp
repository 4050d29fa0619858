// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/queue/webhooks.h"

#include "core/foundation/http/client.h"
#include "core/foundation/json/json_value.h"
#include "core/practice/queue/job_queue.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

struct LocalUrl {
    std::uint16_t port = 80;
    std::string target;
};

std::optional<LocalUrl> readLocalUrl(std::string_view url)
{
    for (const std::string_view prefix : {"http://127.0.0.1", "http://localhost"}) {
        if (!url.starts_with(prefix))
            continue;
        std::string_view rest = url.substr(prefix.size());
        LocalUrl result;
        if (rest.starts_with(':')) {
            const auto parsed = std::from_chars(rest.data() + 1, rest.data() + rest.size(), result.port);
            rest = rest.substr(static_cast<std::size_t>(parsed.ptr - rest.data()));
        }
        if (!rest.empty() && !rest.starts_with('/'))
            return std::nullopt; // a longer host name
        result.target = rest.empty() ? "/" : std::string(rest);
        return result;
    }
    return std::nullopt;
}

} // namespace

Webhooks::Webhooks() : m_thread([this] { work(); }) { }

Webhooks::~Webhooks()
{
    stop();
}

void Webhooks::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void Webhooks::deliver(const Job& job, std::chrono::nanoseconds pause)
{
    json body = JobQueue::describe(job);
    const json request = json::parse(job.request);
    body["input"] = request.value("input", json::object());
    body["webhook"] = job.webhook;
    const std::lock_guard guard(m_mutex);
    m_pending.push_back({job.webhook, body.dump(), std::chrono::steady_clock::now(), pause});
    m_wake.notify_all();
}

bool Webhooks::send(const Delivery& delivery)
{
    const auto url = readLocalUrl(delivery.url);
    if (!url)
        return true; // nothing to try again
    http::Peer peer;
    peer.port = url->port;
    http::Client client(peer);
    http::Request request;
    request.method = "POST";
    request.target = url->target;
    request.headers.set("Content-Type", "application/json");
    request.body = delivery.body;
    const auto response = client.send(request, 10s);
    return response && response->status == 200;
}

void Webhooks::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        const auto next = std::min_element(
            m_pending.begin(), m_pending.end(), [](const Delivery& a, const Delivery& b) { return a.due < b.due; });
        if (next == m_pending.end()) {
            m_wake.wait(lock);
            continue;
        }
        if (next->due > std::chrono::steady_clock::now()) {
            m_wake.wait_until(lock, next->due);
            continue;
        }
        Delivery delivery = std::move(*next);
        m_pending.erase(next);
        lock.unlock();
        const bool done = send(delivery);
        lock.lock();
        if (!done && --delivery.attemptsLeft > 0) {
            delivery.due = std::chrono::steady_clock::now() + delivery.pause;
            m_pending.push_back(std::move(delivery));
        }
    }
}

} // namespace visgate::practice
