// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/logs/log_line.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What a worker says about itself, one JSON line an event: `{"visgate":1,"seq":7,"ts":"…","type":"step",…}` on its
/// standard output, which the provider's log stream carries; the same objects go to the callback and into a job's
/// progress. `seq` counts from 1 a worker start, so that a gap shows. Written by worker/, read by core/engine.
namespace visgate {

struct ProvisioningEvent { };
struct GpuEvent {
    std::string name;
    std::int64_t vramBytes = 0;
    std::string computeCapability; ///< "8.9"; empty without CUDA
    std::string driver;
};
struct DownloadEvent {
    std::int64_t bytes = 0;
    std::int64_t total = 0; ///< 0: not known yet
    double bytesPerSecond = 0;
};
struct LoadEvent {
    std::string phase;
};
struct ReadyEvent {
    double loadSeconds = 0;
    std::string runner;
    std::string gpu;
    std::int64_t vramBytes = 0;
};
struct StepEvent {
    std::string job;
    int step = 0;  ///< `i`, from 1
    int count = 0; ///< `n`
    double etaSeconds = 0;
};
struct ResultEvent {
    std::string job;
    double seconds = 0;
    int artifacts = 0;
};
struct FailedEvent {
    std::string code; ///< "E_INPUT", "E_OUT_OF_MEMORY", ...
    std::string message;
    std::string job; ///< empty: the worker itself
};
struct LeavingEvent {
    std::string reason;
};
/// Jobs can be brought to this worker over HTTP.
struct ListeningEvent {
    std::string address; ///< of the network interface; "0.0.0.0": all of them
    int port = 0;
};
struct FallbackEvent {
    std::string from;
    std::string to;
    std::string code;
};
struct LogEvent {
    LogLevel level = LogLevel::Info;
    std::string message;
    std::string job;
};
/// A type that this version does not know.
struct UnknownEvent {
    std::string type;
};

using WorkerEventBody = std::variant<ProvisioningEvent, GpuEvent, DownloadEvent, LoadEvent, ReadyEvent, StepEvent,
    ResultEvent, FailedEvent, LeavingEvent, ListeningEvent, FallbackEvent, LogEvent, UnknownEvent>;

struct WorkerEvent {
    std::int64_t seq = 0;
    std::optional<TimePoint> at;
    WorkerEventBody body;
};

/// None if the line is not one of our events. Unknown fields are skipped, absent or mistyped ones keep their default.
[[nodiscard]] std::optional<WorkerEvent> parseWorkerEvent(std::string_view line);
/// One line without its line feed.
[[nodiscard]] std::string formatWorkerEvent(const WorkerEvent& event);
/// The event's `type`.
[[nodiscard]] std::string_view typeName(const WorkerEventBody& body);

/// An ordinary line. Runpod's own SDK writes `{"requestId","message","level"}`; anything else is its own message.
struct WorkerLine {
    LogLevel level = LogLevel::Info;
    std::string message;
    std::string requestId;
};
[[nodiscard]] WorkerLine parseWorkerLine(std::string_view line);
[[nodiscard]] std::string formatWorkerLine(const WorkerLine& line);

} // namespace visgate
