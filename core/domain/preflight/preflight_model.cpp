// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The model is there; it only does something else.
bool isOfTheTask(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UnsupportedTask:
    case ErrorCode::LanguageModel:
    case ErrorCode::ModelTakesNoWords:
    case ErrorCode::ModelMakesSound:
    case ErrorCode::ModelMakesShapes:
    case ErrorCode::ModelMakesMaps:
    case ErrorCode::ModelNeedsMask:
    case ErrorCode::ModelNeedsGuide:
    case ErrorCode::ModelIsPart:
    case ErrorCode::PipelineUnknown:
        return true;
    default:
        return false;
    }
}

bool takesWords(GenerationTask task)
{
    return task == GenerationTask::TextToImage || task == GenerationTask::TextToVideo;
}

PreflightLine taskLine(const PreflightFacts& facts, const ModelSpec& found, const QString& asked)
{
    const auto task = chooseTask(found, facts.request.task, facts.request.target);
    if (!task)
        return blocked(u"task"_s, asked, task.error());
    if (takesWords(*task))
        return good(u"task"_s, asked);
    // The first picture is asked for with words alone, on a GPU that is paid for.
    return advice(u"task"_s, asked, problem(ErrorCode::ModelNeedsPicture, {found.id.toStdString()}));
}

} // namespace

QList<PreflightLine> model(const PreflightFacts& facts)
{
    const QString asked = u"GET /api/models"_s;
    if (facts.model.isLate())
        return {late(u"model"_s, asked)};
    if (const Error* const error = facts.model.error()) {
        if (isOfTheTask(error->code))
            return {good(u"model"_s, asked, facts.modelId), blocked(u"task"_s, asked, *error)};
        if (isShownByConnection(facts, *error))
            return {};
        return {blocked(u"model"_s, asked, *error)};
    }
    if (!facts.model.succeeded())
        return {};
    const ModelSpec& found = facts.model.value();
    QList<PreflightLine> lines{good(u"model"_s, asked, found.mirrorNote.isEmpty() ? found.id : found.mirrorNote)};
    lines.append(taskLine(facts, found, asked));
    return lines;
}

} // namespace visgate::preflight
