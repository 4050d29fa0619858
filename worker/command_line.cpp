// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/command_line.h"

#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"
#include "worker/delivery/encoder.h"
#include "worker/model_store/model_store.h"
#include "worker/runner_choice.h"
#include "worker/supervisor/job_input.h"
#include "worker/supervisor/scratch.h"
#include "worker/work.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr const char* usage = R"(visgate-worker: takes jobs from a serverless queue, or over HTTP, and makes pictures.

  visgate-worker                     work for the queue that the environment names (RUNPOD_WEBHOOK_GET_JOB, ...), or,
                                     with WORKER_MODE=http, for whoever has VISGATE_HTTP_KEY (HTTP_PORT, HTTP_ADDRESS)
  visgate-worker --once PROMPT --out FILE.png [--seed N] [--steps N] [--guidance G]
                                     draw one picture here and say what was made of the prompt, as JSON
  visgate-worker --self-test         draw a picture with the demo model and check that it shows what was asked for
  visgate-worker --version | --help

Exit codes: 0 done, 1 failed, 2 used wrongly or nothing to work for.
)";

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
    const auto encoded
        = made ? Encoder(identity, {}).encode(input.generation, *made, FileFormat::Png, {}) : fail(made.error());
    if (!encoded) {
        errors << encoded.error().detail << '\n';
        return exitFailed;
    }
    const auto& files = encoded->files;
    std::ofstream stream(pathFromUtf8(once.file), std::ios::binary);
    stream << files.front().bytes;
    stream.close();
    if (!stream) {
        errors << "Cannot write " << once.file << '\n';
        return exitFailed;
    }
    json result = pictureResult(identity, input.generation, *made, files);
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
        errors << why << '\n';
        if (settings->mode != Settings::Mode::None) {
            sayWhyNot(WorkerCode::NoRuntime, why, environment, out, &*settings);
        }
        return exitFailed;
    }
    if (first == "--self-test" || !arguments.empty()) {
        const auto runner = makeDemoHere(*settings);
        if (first == "--self-test") {
            return selfTest(*runner, out, errors);
        }
        const auto once = readOnce(arguments, errors);
        return once ? drawOnce(*once, *runner, identityOf(*settings, *runner), out, errors) : exitUsage;
    }
    if (settings->mode != Settings::Mode::Http && settings->takeTemplate.empty()) {
        errors
            << "RUNPOD_WEBHOOK_GET_JOB is missing: there is no queue to take jobs from.\n"
               "Use WORKER_MODE=http to take them over HTTP, --once PROMPT --out FILE.png to draw here, or --help.\n";
        return exitUsage;
    }
    if (settings->modelId.empty() && settings->runner != Settings::RunnerKind::Demo) {
        const std::string reason = "HF_MODEL_ID is missing: there is no model to work with";
        errors << reason << '\n';
        sayWhyNot(WorkerCode::Config, reason, environment, out);
        return exitUsage;
    }
    return work(*settings, environment, out, errors);
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
