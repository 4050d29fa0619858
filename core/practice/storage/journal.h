// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace visgate::practice {

/// The account on disk: one append-only file of JSON lines, each a record's newest form or its removal. A line is
/// written by one call, so a killed process loses nothing it had answered for; a torn last line is dropped at open.
/// Not thread-safe.
class Journal {
public:
    /// Opens or creates `path` (mode 0600), reads it and, when most of it is outdated, writes it anew.
    [[nodiscard]] static Result<Journal> open(std::string path);
    Journal(Journal&& other) noexcept;
    Journal& operator=(Journal&&) = delete;
    ~Journal();

    /// `json` is the record's JSON text.
    void put(std::string_view kind, std::string_view id, std::string json);
    void remove(std::string_view kind, std::string_view id);
    /// Calls `visit(id, json text)` for each record of a kind, in order of id.
    void each(std::string_view kind, const std::function<void(const std::string&, const std::string&)>& visit) const;

private:
    Journal(std::string path, int descriptor);
    void append(const std::string& line);
    Result<void> rewrite();

    std::string m_path;
    int m_descriptor = -1;
    std::size_t m_fileBytes = 0;
    std::size_t m_liveBytes = 0;
    std::map<std::string, std::string> m_records; ///< "kind/id" -> JSON text
};

} // namespace visgate::practice
