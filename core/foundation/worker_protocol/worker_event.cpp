// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/worker_event.h"

#include "core/foundation/bytes.h"
#include "core/foundation/json/json_read.h"

#include <array>
#include <utility>

namespace visgate {
namespace {

using json::Json;

constexpr int kFormat = 1;
// No event of ours comes near; a longer line is somebody else's.
constexpr std::size_t kMaxLineBytes = 256 * kKiB;

// One pair of functions a type: what the JSON object says, and what it is made of.
template <typename Event> struct Codec;

template <> struct Codec<ProvisioningEvent> {
    static constexpr std::string_view kType = "provisioning";
    static ProvisioningEvent read(const Json&) { return {}; }
    static void write(const ProvisioningEvent&, Json&) { }
};

template <> struct Codec<GpuEvent> {
    static constexpr std::string_view kType = "gpu";
    static GpuEvent read(const Json& o)
    {
        return {
            json::text(o, "name"), json::integerOr(o, "vram", 0), json::text(o, "compute"), json::text(o, "driver")};
    }
    static void write(const GpuEvent& e, Json& o)
    {
        o["name"] = e.name;
        o["vram"] = e.vramBytes;
        o["compute"] = e.computeCapability;
        o["driver"] = e.driver;
    }
};

template <> struct Codec<DownloadEvent> {
    static constexpr std::string_view kType = "download";
    static DownloadEvent read(const Json& o)
    {
        return {json::integerOr(o, "bytes", 0), json::integerOr(o, "total", 0), json::numberOr(o, "bytes_per_s", 0)};
    }
    static void write(const DownloadEvent& e, Json& o)
    {
        o["bytes"] = e.bytes;
        o["total"] = e.total;
        o["bytes_per_s"] = e.bytesPerSecond;
    }
};

template <> struct Codec<LoadEvent> {
    static constexpr std::string_view kType = "load";
    static LoadEvent read(const Json& o) { return {json::text(o, "phase")}; }
    static void write(const LoadEvent& e, Json& o) { o["phase"] = e.phase; }
};

template <> struct Codec<ReadyEvent> {
    static constexpr std::string_view kType = "ready";
    static ReadyEvent read(const Json& o)
    {
        return {json::numberOr(o, "load_s", 0), json::text(o, "runner"), json::text(o, "gpu"),
            json::integerOr(o, "vram", 0)};
    }
    static void write(const ReadyEvent& e, Json& o)
    {
        o["load_s"] = e.loadSeconds;
        o["runner"] = e.runner;
        o["gpu"] = e.gpu;
        o["vram"] = e.vramBytes;
    }
};

template <> struct Codec<StepEvent> {
    static constexpr std::string_view kType = "step";
    static StepEvent read(const Json& o)
    {
        return {json::text(o, "job"), json::intOr(o, "i", 0), json::intOr(o, "n", 0), json::numberOr(o, "eta_s", 0)};
    }
    static void write(const StepEvent& e, Json& o)
    {
        o["job"] = e.job;
        o["i"] = e.step;
        o["n"] = e.count;
        o["eta_s"] = e.etaSeconds;
    }
};

template <> struct Codec<ResultEvent> {
    static constexpr std::string_view kType = "result";
    static ResultEvent read(const Json& o)
    {
        return {json::text(o, "job"), json::numberOr(o, "seconds", 0), json::intOr(o, "artifacts", 0)};
    }
    static void write(const ResultEvent& e, Json& o)
    {
        o["job"] = e.job;
        o["seconds"] = e.seconds;
        o["artifacts"] = e.artifacts;
    }
};

template <> struct Codec<FailedEvent> {
    static constexpr std::string_view kType = "failed";
    static FailedEvent read(const Json& o)
    {
        return {json::text(o, "code"), json::text(o, "message"), json::text(o, "job")};
    }
    static void write(const FailedEvent& e, Json& o)
    {
        o["code"] = e.code;
        o["message"] = e.message;
        if (!e.job.empty())
            o["job"] = e.job;
    }
};

template <> struct Codec<LeavingEvent> {
    static constexpr std::string_view kType = "leaving";
    static LeavingEvent read(const Json& o) { return {json::text(o, "reason")}; }
    static void write(const LeavingEvent& e, Json& o) { o["reason"] = e.reason; }
};

template <> struct Codec<ListeningEvent> {
    static constexpr std::string_view kType = "listening";
    static ListeningEvent read(const Json& o) { return {json::text(o, "address"), json::intOr(o, "port", 0)}; }
    static void write(const ListeningEvent& e, Json& o)
    {
        o["address"] = e.address;
        o["port"] = e.port;
    }
};

template <> struct Codec<FallbackEvent> {
    static constexpr std::string_view kType = "fallback";
    static FallbackEvent read(const Json& o)
    {
        return {json::text(o, "from"), json::text(o, "to"), json::text(o, "code")};
    }
    static void write(const FallbackEvent& e, Json& o)
    {
        o["from"] = e.from;
        o["to"] = e.to;
        o["code"] = e.code;
    }
};

template <> struct Codec<LogEvent> {
    static constexpr std::string_view kType = "log";
    static LogEvent read(const Json& o)
    {
        return {logLevelFromString(json::text(o, "level")).value_or(LogLevel::Info), json::text(o, "message"),
            json::text(o, "job")};
    }
    static void write(const LogEvent& e, Json& o)
    {
        o["level"] = toString(e.level);
        o["message"] = e.message;
        if (!e.job.empty())
            o["job"] = e.job;
    }
};

// Tries the variant's alternatives in turn; the last one, UnknownEvent, takes what is left.
template <std::size_t Index = 0> WorkerEventBody readBody(const Json& object, const std::string& type)
{
    using Event = std::variant_alternative_t<Index, WorkerEventBody>;
    if constexpr (std::is_same_v<Event, UnknownEvent>) {
        return UnknownEvent{type};
    } else {
        return type == Codec<Event>::kType ? WorkerEventBody(Codec<Event>::read(object))
                                           : readBody<Index + 1>(object, type);
    }
}

std::optional<TimePoint> readTime(const Json& object)
{
    TimePoint time;
    if (parseUtc(json::text(object, "ts"), time))
        return time;
    const Json* const number = json::find(object, "ts"); // seconds since 1970, as other tools write it
    constexpr double kLastSecond = 9.2e9;
    if (number != nullptr && number->is_number()) {
        const double seconds = number->get<double>();
        if (seconds >= 0 && seconds < kLastSecond) {
            return TimePoint(std::chrono::duration_cast<TimePoint::duration>(
                std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6))));
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<WorkerEvent> parseWorkerEvent(std::string_view line)
{
    // Nearly every line is an ordinary one: that is told without parsing JSON.
    if (line.size() > kMaxLineBytes || line.find("\"visgate\"") == std::string_view::npos)
        return std::nullopt;
    const std::optional<Json> object = json::parseObject(line);
    if (!object || json::intOr(*object, "visgate", 0) != kFormat)
        return std::nullopt;
    WorkerEvent event;
    event.seq = json::integerOr(*object, "seq", 0);
    event.at = readTime(*object);
    event.body = readBody(*object, json::text(*object, "type"));
    return event;
}

std::string formatWorkerEvent(const WorkerEvent& event)
{
    Json object{{"visgate", kFormat}, {"seq", event.seq}, {"type", typeName(event.body)}};
    if (event.at)
        object["ts"] = formatUtc(*event.at);
    std::visit(
        [&object](const auto& body) {
            using Event = std::decay_t<decltype(body)>;
            if constexpr (!std::is_same_v<Event, UnknownEvent>)
                Codec<Event>::write(body, object);
        },
        event.body);
    return json::dump(object);
}

std::string_view typeName(const WorkerEventBody& body)
{
    return std::visit(
        [](const auto& event) -> std::string_view {
            using Event = std::decay_t<decltype(event)>;
            if constexpr (std::is_same_v<Event, UnknownEvent>)
                return event.type;
            else
                return Codec<Event>::kType;
        },
        body);
}

WorkerLine parseWorkerLine(std::string_view line)
{
    WorkerLine out;
    const std::optional<Json> object
        = line.size() <= kMaxLineBytes && line.substr(0, 1) == "{" ? json::parseObject(line) : std::nullopt;
    const Json* const message = object ? json::find(*object, "message") : nullptr;
    if (message == nullptr) {
        out.message = line;
        return out;
    }
    out.message = message->is_string() ? message->get<std::string>() : json::dump(*message);
    out.requestId = json::text(*object, "requestId");
    out.level = logLevelFromString(json::text(*object, "level")).value_or(LogLevel::Info);
    return out;
}

std::string formatWorkerLine(const WorkerLine& line)
{
    // The provider's spelling, which its console filters by.
    const std::string_view level = line.level == LogLevel::Warning ? "WARN" : toString(line.level);
    Json object{{"message", line.message}, {"level", level}};
    object["requestId"] = line.requestId.empty() ? Json(nullptr) : Json(line.requestId);
    return json::dump(object);
}

} // namespace visgate
