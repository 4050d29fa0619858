// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/message.h"

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace visgate::practice {

/// The last requests, for tests: what arrived, with which body and headers, and what was answered. Authorization
/// values are not kept, only their kind.
class RequestLog {
public:
    /// Returns the entry's number, for answered().
    std::uint64_t arrived(const http::Request& request, std::string target, TimePoint now, std::string requestId);
    void answered(std::uint64_t number, int status);
    void faulted(std::uint64_t number, const std::string& effect);
    void clear() { m_entries.clear(); }
    [[nodiscard]] nlohmann::json describe() const;

private:
    struct Entry {
        std::uint64_t number = 0;
        TimePoint at;
        std::string method;
        std::string target;
        std::string authorization; ///< "none", "bearer" or "raw"
        http::Headers headers;     ///< without Authorization
        std::string body;
        std::string requestId;
        int status = 0; ///< 0: not answered yet
        std::string fault;
    };
    Entry* find(std::uint64_t number);

    std::deque<Entry> m_entries;
    std::uint64_t m_next = 1;
};

} // namespace visgate::practice
