// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/settings.h"

#include "core/foundation/ids.h"
#include "core/foundation/path_text.h"
#include "worker/delivery/mp4.h"
#include "worker/delivery/presigned_upload.h"
#include "worker/runners/capabilities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <optional>

namespace visgate::worker {
namespace {

constexpr long mostSteps = 1000;
constexpr double mostGuidance = 100.0;

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

class Reader {
public:
    explicit Reader(const Environment& environment) : m_environment(environment) { }

    [[nodiscard]] std::string text(const char* name) const
    {
        const auto found = m_environment.find(name);
        return found == m_environment.end() ? std::string() : found->second;
    }

    /// `otherwise` if the variable is absent or empty.
    [[nodiscard]] long number(const char* name, long least, long most, long otherwise)
    {
        const std::string value = text(name);
        if (value.empty()) {
            return otherwise;
        }
        long parsed = 0;
        const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (code != std::errc() || end != value.data() + value.size() || parsed < least || parsed > most) {
            refuse(std::string(name) + " must be a whole number from " + std::to_string(least) + " to "
                + std::to_string(most));
        }
        return parsed;
    }

    /// Nothing if the variable is absent or empty.
    [[nodiscard]] std::optional<double> decimal(const char* name, double most)
    {
        const std::string value = text(name);
        if (value.empty()) {
            return std::nullopt;
        }
        double parsed = 0.0;
        const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (code != std::errc() || end != value.data() + value.size() || !(parsed >= 0.0 && parsed <= most)) {
            refuse(std::string(name) + " must be a number from 0 to " + std::to_string(static_cast<int>(most)));
        }
        return parsed;
    }

