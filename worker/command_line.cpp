// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/command_line.h"

#include "core/foundation/ids.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/delivery/presigned_upload.h"
#include "worker/delivery/upload_address.h"
#include "worker/events/output.h"
#include "worker/model_store/model_store.h"
#include "worker/model_store/read_ahead.h"
#include "worker/platform/memory.h"
#include "worker/platform/process.h"
#include "worker/queue/runpod_queue.h"
#include "worker/queue/transport.h"
#include "worker/runner_choice.h"
#include "worker/supervisor/callback.h"
#include "worker/supervisor/scratch.h"
#include "worker/supervisor/supervisor.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr int exitDone = 0;
constexpr int exitFailed = 1;
constexpr int exitUsage = 2;
constexpr std::chrono::seconds lastWords{2}; ///< for what the panel is told before the process is cut off

constexpr const char* usage = R"(visgate-worker: takes jobs from a serverless queue and makes pictures.

  visgate-worker                     work for the queue that the environment names (RUNPOD_WEBHOOK_GET_JOB, ...)
  visgate-worker --once PROMPT --out FILE.png [--seed N] [--steps N] [--guidance G]
                                     draw one picture here and say what was made of the prompt, as JSON
  visgate-worker --self-test         draw a picture with the demo model and check that it shows what was asked for
  visgate-worker --version | --help

Exit codes: 0 done, 1 failed, 2 used wrongly or nothing to work for.
)";

std::uint64_t randomSeed()
{
    std::uint64_t seed = 0;
    const std::string hex = randomHex(8);
    std::from_chars(hex.data(), hex.data() + hex.size(), seed, 16);
    return seed;
}

Identity identityOf(const Settings& settings, const Runner& runner)
{
    return {settings.modelId, settings.revision, runner.name(), settings.gpu, runner.isDemo()};
}

/// For a picture that nobody watches.
const Progress silent{[](int, int) {}, [](RunnerPhase) {}};

/// `--once` and its options, as a job's input.
struct Once {
    json input = json::object();
    std::string file;
};

std::optional<Once> readOnce(const std::vector<std::string>& arguments, std::ostream& errors)
{
    Once once;
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const std::string& name = arguments[i];
        if (i + 1 == arguments.size()) {
            errors << name << " needs a value\n";
            return std::nullopt;
        }
        const std::string& value = arguments[i + 1];
        const json number = json::parse(value, nullptr, false);
        if (name == "--once") {
            once.input["prompt"] = value;
        } else if (name == "--out") {
            once.file = value;
        } else if (name == "--seed") {
            once.input["seed"] = number;
        } else if (name == "--steps") {
            once.input["num_inference_steps"] = number;
        } else if (name == "--guidance") {
            once.input["guidance_scale"] = number;
        } else {
            errors << "Unknown argument " << name << "\n" << usage;
            return std::nullopt;
        }
    }
    if (once.file.empty() || !once.input.contains("prompt")) {
        errors << "--once needs a prompt and --out FILE\n";
        return std::nullopt;
    }
    return once;
}

int drawOnce(const Once& once, Runner& runner, const Identity& identity, std::ostream& out, std::ostream& errors)
{
    const JobInput input = readJobInput({{"input", once.input}}, runner.capabilities(), randomSeed);
    if (!input.bad.empty()) {
        errors << inputError(input.bad).dump() << '\n';
        return exitUsage;
    }
    if (const auto loaded = runner.load([](const std::string&) {}, {}); !loaded) {
        errors << "The model did not load: " << loaded.error().detail << '\n';
        return exitFailed;
    }
    const auto scratch = Scratch::make();
    const auto made
        = scratch ? runner.generate(input.generation, scratch->folder(), silent, {}) : fail(scratch.error());
    const auto files = made ? pictureFiles(identity, input.generation, *made) : fail(made.error());
    if (!files) {
        errors << files.error().detail << '\n';
        return exitFailed;
    }
    std::ofstream stream(pathFromUtf8(once.file), std::ios::binary);
    stream << files->front().bytes;
    stream.close();
    if (!stream) {
        errors << "Cannot write " << once.file << '\n';
        return exitFailed;
    }
    json result = pictureResult(identity, input.generation, *made, *files);
    for (auto& artifact : result["artifacts"]) {
        artifact.erase("data");
        artifact["file"] = once.file;
    }
    out << result.dump(2) << '\n';
    return exitDone;
}

