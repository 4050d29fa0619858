// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

namespace visgate::worker {

/// Reads files into the system's cache, in large pieces on several threads, while something else goes on: a runner that
/// imports for seconds finds its weights in memory. Ends with the object, or when all is read.
class ReadAhead {
public:
    /// `most`: bytes that may be read, so that nothing is read only to be pushed out again; 0: nothing is.
    ReadAhead(std::vector<std::filesystem::path> files, std::uint64_t most);
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Until all is read; what was read.
    [[nodiscard]] std::uint64_t wait();

private:
    struct Piece {
        std::size_t file = 0;
        std::uint64_t offset = 0;
    };
    void work();

    const std::vector<std::filesystem::path> m_files;
    std::vector<Piece> m_pieces;
    std::atomic<std::size_t> m_next{0};
    std::atomic<std::uint64_t> m_read{0};
    std::atomic<bool> m_isOver{false};
    std::vector<std::thread> m_threads;
};

} // namespace visgate::worker