    void refuse(std::string why)
    {
        if (!m_error) {
            m_error = Error{ErrorCode::InvalidRequest, std::move(why), 0, {}, {}};
        }
    }

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    const Environment& m_environment;
    std::optional<Error> m_error;
};

LogLevel readLogLevel(Reader& reader)
{
    const std::string level = lowerAscii(reader.text("RUNPOD_LOG_LEVEL"));
    if (level == "error") {
        return LogLevel::Error;
    }
    if (level == "warn") {
        return LogLevel::Warning;
    }
    return level == "info" ? LogLevel::Info : LogLevel::Debug;
}

std::vector<std::filesystem::path> readPaths(std::string_view list)
{
    constexpr char separator = std::filesystem::path::preferred_separator == '/' ? ':' : ';';
    std::vector<std::filesystem::path> paths;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(separator), list.size());
        if (end > 0) {
            paths.push_back(pathFromUtf8(list.substr(0, end)));
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return paths;
}

std::string readTask(Reader& reader, Settings::RunnerKind runner)
{
    const std::string text = reader.text("TASK");
    const auto task = taskFromString(text);
    const bool isPossible = runner == Settings::RunnerKind::Diffusers ? task.has_value() : task == Task::TextToImage;
    if (!text.empty() && !isPossible) {
        reader.refuse("TASK " + text + " is not one this worker can do; it can do text-to-image");
    }
    return task ? toString(*task) : std::string();
}

/// One of these words, or nothing.
std::string readChoice(Reader& reader, const char* name, std::initializer_list<const char*> choices)
{
    std::string value = lowerAscii(reader.text(name));
    if (!value.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
        std::string known;
        for (const char* choice : choices) {
            known += known.empty() ? choice : std::string(", ") + choice;
        }
        reader.refuse(std::string(name) + " " + value + " is not in this worker; it has " + known);
    }
    return value;
}

Settings::RunnerKind readRunner(Reader& reader)
{
    const std::string name = readChoice(reader, "VISGATE_RUNNER", {"builtin", "diffusers"});
    if (name.empty()) {
        return Settings::RunnerKind::None;
    }
    return name == "diffusers" ? Settings::RunnerKind::Diffusers : Settings::RunnerKind::Demo;
}

std::filesystem::path readFfmpeg(Reader& reader)
{
    const std::string named = reader.text("VISGATE_FFMPEG");
    if (named.empty()) {
        return findFfmpeg(reader.text("PATH"));
    }
    const auto program = pathFromUtf8(named);
    std::error_code ignored;
    if (!program.is_absolute() || !std::filesystem::is_regular_file(program, ignored)) {
        reader.refuse("VISGATE_FFMPEG " + named + " is not the absolute path of a program");
    }
    return program;
}

Settings::Mode readMode(Reader& reader)
{
    const std::string mode = readChoice(reader, "WORKER_MODE", {"runpod", "http"});
    if (mode.empty()) {
        return reader.text("RUNPOD_WEBHOOK_GET_JOB").empty() ? Settings::Mode::None : Settings::Mode::Queue;
    }
    return mode == "http" ? Settings::Mode::Http : Settings::Mode::Queue;
}

/// Every byte goes through a header field as it is, and nobody guesses it.
bool isGoodKey(std::string_view key)
{
    constexpr std::size_t least = 16;
    constexpr std::size_t most = 1024;
    return key.size() >= least && key.size() <= most
        && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool isPath(std::string_view text)
{
    return text.starts_with('/') && !text.ends_with('/')
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; });
}

void readHttp(Reader& reader, Settings& settings)
{
    constexpr long standardPort = 8080;
    constexpr long lastPort = 65'535;
    const bool hasOwn = !reader.text("HTTP_PORT").empty(); // PORT is what Cloud Run says
    settings.httpPort
        = static_cast<std::uint16_t>(reader.number(hasOwn ? "HTTP_PORT" : "PORT", 0, lastPort, standardPort));
    settings.httpAddress = reader.text("HTTP_ADDRESS");
    if (settings.httpAddress.empty()) {
        settings.httpAddress = "0.0.0.0";
    }
    settings.httpBasePath = reader.text("HTTP_BASE_PATH");
    if (settings.httpBasePath == "/") {
        settings.httpBasePath.clear();
    }
    if (!settings.httpBasePath.empty() && !isPath(settings.httpBasePath)) {
        reader.refuse("HTTP_BASE_PATH must begin with / and not end with one");
    }
    const std::string key = reader.text("VISGATE_HTTP_KEY");
    if (!isGoodKey(key)) {
        reader.refuse(key.empty()
                ? "VISGATE_HTTP_KEY is missing: whoever reached this worker could use it"
                : "VISGATE_HTTP_KEY must have 16 to 1024 letters, digits and signs of ASCII, and no spaces");
    }
    settings.httpKey = Secret(key);
}

void readStorage(Reader& reader, Settings::Storage& storage)
{
    storage.endpoint = reader.text("VISGATE_S3_ENDPOINT");
    storage.region = reader.text("VISGATE_S3_REGION");
    storage.bucket = reader.text("VISGATE_S3_BUCKET");
    storage.prefix = reader.text("VISGATE_S3_PREFIX");
    storage.accessKeyId = reader.text("VISGATE_S3_ACCESS_KEY_ID");
    storage.secretKey = Secret(reader.text("VISGATE_S3_SECRET_ACCESS_KEY"));
    storage.sessionToken = Secret(reader.text("VISGATE_S3_SESSION_TOKEN"));
    storage.publicBase = reader.text("CDN_BASE_URL");
    while (storage.publicBase.ends_with('/')) {
        storage.publicBase.pop_back();
    }
    const bool isAsked = !storage.bucket.empty() || !storage.endpoint.empty() || !storage.accessKeyId.empty()
        || !storage.secretKey.isEmpty();
    if (!isAsked) {
        return;
    }
    if (storage.endpoint.empty() && !storage.region.empty()) {
        storage.endpoint = "https://s3." + storage.region + ".amazonaws.com";
    }
    const auto need = [&reader](bool isThere, const char* name) {
        if (!isThere) {
            reader.refuse(std::string(name) + " is missing: pictures would have nowhere to go");
        }
    };
    need(!storage.bucket.empty(), "VISGATE_S3_BUCKET");
    need(!storage.endpoint.empty(), "VISGATE_S3_ENDPOINT (or VISGATE_S3_REGION for AWS)");
    need(!storage.accessKeyId.empty(), "VISGATE_S3_ACCESS_KEY_ID");
    need(!storage.secretKey.isEmpty(), "VISGATE_S3_SECRET_ACCESS_KEY");
    if (!storage.endpoint.empty() && !isUploadAddress(storage.endpoint)) {
        reader.refuse("VISGATE_S3_ENDPOINT is not an address that begins with https:// or http://");
    }
    if (!storage.publicBase.empty() && !isUploadAddress(storage.publicBase)) {
        reader.refuse("CDN_BASE_URL is not an address that begins with https:// or http://");
    }
}

} // namespace