/// Whether the middle and a corner of a picture of a red circle on white are red and white.
int selfTest(Runner& runner, std::ostream& out, std::ostream& errors)
{
    if (const auto loaded = runner.load([](const std::string&) {}, {}); !loaded) {
        errors << "The model did not load: " << loaded.error().detail << '\n';
        return exitFailed;
    }
    const auto scratch = Scratch::make();
    const JobInput input
        = readJobInput({{"input", {{"prompt", "a large red circle on a white background"}, {"seed", 1}}}},
            runner.capabilities(), randomSeed);
    const auto made
        = scratch ? runner.generate(input.generation, scratch->folder(), silent, {}) : fail(scratch.error());
    const auto rgb = made ? pixelsOf(made->pictures.front()) : fail(made.error());
    if (!rgb) {
        errors << rgb.error().detail << '\n';
        return exitFailed;
    }
    const auto isNear = [&](std::size_t pixel, int red, int green, int blue) {
        constexpr int tolerance = 60;
        const auto* at = rgb->data() + pixel * 3;
        return std::abs(at[0] - red) <= tolerance && std::abs(at[1] - green) <= tolerance
            && std::abs(at[2] - blue) <= tolerance;
    };
    const auto width = static_cast<std::size_t>(made->pictures.front().width);
    const bool isRight = isNear(width * (width / 2) + width / 2, 230, 40, 40) && isNear(width * 8 + 8, 247, 247, 247);
    out << (isRight ? "The self-test passed.\n" : "The self-test failed: the picture does not show the prompt.\n");
    return isRight ? exitDone : exitFailed;
}

