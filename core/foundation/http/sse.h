// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate {

/// One server-sent event (HTML standard, section 9.2).
struct SseEvent {
    std::string id;   ///< the stream's last id at this event; opaque
    std::string type; ///< "message" when the server gave none
    std::string data; ///< its lines joined by line feeds
};

/// Reads an event stream from bytes in any portions. Not thread-safe.
class SseParser {
public:
    /// An event whose lines together exceed `maxEventBytes` ends the parsing: nothing more comes out before reset().
    explicit SseParser(std::size_t maxEventBytes = kMiB);

    /// The events that these bytes completed.
    [[nodiscard]] std::vector<SseEvent> feed(std::string_view bytes);
    /// The same, one call an event; false once the limit was exceeded. The parser may be destroyed by `onEvent`.
    bool feed(std::string_view bytes, const std::function<void(const SseEvent&)>& onEvent);

    [[nodiscard]] bool isOverLimit() const { return m_isOverLimit; }
    /// What to send as Last-Event-ID when the connection is lost. Outlives reset().
    [[nodiscard]] const std::string& lastEventId() const { return m_lastId; }
    /// The server's wish for the pause before a reconnection.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return m_retry; }
    /// A new connection: drops what was begun.
    void reset();

private:
    void takeLine(std::vector<SseEvent>& out);
    void takeField(std::string_view name, std::string_view value);

    std::size_t m_maxEventBytes;
    std::string m_line;
    std::string m_data;
    std::string m_type;
    std::string m_lastId;
    std::optional<std::chrono::milliseconds> m_retry;
    std::size_t m_eventBytes = 0;
    bool m_hasData = false;
    bool m_wasCarriageReturn = false;
    bool m_isFirstLine = true;
    bool m_isOverLimit = false;
};

/// The event as bytes for the wire, empty line included. An empty or "message" type and an empty id are left out; line
/// breaks in type and id are dropped.
[[nodiscard]] std::string formatSse(const SseEvent& event);
/// A comment: keeps connections open and tells that the server lives.
[[nodiscard]] std::string formatSseComment(std::string_view text);

} // namespace visgate
