// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/fetch_progress.h"

#include <algorithm>

namespace visgate::worker {
namespace {

constexpr std::chrono::seconds rateWindow{10};

} // namespace

FetchProgress::FetchProgress(const Clock& clock, Listener listener, std::chrono::milliseconds interval)
    : m_clock(clock), m_listener(std::move(listener)), m_interval(interval), m_told(clock.monotonic())
{
}

void FetchProgress::alsoTell(std::function<void(const State&)> onState)
{
    const std::lock_guard lock(m_mutex);
    m_alsoTold = std::move(onState);
}

void FetchProgress::begin(std::uint64_t present, std::uint64_t total)
{
    const std::lock_guard lock(m_mutex);
    m_state = {present, total, 0};
    m_latest = {{m_clock.monotonic(), m_arrived}};
    tell();
}

void FetchProgress::add(std::uint64_t bytes)
{
    if (m_listener.onSign) {
        m_listener.onSign();
    }
    const std::lock_guard lock(m_mutex);
    m_state.bytes += bytes;
    m_arrived += bytes;
    if (m_clock.monotonic() - m_told >= m_interval) {
        tell();
    }
}

void FetchProgress::takeBack(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_state.bytes -= std::min(bytes, m_state.bytes);
}

void FetchProgress::sign()
{
    if (m_listener.onSign) {
        m_listener.onSign();
    }
}

void FetchProgress::end()
{
    const std::lock_guard lock(m_mutex);
    tell();
}

FetchProgress::State FetchProgress::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

/// Under the lock, so that what is told never goes back.
void FetchProgress::tell()
{
    const auto now = m_clock.monotonic();
    m_told = now;
    m_latest.emplace_back(now, m_arrived);
    while (m_latest.size() > 2 && now - m_latest.front().first > rateWindow) {
        m_latest.pop_front();
    }
    const double seconds = std::chrono::duration<double>(now - m_latest.front().first).count();
    m_state.bytesPerSecond
        = seconds > 0 ? static_cast<double>(m_arrived - m_latest.front().second) / seconds : m_state.bytesPerSecond;
    if (m_listener.onState) {
        m_listener.onState(m_state);
    }
    if (m_alsoTold) {
        m_alsoTold(m_state);
    }
}

} // namespace visgate::worker
