// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/http/health.h"

#include "core/foundation/decimal.h"
#include "core/foundation/json/json_read.h"

namespace visgate::worker {
namespace {

using json::Json;

/// A label's value as the format wants it.
std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"') {
            out += '\\';
        }
        out += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return out + '"';
}

class Metrics {
public:
    void family(const char* name, const char* type, const char* help)
    {
        m_name = std::string("visgate_worker_") + name;
        m_text += "# HELP " + m_name + ' ' + help + "\n# TYPE " + m_name + ' ' + type + '\n';
    }
    void sample(const std::string& labels, const std::string& value, const char* suffix = "")
    {
        m_text += m_name + suffix + (labels.empty() ? "" : '{' + labels + '}') + ' ' + value + '\n';
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_name;
    std::string m_text;
};

} // namespace

const char* toString(ModelState state)
{
    switch (state) {
    case ModelState::Loading:
        return "loading";
    case ModelState::Loaded:
        return "loaded";
    case ModelState::Failed:
        break;
    }
    return "failed";
}

const char* readiness(const Portrait& portrait)
{
    if (portrait.isLeaving && portrait.failure.empty()) {
        return "leaving";
    }
    return portrait.model == ModelState::Loaded ? "ok" : toString(portrait.model);
}

std::string healthJson(const Portrait& portrait, const JobBoard::Counts& counts, TimePoint now)
{
    const bool isLoaded = portrait.model == ModelState::Loaded;
    const int isBusy = counts.inHand > 0 ? 1 : 0;
    const int isIdle = isLoaded && isBusy == 0 ? 1 : 0;
    Json health{{"status", readiness(portrait)}, {"service", "visgate-worker"}, {"version", VISGATE_VERSION},
        {"timestamp", formatUtc(now)}, {"config_valid", true}, {"missing", Json::array()},
        {"active_jobs", counts.waiting + counts.inHand}, {"model_id", portrait.modelId},
        {"model_state", toString(portrait.model)}, {"runner", portrait.runner}, {"demo", portrait.isDemo},
        {"gpu", portrait.gpu.empty() ? Json() : Json(portrait.gpu)},
        {"jobs",
            {{"inQueue", counts.waiting}, {"inProgress", counts.inHand}, {"completed", counts.completed},
                {"failed", counts.failed}, {"retried", 0}}},
        {"workers",
            {{"idle", isIdle}, {"ready", isIdle}, {"running", isBusy},
                {"initializing", portrait.model == ModelState::Loading && isBusy == 0 ? 1 : 0}, {"throttled", 0},
                {"unhealthy", portrait.model == ModelState::Failed ? 1 : 0}}}};
    if (!portrait.failure.empty()) {
        health["failure"] = portrait.failure;
    }
    return json::dump(health);
}

std::string metricsText(
    const Portrait& portrait, const JobBoard::Counts& counts, const std::map<int, std::uint64_t>& refused)
{
    Metrics metrics;
    metrics.family("info", "gauge", "What this worker is.");
    metrics.sample("version=" + quoted(VISGATE_VERSION) + ",runner=" + quoted(portrait.runner)
            + ",model=" + quoted(portrait.modelId) + ",demo=" + quoted(portrait.isDemo ? "true" : "false"),
        "1");
    metrics.family("model_loaded", "gauge", "1 while the model is there.");
    metrics.sample({}, portrait.model == ModelState::Loaded ? "1" : "0");
    metrics.family("jobs_waiting", "gauge", "Jobs that wait for their turn.");
    metrics.sample({}, std::to_string(counts.waiting));
    metrics.family("jobs_in_hand", "gauge", "Jobs being done.");
    metrics.sample({}, std::to_string(counts.inHand));
    metrics.family("jobs_total", "counter", "Jobs that have ended.");
    metrics.sample(R"(status="completed")", std::to_string(counts.completed));
    metrics.sample(R"(status="failed")", std::to_string(counts.failed));
    metrics.sample(R"(status="cancelled")", std::to_string(counts.cancelled));
    metrics.family("queue_seconds_total", "counter", "What jobs have waited before they were begun.");
    metrics.sample({}, decimal(counts.queuedSeconds));
    metrics.family("work_seconds_total", "counter", "What jobs have taken since they were begun.");
    metrics.sample({}, decimal(counts.workedSeconds));
    metrics.family("requests_refused_total", "counter", "Requests refused, by the status of the answer.");
    for (const auto& [status, count] : refused) {
        metrics.sample("code=" + quoted(std::to_string(status)), std::to_string(count));
    }
    return metrics.text();
}

} // namespace visgate::worker
