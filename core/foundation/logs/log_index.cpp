// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/logs/log_index.h"

#include "core/foundation/bytes.h"

#include <algorithm>
#include <functional>

namespace visgate {
namespace {

constexpr std::int64_t kBlockLines = 256;
constexpr std::uint64_t kBlockBytes = 256 * kKiB;
// More than a provider repeats (it sends at most 5000 old lines), for as many workers as an endpoint has had lately.
constexpr std::size_t kSeenPerWorker = 8192;
constexpr std::size_t kSeenWorkers = 64;

std::uint64_t hashOf(std::string_view providerId, std::string_view text)
{
    // Several lines may carry one id (it is a time), so the text counts too.
    const std::uint64_t first = std::hash<std::string_view>{}(providerId);
    const std::uint64_t second = std::hash<std::string_view>{}(text);
    return first ^ (second * 0x9e3779b97f4a7c15U + (first << 6U) + (first >> 2U));
}

} // namespace

void LineIndex::add(std::uint64_t bytes)
{
    const bool isFull = m_blocks.empty() || m_lines - (m_blocks.back().line.value() - 1) >= kBlockLines
        || m_size - m_blocks.back().offset >= kBlockBytes;
    if (isFull)
        m_blocks.push_back({m_size, LineNo(m_lines + 1)});
    ++m_lines;
    m_size += bytes;
}

LineIndex::Block LineIndex::block(std::size_t index) const
{
    const bool isLast = index + 1 == m_blocks.size();
    return {m_blocks[index].offset, isLast ? m_size : m_blocks[index + 1].offset, m_blocks[index].line,
        isLast ? LineNo(m_lines + 1) : m_blocks[index + 1].line};
}

std::size_t LineIndex::blockOf(LineNo line) const
{
    if (line.value() > m_lines)
        return m_blocks.size();
    const auto after = std::upper_bound(
        m_blocks.begin(), m_blocks.end(), line, [](LineNo wanted, const Start& start) { return wanted < start.line; });
    return after == m_blocks.begin() ? 0 : static_cast<std::size_t>(after - m_blocks.begin()) - 1;
}

bool SeenLines::contains(const std::string& worker, std::string_view providerId, std::string_view text) const
{
    const auto found = m_workers.find(worker);
    return found != m_workers.end() && found->second.hashes.count(hashOf(providerId, text)) > 0;
}

void SeenLines::add(const std::string& worker, const std::string& providerId, std::string_view text)
{
    Worker& seen = m_workers[worker];
    seen.lastId = providerId;
    seen.lastUse = ++m_uses;
    const std::uint64_t hash = hashOf(providerId, text);
    if (seen.hashes.insert(hash).second)
        seen.order.push_back(hash);
    if (seen.order.size() > kSeenPerWorker) {
        seen.hashes.erase(seen.order.front());
        seen.order.pop_front();
    }
    if (m_workers.size() > kSeenWorkers)
        forgetOldest();
}

std::string SeenLines::lastId(const std::string& worker) const
{
    const auto found = m_workers.find(worker);
    return found == m_workers.end() ? std::string() : found->second.lastId;
}

void SeenLines::forgetOldest()
{
    m_workers.erase(std::min_element(m_workers.begin(), m_workers.end(),
        [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; }));
}

} // namespace visgate
