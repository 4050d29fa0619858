// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/logs/log_sentences.h"

#include "core/foundation/worker_protocol/worker_event.h"

#include <spdlog/fmt/fmt.h>

namespace visgate {

namespace {

struct Sentence {
    LogLevel level = LogLevel::Info;
    std::string requestId;
    std::string text;
};

double gigabytes(std::int64_t bytes)
{
    return static_cast<double>(bytes) / 1e9;
}

struct Teller {
    Sentence operator()(const ProvisioningEvent&) const { return {LogLevel::Info, {}, "worker starts"}; }
    Sentence operator()(const GpuEvent& event) const
    {
        return {LogLevel::Info, {}, fmt::format("gpu: {}, {:.0f} GB", event.name, gigabytes(event.vramBytes))};
    }
    Sentence operator()(const DownloadEvent& event) const
    {
        if (event.total <= 0)
            return {LogLevel::Info, {}, fmt::format("download: {:.2f} GB", gigabytes(event.bytes))};
        return {LogLevel::Info, {},
            fmt::format("download: {:.2f} of {:.2f} GB", gigabytes(event.bytes), gigabytes(event.total))};
    }
    Sentence operator()(const LoadEvent& event) const { return {LogLevel::Info, {}, "load: " + event.phase}; }
    Sentence operator()(const ReadyEvent& event) const
    {
        return {LogLevel::Info, {},
            fmt::format("ready: {} on {}, loaded in {:.1f} s", event.runner, event.gpu, event.loadSeconds)};
    }
    Sentence operator()(const StepEvent& event) const
    {
        return {LogLevel::Debug, event.job, fmt::format("step {} of {}", event.step, event.count)};
    }
    Sentence operator()(const ResultEvent& event) const
    {
        return {LogLevel::Info, event.job, fmt::format("result: {} in {:.1f} s", event.artifacts, event.seconds)};
    }
    Sentence operator()(const FailedEvent& event) const
    {
        return {LogLevel::Error, event.job, fmt::format("failed: {} {}", event.code, event.message)};
    }
    Sentence operator()(const LeavingEvent& event) const { return {LogLevel::Info, {}, "leaving: " + event.reason}; }
    Sentence operator()(const ListeningEvent& event) const
    {
        return {LogLevel::Info, {}, fmt::format("listening on {}, port {}", event.address, event.port)};
    }
    Sentence operator()(const FallbackEvent& event) const
    {
        return {LogLevel::Warning, {}, fmt::format("fallback: {} to {} ({})", event.from, event.to, event.code)};
    }
    Sentence operator()(const LogEvent& event) const { return {event.level, event.job, event.message}; }
    Sentence operator()(const UnknownEvent& event) const { return {LogLevel::Info, {}, event.type}; }
};

} // namespace

LogLine readableLine(std::string_view line)
{
    LogLine readable;
    if (const auto event = parseWorkerEvent(line)) {
        Sentence sentence = std::visit(Teller(), event->body);
        readable.level = sentence.level;
        readable.requestId = std::move(sentence.requestId);
        readable.text = std::move(sentence.text);
        return readable;
    }
    WorkerLine plain = parseWorkerLine(line);
    readable.level = plain.level;
    readable.requestId = std::move(plain.requestId);
    readable.text = std::move(plain.message);
    return readable;
}

} // namespace visgate
