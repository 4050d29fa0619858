// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::http {
class Exchange;
}

namespace visgate::practice {

/// The logs of all workers: kept in memory, appended to a file each, and sent to whoever follows one as server-sent
/// events (facts 1.4). Not thread-safe: see World.
class LogBook {
public:
    enum class Source { Container, System };

    /// How much of the past a new follower wants; the first that is set counts.
    struct Resume {
        std::optional<std::string> afterId; ///< Last-Event-ID
        std::optional<TimePoint> since;
        std::size_t tail = 100;
        std::optional<Source> only;
    };

    LogBook(std::filesystem::path folder, const Clock& clock);

    void append(const std::string& workerId, Source source, std::string_view line);
    /// Begins a stream on `exchange` that never ends by itself.
    void follow(const std::string& workerId, std::shared_ptr<http::Exchange> exchange, const Resume& resume);
    /// Forgets container lines; system lines stay (facts 1.4: about 2 minutes after the container is removed).
    void dropContainerLines(const std::string& workerId);
    /// Forgets the worker and its file.
    void drop(const std::string& workerId);
    /// Forgets followers that have left.
    void sweep();
    [[nodiscard]] std::size_t followers() const { return m_followers.size(); }
    /// Lines as "source: text", for the control route.
    [[nodiscard]] std::vector<std::string> lines(const std::string& workerId);

    struct Line {
        std::int64_t nanos = 0; ///< since the epoch, unique in its worker: a client resumes after it
        Source source = Source::System;
        std::string text;
    };

private:
    struct Follower {
        std::string workerId;
        std::shared_ptr<http::Exchange> exchange;
        std::optional<Source> only;
    };

    std::deque<Line>& linesOf(const std::string& workerId);
    [[nodiscard]] std::filesystem::path pathOf(const std::string& workerId) const;
    void rewrite(const std::string& workerId, const std::deque<Line>& lines) const;

    std::filesystem::path m_folder;
    const Clock& m_clock;
    std::map<std::string, std::deque<Line>> m_logs; ///< loaded from disk when first asked for
    std::vector<Follower> m_followers;
};

} // namespace visgate::practice
