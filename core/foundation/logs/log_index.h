// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/line_no.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

/// What a log store keeps in memory about its file. Not thread-safe.
namespace visgate {

/// Where lines lie: one entry for every few hundred of them.
class LineIndex {
public:
    struct Block {
        std::uint64_t offset = 0;
        std::uint64_t endOffset = 0;
        LineNo firstLine;
        LineNo endLine; ///< one past its last
    };

    /// Lines that follow each other; `bytes` includes the line feed.
    void add(std::uint64_t bytes);
    [[nodiscard]] std::int64_t lineCount() const { return m_lines; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] std::size_t blockCount() const { return m_blocks.size(); }
    [[nodiscard]] Block block(std::size_t index) const;
    /// The block that holds the line; blockCount() if there is no such line.
    [[nodiscard]] std::size_t blockOf(LineNo line) const;

private:
    struct Start {
        std::uint64_t offset;
        LineNo line;
    };
    std::vector<Start> m_blocks;
    std::int64_t m_lines = 0;
    std::uint64_t m_size = 0;
};

/// Which provider lines were stored lately. Bounded: a resumed stream repeats recent lines, not old ones.
class SeenLines {
public:
    [[nodiscard]] bool contains(const std::string& worker, std::string_view providerId, std::string_view text) const;
    void add(const std::string& worker, const std::string& providerId, std::string_view text);
    [[nodiscard]] std::string lastId(const std::string& worker) const;

private:
    struct Worker {
        std::deque<std::uint64_t> order;
        std::unordered_set<std::uint64_t> hashes;
        std::string lastId;
        std::uint64_t lastUse = 0;
    };
    void forgetOldest();

    std::map<std::string, Worker> m_workers;
    std::uint64_t m_uses = 0;
};

} // namespace visgate
