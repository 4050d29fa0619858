// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/logs/log_line.h"

namespace visgate {

using namespace codec;

template <> struct Table<JobInput> {
    static auto fields()
    {
        return std::tuple(text("prompt", &JobInput::prompt), field("negative_prompt", &JobInput::negativePrompt),
            field("width", &JobInput::width), field("height", &JobInput::height),
            field("num_inference_steps", &JobInput::steps), field("guidance_scale", &JobInput::guidance),
            field("seed", &JobInput::seed), field("num_images", &JobInput::count));
    }
};
template struct Codec<JobInput>;

template <> struct Table<Artifact> {
    static auto fields()
    {
        return std::tuple(text("path", &Artifact::filePath), text("content_type", &Artifact::contentType),
            field("bytes", &Artifact::bytes), text("sha256", &Artifact::sha256), field("width", &Artifact::width),
            field("height", &Artifact::height), field("seed", &Artifact::seed), field("label", &Artifact::label),
            field("unknown_words", &Artifact::unknownWords));
    }
};
template struct Codec<Artifact>;

template <> struct Table<Job> {
    static auto fields()
    {
        return std::tuple(needed("job_id", &Job::id), field("deployment_id", &Job::deployment),
            field("provider_job_id", &Job::providerJob), field("status", &Job::status), field("input", &Job::input),
            field("progress", &Job::progress), field("step", &Job::step), field("step_count", &Job::stepCount),
            field("artifacts", &Job::artifacts), field("error", &Job::error), field("gpu", &Job::gpu),
            field("runner", &Job::runner), field("timings", &Job::timings), field("worker_id", &Job::workerId),
            field("queue_ms", &Job::queued), field("generation_ms", &Job::ran),
            shown("ttft_ms", [](const Job& job) { return encode(job.firstStep()); }), field("cost", &Job::costUsd),
            field("created_at", &Job::createdAt), field("sent_at", &Job::sentAt),
            field("execution_timeout_seconds", &Job::limit), field("finished_at", &Job::finishedAt));
    }
};
template struct Codec<Job>;

template <> struct Table<LogLine> {
    static auto fields()
    {
        return std::tuple(field("number", &LogLine::number), field("timestamp", &LogLine::at),
            word("level", &LogLine::level), field("source", &LogLine::source), field("worker", &LogLine::worker),
            field("stage", &LogLine::stage), field("request_id", &LogLine::requestId),
            field("provider_id", &LogLine::providerId),
            custom<1>(
                [](QJsonObject& object, const LogLine& line) {
                    object.insert(QLatin1String("message"), QString::fromStdString(line.text));
                },
                [](const QJsonObject& object, LogLine& line) {
                    line.text = object.value(QLatin1String("message")).toString().toStdString();
                }));
    }
};
template struct Codec<LogLine>;

} // namespace visgate