Result<Settings> Settings::read(const Environment& environment)
{
    Reader reader(environment);
    Settings settings;
    settings.mode = readMode(reader);
    const bool isHttp = settings.mode == Mode::Http;
    if (isHttp) {
        readHttp(reader, settings);
    }
    settings.leavesWithInput = readChoice(reader, "VISGATE_LEAVE_WITH_STDIN", {"0", "1"}) == "1";
    settings.takeTemplate = reader.text("RUNPOD_WEBHOOK_GET_JOB");
    settings.doneTemplate = reader.text("RUNPOD_WEBHOOK_POST_OUTPUT");
    settings.pingTemplate = reader.text("RUNPOD_WEBHOOK_PING");
    settings.pingInterval = std::chrono::milliseconds(reader.number("RUNPOD_PING_INTERVAL", 1, 3'600'000, 10'000));
    settings.workerKey = Secret(reader.text("RUNPOD_AI_API_KEY"));
    settings.workerId = reader.text("RUNPOD_POD_ID");
    if (settings.workerId.empty()) {
        settings.workerId = randomHex(8);
    }
    settings.gpu = reader.text("RUNPOD_GPU_TYPE_ID");
    settings.logLevel = readLogLevel(reader);
    settings.cacheFolders = readPaths(reader.text("VISGATE_CACHE_DIRS"));
    settings.modelId = reader.text("HF_MODEL_ID");
    settings.revision = reader.text("HF_REVISION");
    settings.hub = reader.text("HF_ENDPOINT");
    if (settings.hub.empty()) {
        settings.hub = "https://huggingface.co";
    }
    settings.hubToken = Secret(reader.text("HF_TOKEN"));
    settings.callback = reader.text("VISGATE_WEBHOOK");
    settings.callbackSecret = Secret(reader.text("VISGATE_INTERNAL_SECRET"));
    constexpr long week = 7L * 24 * 3600;
    settings.idleTimeout
        = std::chrono::seconds(reader.number("VISGATE_IDLE_TIMEOUT_SECONDS", 1, week, isHttp ? 900 : 3900));
    settings.drainTimeout = std::chrono::seconds(reader.number("VISGATE_DRAIN_SECONDS", 1, week, 600));
    settings.loadTimeout = std::chrono::seconds(reader.number("VISGATE_LOAD_TIMEOUT_SECONDS", 1, week, 600));
    settings.patience = static_cast<int>(reader.number("VISGATE_PATIENCE", 1, 1000, 1));
    settings.failureThreshold = static_cast<int>(reader.number("VISGATE_FAILURE_THRESHOLD", 1, 1000, 3));
    settings.ffmpeg = readFfmpeg(reader);
    readStorage(reader, settings.storage);
    settings.shapesWeights = pathFromUtf8(reader.text("VISGATE_SHAPES_WEIGHTS"));
    settings.runner = readRunner(reader);
    settings.task = readTask(reader, settings.runner);
    settings.precision = readChoice(reader, "VISGATE_PRECISION", {"float32", "float16", "bfloat16"});
    settings.offload = readChoice(reader, "VISGATE_OFFLOAD", {"none", "model", "sequential"});
    if (const long steps = reader.number("VISGATE_STANDARD_STEPS", 1, mostSteps, 0); steps > 0) {
        settings.standardSteps = static_cast<int>(steps);
    }
    settings.standardGuidance = reader.decimal("VISGATE_STANDARD_GUIDANCE", mostGuidance);
    settings.python = pathFromUtf8(reader.text("VISGATE_PYTHON"));
    settings.diffusersProgram = pathFromUtf8(reader.text("VISGATE_DIFFUSERS"));
    if (settings.mode == Mode::Queue && !settings.takeTemplate.empty() && settings.doneTemplate.empty()) {
        reader.refuse("RUNPOD_WEBHOOK_POST_OUTPUT is missing: results would have nowhere to go");
    }
    if (reader.error()) {
        return fail(*reader.error());
    }
    return settings;
}

bool isSecretName(std::string_view name)
{
    const std::string lower = lowerAscii(name);
    constexpr std::array signs{"key", "token", "secret", "password", "passwd", "credential", "authorization"};
    return std::any_of(signs.begin(), signs.end(), [&lower](const char* sign) {
        return lower.find(sign) != std::string::npos;
    }) || lower == "accessid";
}

std::vector<std::string> secretValues(const Environment& environment)
{
    std::vector<std::string> values;
    for (const auto& [name, value] : environment) {
        if (isSecretName(name) && !value.empty()) {
            values.push_back(value);
        }
    }
    return values;
}

} // namespace visgate::worker
