// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/builtin_runner.h"

#include "core/foundation/path_text.h"
#include "core/foundation/worker_protocol/demo_limits.h"
#include "core/foundation/worker_protocol/job_limits.h"
#include "worker/runners/builtin/prompt.h"
#include "worker/runners/builtin/safetensors.h"
#include "worker/runners/builtin/shapes_model.h"

#include <fstream>

namespace visgate::worker::builtin {
namespace {

static_assert(ShapesModel::side == demo_limits::kSide);

template <std::size_t N> std::string nameOf(const std::array<std::string_view, N>& names, int index)
{
    return std::string(names[static_cast<std::size_t>(index)]);
}

Result<std::unique_ptr<ShapesModel>> read(const std::filesystem::path& file)
{
    const auto weights = Weights::readFile(file);
    if (!weights) {
        return fail(weights.error());
    }
    return ShapesModel::create(*weights);
}

} // namespace

BuiltinRunner::BuiltinRunner(std::filesystem::path weightsFile, std::filesystem::path cachedWeights)
    : m_weightsFile(std::move(weightsFile)), m_cachedWeights(std::move(cachedWeights))
{
}

BuiltinRunner::~BuiltinRunner() = default;

Capabilities BuiltinRunner::capabilities() const
{
    Capabilities can;
    can.tasks = {Task::TextToImage};
    can.width = can.height = {ShapesModel::side, ShapesModel::side, ShapesModel::side};
    can.steps = {demo_limits::kLeastSteps, demo_limits::kMostSteps, demo_limits::kSteps};
    can.guidance = {demo_limits::kLeastGuidance, demo_limits::kMostGuidance, demo_limits::kGuidance};
    can.picturesMost = demo_limits::kMostPictures;
    return can;
}

Result<void> BuiltinRunner::load(const OnPhase& onPhase, const http::CancelToken& cancel)
{
    // The volume's copy first. Should it be another model's, the installed one still draws.
    Result<std::unique_ptr<ShapesModel>> model = fail(ErrorCode::NotFound);
    if (!m_cachedWeights.empty()) {
        model = read(m_cachedWeights);
    }
    if (model) {
        onPhase("volume"); // the panel shows where it came from
    } else {
        onPhase("reading weights");
        model = read(m_weightsFile);
    }
    if (!model) {
        return fail(model.error());
    }
    if (cancel.isCancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    onPhase("warming up");
    ShapesModel::Request warmUp;
    warmUp.steps = 1;
    if (const auto drawn = (*model)->draw(warmUp, [](int) { return true; }); !drawn) {
        return fail(drawn.error());
    }
    m_model = std::move(*model);
    return {};
}

Result<Generated> BuiltinRunner::generate(const Generation& job, const std::filesystem::path& folder,
    const Progress& progress, const http::CancelToken& cancel)
{
    if (!m_model) {
        return fail(ErrorCode::Internal, "the model is not loaded");
    }
    const ReadPrompt read = readPrompt(job.prompt);
    Generated generated;
    generated.understood = {{"shape", nameOf(shapeNames, read.slots.shape)},
        {"size", nameOf(sizeNames, read.slots.size)}, {"foreground", nameOf(colourNames, read.slots.front)},
        {"background", nameOf(colourNames, read.slots.back)}};
    generated.defaults = read.defaults;
    generated.unknownWords = read.unknown;
    generated.upscaledFrom = ShapesModel::baseSide;
    for (int index = 0; index < job.count; ++index) {
        const ShapesModel::Request request{
            read.slots, job_limits::seedOfPicture(job.seed, index), job.steps, job.guidance};
        auto picture = m_model->draw(request, [&](int step) {
            progress.onStep(index * job.steps + step, job.count * job.steps);
            return !cancel.isCancelled();
        });
        if (!picture) {
            return fail(picture.error());
        }
        GeneratedPicture made{picture->width, picture->height, request.seed, folder / (std::to_string(index) + ".rgb")};
        std::ofstream file(made.file, std::ios::binary);
        file.write(
            reinterpret_cast<const char*>(picture->rgb.data()), static_cast<std::streamsize>(picture->rgb.size()));
        file.close();
        if (!file) {
            return fail(ErrorCode::FileUnwritable, toUtf8(made.file));
        }
        generated.pictures.push_back(std::move(made));
    }
    return generated;
}

} // namespace visgate::worker::builtin
