// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/platform/append_file.h"
#include "core/foundation/result.h"
#include "worker/platform/sized_file.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker {

/// Bytes of a file that are asked for in one call.
struct FilePart {
    std::uint64_t index = 0;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// How a file is cut into parts: all of one size but for the last.
[[nodiscard]] std::vector<FilePart> partsOf(std::uint64_t fileBytes, std::uint64_t partBytes);
/// The numbers of parts that a list of them ("3\n0\n") tells as done, for `count` parts. A line that is cut off at the
/// end, or none of them, counts for nothing.
[[nodiscard]] std::vector<bool> partsDone(std::string_view list, std::uint64_t count);

/// A file that is being fetched: `NAME.visgate.incomplete`, written part by part in any order, beside it a list of the
/// parts that are there, so that a process that is killed loses no more than the parts in hand. It becomes `NAME` with
/// finish() alone. Thread-safe.
class PartialFile {
public:
    static constexpr std::uint64_t partBytes = 32ULL * 1024 * 1024;
    static constexpr const char* suffix = ".visgate.incomplete";

    /// Goes on where another process ended. FileUnwritable, StoreFull.
    [[nodiscard]] static Result<PartialFile> open(const std::filesystem::path& target, std::uint64_t bytes);

    [[nodiscard]] std::vector<FilePart> missing() const;
    [[nodiscard]] std::uint64_t missingBytes() const;
    [[nodiscard]] Result<void> write(std::uint64_t offset, std::string_view bytes) const;
    [[nodiscard]] Result<void> partDone(const FilePart& part);
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t length) const;
    /// Nothing of what is there is right: all parts are missing again.
    [[nodiscard]] Result<void> discard();
    /// Gives it its name.
    [[nodiscard]] Result<void> finish();

    /// What open() would have to fetch, without making anything.
    [[nodiscard]] static std::uint64_t missingBytes(const std::filesystem::path& target, std::uint64_t bytes);

private:
    PartialFile(std::filesystem::path target, std::uint64_t bytes, platform::SizedFile file,
        visgate::platform::AppendFile list, std::vector<bool> done);

    std::filesystem::path m_target;
    std::uint64_t m_bytes;
    std::unique_ptr<std::mutex> m_mutex;
    std::optional<platform::SizedFile> m_file;
    std::optional<visgate::platform::AppendFile> m_list;
    std::vector<bool> m_done;
};

} // namespace visgate::worker
