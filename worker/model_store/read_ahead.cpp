// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/read_ahead.h"

#include "core/foundation/bytes.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace visgate::worker {
namespace {

constexpr std::uint64_t pieceBytes = 16 * kMiB;
constexpr std::size_t mostThreads = 8;

} // namespace

ReadAhead::ReadAhead(std::vector<std::filesystem::path> files, std::uint64_t most) : m_files(std::move(files))
{
    for (std::size_t file = 0; file < m_files.size(); ++file) {
        std::error_code error;
        const auto size = std::filesystem::file_size(m_files[file], error);
        if (error || size > most) {
            continue;
        }
        most -= size;
        for (std::uint64_t offset = 0; offset < size; offset += pieceBytes) {
            m_pieces.push_back({file, offset});
        }
    }
    const std::size_t threads = std::min(mostThreads, m_pieces.size());
    for (std::size_t i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

ReadAhead::~ReadAhead()
{
    m_isOver = true;
    static_cast<void>(wait());
}

std::uint64_t ReadAhead::wait()
{
    for (std::thread& thread : m_threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
    return m_read;
}

void ReadAhead::work()
{
    std::string bytes(pieceBytes, '\0');
    for (std::size_t i = m_next++; i < m_pieces.size() && !m_isOver; i = m_next++) {
        std::ifstream file(m_files[m_pieces[i].file], std::ios::binary);
        file.seekg(static_cast<std::streamoff>(m_pieces[i].offset));
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        m_read += static_cast<std::uint64_t>(file.gcount());
    }
}

} // namespace visgate::worker
