// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <iosfwd>
#include <mutex>
#include <string>
#include <string_view>

namespace visgate::worker {

/// Everything the worker says, line by line, masked, and flushed at once: the provider reads it as the container's log.
/// Thread-safe.
class Output {
public:
    Output(std::ostream& stream, const Redactor& redactor);
    /// One line, without its line break.
    void line(std::string_view text);
    [[nodiscard]] const Redactor& redactor() const { return m_redactor; }

private:
    std::mutex m_mutex;
    std::ostream& m_stream;
    const Redactor& m_redactor;
};

/// Ordinary log lines in the shape that the provider's console filters by request:
/// {"requestId","message","level"}. A long message becomes several lines; nothing is cut out. Thread-safe.
class Log {
public:
    static constexpr std::size_t maxMessageBytes = 4096;

    Log(Output& output, LogLevel least);
    void write(LogLevel level, std::string_view message, std::string_view requestId = {});

private:
    Output& m_output;
    LogLevel m_least;
};

/// The worker's events: numbered from 1 without gaps, so that a reader of any of the ways out sees what it missed; one
/// line each (core/foundation/worker_protocol/worker_event.h). Thread-safe.
class EventStream {
public:
    /// How many of the latest events a job's progress carries.
    static constexpr std::size_t windowSize = 24;
    /// Gets the event and its line, masked, on the emitting thread; must not block.
    using Listener = std::function<void(const WorkerEvent& event, const std::string& line)>;

    EventStream(Output& output, const Clock& clock);
    void setListener(Listener listener); ///< before the first event
    void emit(WorkerEventBody body);
    /// The latest events as a JSON array.
    [[nodiscard]] std::string window() const;

private:
    mutable std::mutex m_mutex;
    Output& m_output;
    const Clock& m_clock;
    Listener m_listener;
    std::int64_t m_lastNumber = 0;
    std::deque<std::string> m_window;
};

} // namespace visgate::worker
