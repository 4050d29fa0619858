// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace visgate {

class Redactor;

/// Which lines to read. Unset filters let everything through.
struct LogQuery {
    LineNo from;                  ///< the first line to look at; the default: the first of all
    std::optional<LineNo> before; ///< the first line not to look at any more; unset: all to the end
    std::size_t limit = 1000;     ///< lines to return at most
    bool fromEnd = false;         ///< the last `limit` matches instead of the first; still in their order
    LogLevel minLevel = LogLevel::Debug;
    std::string source;
    std::string worker;
    std::string requestId;
    std::string contains; ///< in the text; A-Z and a-z count as equal
};

/// The log of one deployment: one file that only grows, in the form of log_format.h. Everything is redacted on its way
/// in. What append() returned is safe from kill -9 at once. One store a file; all members are thread-safe.
class LogStore {
public:
    /// Creates the file if it is missing and cuts off a last line that was not written whole. Errors: FileUnwritable,
    /// FileUnreadable, StoreFull.
    [[nodiscard]] static Result<std::unique_ptr<LogStore>> open(
        const std::filesystem::path& path, std::shared_ptr<const Redactor> redactor);
    ~LogStore();
    LogStore(const LogStore&) = delete;
    LogStore& operator=(const LogStore&) = delete;

    /// Writes the lines in one go and returns them as they were stored: numbered, redacted, without those that a
    /// resumed stream brought again (same worker, provider id and text as a line among that worker's last thousands).
    /// An error (StoreFull, FileUnwritable) means that none of them was stored; the same call may be repeated.
    [[nodiscard]] Result<std::vector<LogLine>> append(std::vector<LogLine> lines);

    [[nodiscard]] Result<std::vector<LogLine>> read(const LogQuery& query) const;
    [[nodiscard]] std::int64_t lineCount() const;
    /// The provider id of the worker's newest line, to resume its stream from; empty if there is none.
    [[nodiscard]] std::string lastProviderId(const std::string& worker) const;

private:
    class Impl;
    explicit LogStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate
