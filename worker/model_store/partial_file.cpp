// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/partial_file.h"

#include "core/foundation/file_error.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largestList = 16 * 1024 * 1024;

fs::path partialName(const fs::path& target)
{
    fs::path name = target;
    name += PartialFile::suffix;
    return name;
}

fs::path listName(const fs::path& target)
{
    fs::path name = partialName(target);
    name += ".parts";
    return name;
}

std::uint64_t countOf(std::uint64_t bytes)
{
    return bytes / PartialFile::partBytes + (bytes % PartialFile::partBytes == 0 ? 0 : 1);
}

/// What another process has left; nothing of it if file and list do not belong together.
std::vector<bool> leftBehind(const fs::path& target, std::uint64_t bytes)
{
    const std::uint64_t count = countOf(bytes);
    std::error_code error;
    const auto size = fs::file_size(partialName(target), error);
    const auto listSize = error ? 0 : fs::file_size(listName(target), error);
    if (error || size != bytes || listSize > largestList) {
        return std::vector<bool>(count, false);
    }
    std::ifstream stream(listName(target), std::ios::binary);
    const std::string list((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    return partsDone(list, count);
}

std::uint64_t bytesOf(const std::vector<FilePart>& parts)
{
    std::uint64_t sum = 0;
    for (const FilePart& part : parts) {
        sum += part.bytes;
    }
    return sum;
}

std::vector<FilePart> without(const std::vector<bool>& done, std::uint64_t bytes)
{
    auto parts = partsOf(bytes, PartialFile::partBytes);
    std::erase_if(parts, [&done](const FilePart& part) { return done[part.index]; });
    return parts;
}

} // namespace

std::vector<FilePart> partsOf(std::uint64_t fileBytes, std::uint64_t partBytes)
{
    std::vector<FilePart> parts;
    for (std::uint64_t offset = 0; offset < fileBytes; offset += partBytes) {
        parts.push_back({parts.size(), offset, std::min(partBytes, fileBytes - offset)});
    }
    return parts;
}

std::vector<bool> partsDone(std::string_view list, std::uint64_t count)
{
    std::vector<bool> done(count, false);
    for (auto end = list.find('\n'); end != std::string_view::npos; end = list.find('\n')) {
        std::uint64_t index = 0;
        const auto [at, code] = std::from_chars(list.data(), list.data() + end, index);
        if (code == std::errc() && at == list.data() + end && index < count) {
            done[index] = true;
        }
        list.remove_prefix(end + 1);
    }
    return done;
}

PartialFile::PartialFile(fs::path target, std::uint64_t bytes, platform::SizedFile file,
    visgate::platform::AppendFile list, std::vector<bool> done)
    : m_target(std::move(target)), m_bytes(bytes), m_mutex(std::make_unique<std::mutex>()), m_file(std::move(file)),
      m_list(std::move(list)), m_done(std::move(done))
{
}

Result<PartialFile> PartialFile::open(const fs::path& target, std::uint64_t bytes)
{
    auto done = leftBehind(target, bytes);
    auto list = visgate::platform::AppendFile::open(listName(target));
    if (!list) {
        return fail(list.error());
    }
    if (std::find(done.begin(), done.end(), true) == done.end()) {
        if (auto emptied = list->truncate(0); !emptied) { // before the file is there in its size
            return fail(emptied.error());
        }
    }
    auto file = platform::SizedFile::open(partialName(target), bytes);
    if (!file) {
        return fail(file.error());
    }
    return PartialFile(target, bytes, std::move(*file), std::move(*list), std::move(done));
}

std::vector<FilePart> PartialFile::missing() const
{
    const std::lock_guard lock(*m_mutex);
    return without(m_done, m_bytes);
}

std::uint64_t PartialFile::missingBytes() const
{
    return bytesOf(missing());
}

std::uint64_t PartialFile::missingBytes(const fs::path& target, std::uint64_t bytes)
{
    return bytesOf(without(leftBehind(target, bytes), bytes));
}

Result<void> PartialFile::write(std::uint64_t offset, std::string_view bytes) const
{
    return m_file->write(offset, bytes);
}

Result<std::string> PartialFile::read(std::uint64_t offset, std::size_t length) const
{
    return m_file->read(offset, length);
}

Result<void> PartialFile::partDone(const FilePart& part)
{
    const std::lock_guard lock(*m_mutex);
    if (auto noted = m_list->append(std::to_string(part.index) + '\n'); !noted) {
        return noted;
    }
    m_done[part.index] = true;
    return {};
}

Result<void> PartialFile::discard()
{
    const std::lock_guard lock(*m_mutex);
    std::fill(m_done.begin(), m_done.end(), false);
    return m_list->truncate(0);
}

Result<void> PartialFile::finish()
{
    const std::lock_guard lock(*m_mutex);
    if (auto synced = m_file->sync(); !synced) {
        return synced;
    }
    m_file.reset(); // some systems rename no open file
    m_list.reset();
    std::error_code error;
    fs::rename(partialName(m_target), m_target, error);
    if (error) {
        return fail(fileError(ErrorCode::FileUnwritable, m_target, error.message()));
    }
    fs::remove(listName(m_target), error);
    return {};
}

} // namespace visgate::worker
