// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/outbox.h"

#include <algorithm>

namespace visgate::worker {

Outbox::Outbox(Send send) : m_send(std::move(send)), m_thread([this] { run(); }) { }

Outbox::~Outbox()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }
    m_thread.join();
}

void Outbox::open(const std::string& jobId)
{
    const std::lock_guard lock(m_mutex);
    m_open.push_back(jobId);
}

void Outbox::progress(const std::string& jobId, std::string body)
{
    const std::lock_guard lock(m_mutex);
    if (std::find(m_open.begin(), m_open.end(), jobId) == m_open.end()) {
        return;
    }
    dropWaiting(jobId);
    m_waiting.push_back(std::make_shared<Item>(Item{jobId, std::move(body)}));
    m_changed.notify_all();
}

bool Outbox::end(const std::string& jobId, std::string body, bool& wasOpen)
{
    std::unique_lock lock(m_mutex);
    wasOpen = std::erase(m_open, jobId) > 0;
    if (!wasOpen) {
        return false;
    }
    dropWaiting(jobId);
    const auto item = std::make_shared<Item>(Item{jobId, std::move(body), true});
    m_waiting.push_back(item);
    m_changed.notify_all();
    m_changed.wait(lock, [&] { return item->isDone || m_isOver; });
    return item->arrived;
}

void Outbox::close(const std::string& jobId)
{
    const std::lock_guard lock(m_mutex);
    std::erase(m_open, jobId);
    dropWaiting(jobId);
}

void Outbox::dropWaiting(const std::string& jobId)
{
    std::erase_if(m_waiting, [&jobId](const auto& item) { return item->jobId == jobId && !item->isEnd; });
}

void Outbox::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isOver || !m_waiting.empty(); });
        if (m_isOver) {
            return;
        }
        const auto item = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        lock.unlock();
        const bool arrived = m_send(item->jobId, item->body, item->isEnd);
        lock.lock();
        item->arrived = arrived;
        item->isDone = true;
        m_changed.notify_all();
    }
}

} // namespace visgate::worker