std::string valueOf(const Environment& environment, const char* name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

/// None where the panel has no address, or one that its secret must not be sent to.
std::unique_ptr<Callback> callbackOf(const std::string& address, const Secret& secret, Log& log)
{
    if (address.empty() || secret.isEmpty()) {
        return nullptr;
    }
    const auto reach = reachOf(address);
    if (!reach) {
        log.write(LogLevel::Warning, "VISGATE_WEBHOOK is neither https nor on this computer; it is not used.");
        return nullptr;
    }
    return std::make_unique<Callback>(address, *reach, secret.clone(), log);
}

void listen(EventStream& events, const std::unique_ptr<Callback>& callback)
{
    if (callback) {
        events.setListener(
            [target = callback.get()](const WorkerEvent& event, const std::string& line) { target->add(event, line); });
    }
}

RunpodQueue::Options queueOptions(const Settings& settings)
{
    return {RunpodUrls(settings.takeTemplate, settings.doneTemplate, settings.pingTemplate, settings.workerId),
        settings.workerKey.clone(), settings.pingInterval};
}

/// Who started the worker reads its output, not its exit code. A provider that can be told (`settings`) need not start
/// it again.
void sayWhyNot(WorkerCode code, const std::string& reason, const Environment& environment, std::ostream& out,
    const Settings* settings = nullptr)
{
    const RealClock clock;
    Redactor redactor;
    for (const auto& secret : secretValues(environment)) {
        redactor.addSecret(secret);
    }
    Output output(out, redactor);
    EventStream events(output, clock);
    // The panel hears it as well where it can be reached; its address needs none of the settings that are wrong.
    Log log(output, LogLevel::Debug);
    const auto callback = callbackOf(
        valueOf(environment, "VISGATE_WEBHOOK"), Secret(valueOf(environment, "VISGATE_INTERNAL_SECRET")), log);
    listen(events, callback);
    events.emit(FailedEvent{toString(code), reason, {}});
    if (settings != nullptr) {
        RunpodQueue(queueOptions(*settings), log).reportUnhealthy("runtime", redactor.redact(reason));
    }
    events.emit(LeavingEvent{reason});
}

/// The demo model could draw, and the user would pay for a GPU and get pictures of a model that nobody asked for.
int refuseModel(const std::string& reason, const Settings& settings, const Environment& environment, std::ostream& out,
    std::ostream& errors)
{
    errors << reason << '\n';
    if (!settings.takeTemplate.empty()) {
        sayWhyNot(WorkerCode::NoRuntime, reason, environment, out, &settings);
    }
    return exitFailed;
}

/// Fetches into `model`; what need not be fetched is read ahead, while the runner starts.
FetchModel fetcher(ModelStore& store, StoredModel& model, std::unique_ptr<ReadAhead>& readAhead)
{
    return [&store, &model, &readAhead](
               const FetchNews& news, const http::CancelToken& cancel) -> Result<std::string> {
        const FetchProgress::Listener listener{[&news](const FetchProgress::State& state) {
                                                   news.onDownload({static_cast<std::int64_t>(state.bytes),
                                                       static_cast<std::int64_t>(state.total), state.bytesPerSecond});
                                               },
            news.onSign};
        auto stored = store.fetch(listener, cancel);
        if (!stored) {
            return fail(stored.error());
        }
        model = std::move(*stored);
        if (model.wasThere) {
            news.onPhase("volume"); // the panel shows where it came from
            readAhead = std::make_unique<ReadAhead>(weightFiles(model.folder), platform::memoryForFiles());
        }
        return model.revision;
    };
}

int work(const Settings& settings, const Environment& environment, std::ostream& out)
{
    const RealClock clock;
    Redactor redactor;
    for (const auto& secret : secretValues(environment)) {
        redactor.addSecret(secret);
    }
    Output output(out, redactor);
    Log log(output, settings.logLevel);
    EventStream events(output, clock);

    // Before the queue and the callback, whose threads must not be the ones that a signal interrupts.
    std::mutex mutex;
    Supervisor* running = nullptr;
    bool isAsked = false;
    const platform::EndRequests endRequests([&] {
        const std::lock_guard lock(mutex);
        isAsked = true;
        if (running != nullptr) {
            running->leave("asked to", exitDone);
        }
    });

    const auto callback = callbackOf(settings.callback, settings.callbackSecret, log);
    listen(events, callback);
    RunpodQueue queue(queueOptions(settings), log);
    StoredModel model;
    const auto store = makeStore(settings, clock, log);
    const auto runner = makeRunner(settings, environment, [&model] { return model.folder; }, log);
    std::unique_ptr<ReadAhead> readAhead;
    Transport uploads; // used by the thread that does the jobs
    Watchdog::Limits limits;
    limits.idle = settings.idleTimeout;
    limits.load = settings.loadTimeout;
    limits.failures = settings.failureThreshold;
    Supervisor supervisor(
        {identityOf(settings, *runner), limits, std::chrono::milliseconds(200), std::chrono::seconds(10),
            std::chrono::seconds(1), randomSeed,
            [&callback](int code) {
                if (callback) {
                    callback->flush(lastWords);
                }
                std::_Exit(code);
            },
            [&uploads](std::vector<PictureFile>& files, const std::vector<std::string>& addresses,
                const http::CancelToken& cancel) { return uploadFiles(files, addresses, uploads, cancel); },
            store ? fetcher(*store, model, readAhead) : FetchModel()},
        queue, *runner, events, log, redactor, clock);
    {
        const std::lock_guard lock(mutex);
        running = &supervisor;
        if (isAsked) {
            supervisor.leave("asked to", exitDone);
        }
    }
    const int exitCode = supervisor.run();
    const std::lock_guard lock(mutex);
    running = nullptr;
    return exitCode;
}

int runAsked(
    const std::vector<std::string>& arguments, const Environment& environment, std::ostream& out, std::ostream& errors)
{
    const std::string first = arguments.empty() ? std::string() : arguments.front();
    if (first == "--help" || first == "--version") {
        out << (first == "--help" ? usage : "visgate-worker " VISGATE_VERSION "\n");
        return exitDone;
    }
    if (first == runnerOption) {
        return runAsRunner(arguments, errors);
    }
    const auto settings = Settings::read(environment);
    if (!settings) {
        errors << settings.error().detail << '\n';
        if (arguments.empty()) {
            sayWhyNot(WorkerCode::Config, settings.error().detail, environment, out);
        }
        return exitUsage;
    }
    if (settings->runner == Settings::RunnerKind::Diffusers && !isHubAddress(settings->hub)) {
        const std::string reason = "HF_ENDPOINT is neither https nor on this computer";
        errors << reason << '\n';
        if (arguments.empty()) {
            sayWhyNot(WorkerCode::Config, reason, environment, out);
        }
        return exitUsage;
    }
    if (const std::string why = whyNoRunner(*settings); first != "--self-test" && !why.empty()) {
        return refuseModel(why, *settings, environment, out, errors);
    }
    if (first == "--self-test" || !arguments.empty()) {
        const auto runner = makeDemoHere(*settings);
        if (first == "--self-test") {
            return selfTest(*runner, out, errors);
        }
        const auto once = readOnce(arguments, errors);
        return once ? drawOnce(*once, *runner, identityOf(*settings, *runner), out, errors) : exitUsage;
    }
    if (settings->takeTemplate.empty()) {
        errors << "RUNPOD_WEBHOOK_GET_JOB is missing: there is no queue to take jobs from.\n"
                  "Use --once PROMPT --out FILE.png to draw here, or --help.\n";
        return exitUsage;
    }
    if (settings->modelId.empty() && settings->runner != Settings::RunnerKind::Demo) {
        const std::string reason = "HF_MODEL_ID is missing: there is no model to work with";
        errors << reason << '\n';
        sayWhyNot(WorkerCode::Config, reason, environment, out);
        return exitUsage;
    }
    return work(*settings, environment, out);
}

} // namespace

int runCommandLine(
    const std::vector<std::string>& arguments, const Environment& environment, std::ostream& out, std::ostream& errors)
{
    const int code = runAsked(arguments, environment, out, errors);
    if (out.flush() || code != exitDone)
        return code;
    errors << "Cannot write to standard output\n";
    return exitFailed;
}

} // namespace visgate::worker
