// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/platform/append_file.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace visgate::practice {

/// The account on disk: one append-only file of JSON lines, each a record's newest form or its removal. A line is
/// written by one call, so a killed process loses nothing it had answered for; a torn last line is dropped at open.
/// Not thread-safe.
class Journal {
public:
    /// Opens or creates `path` for our own user alone, reads it and, when most of it is outdated, writes it anew.
    [[nodiscard]] static Result<Journal> open(const std::filesystem::path& path);

    /// `json` is the record's JSON text.
    void put(std::string_view kind, std::string_view id, std::string json);
    void remove(std::string_view kind, std::string_view id);
    /// Calls `visit(id, json text)` for each record of a kind, in order of id.
    void each(std::string_view kind, const std::function<void(const std::string&, const std::string&)>& visit) const;

private:
    Journal(std::filesystem::path path, visgate::platform::AppendFile file);
    void append(const std::string& line);
    Result<void> rewrite();

    std::filesystem::path m_path;
    std::unique_ptr<visgate::platform::AppendFile> m_file;
    std::size_t m_liveBytes = 0;
    std::map<std::string, std::string> m_records; ///< "kind/id" -> JSON text
};

} // namespace visgate::practice
