// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobs/job_input.h"

#include "core/foundation/worker_protocol/job_limits.h"

#include <QCoreApplication>
#include <QLocale>

namespace visgate {

namespace {

using namespace job_limits;

Result<void> refuse(ErrorCode code, const char* field, std::string rule, std::vector<std::string> arguments)
{
    return fail(Error{code, std::string(field) + ": " + std::move(rule), 0, {}, std::move(arguments)});
}

Result<void> checkText(const QString& text, const char* field, bool isNeeded)
{
    const PromptCheck check = checkPrompt(text.toStdString());
    switch (check.problem) {
    case PromptProblem::Empty:
        if (isNeeded)
            return refuse(ErrorCode::PromptMissing, field, ruleOf(check), {});
        break;
    case PromptProblem::TooLong:
        return refuse(ErrorCode::PromptTooLong, field, ruleOf(check),
            {std::to_string(check.characters), std::to_string(kLongestPrompt)});
    case PromptProblem::Control:
        return refuse(ErrorCode::PromptUnusable, field, ruleOf(check), {});
    case PromptProblem::None:
        break;
    }
    return {};
}

Result<void> checkRange(std::optional<double> value, const char* field, const char* name, double low, double high)
{
    if (!value || (*value >= low && *value <= high))
        return {};
    const auto text = [](double number) { return QLocale::c().toString(number, 'f', 0).remove(u',').toStdString(); };
    return refuse(ErrorCode::InputOutOfRange, field, "is not between " + text(low) + " and " + text(high),
        {name, text(low), text(high)});
}

template <typename T> std::optional<double> asNumber(const std::optional<T>& value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

} // namespace

Result<void> checkInput(const JobInput& input)
{
    const Result<void> checks[] = {
        checkText(input.prompt, "prompt", true),
        checkText(input.negativePrompt, "negative_prompt", false),
        checkRange(asNumber(input.seed), "seed", QT_TRANSLATE_NOOP("Errors", "Seed"), 0, double(kLargestSeed)),
        checkRange(asNumber(input.width), "width", QT_TRANSLATE_NOOP("Errors", "Width"), kLeastPixels, kMostPixels),
        checkRange(asNumber(input.height), "height", QT_TRANSLATE_NOOP("Errors", "Height"), kLeastPixels, kMostPixels),
        checkRange(asNumber(input.steps), "num_inference_steps", QT_TRANSLATE_NOOP("Errors", "Steps"), kLeastSteps,
            kMostSteps),
        checkRange(
            input.guidance, "guidance_scale", QT_TRANSLATE_NOOP("Errors", "Guidance"), kLeastGuidance, kMostGuidance),
        checkRange(input.count, "num_images", QT_TRANSLATE_NOOP("Errors", "Number of pictures"), 1, kMostPictures),
    };
    for (const Result<void>& check : checks) {
        if (!check)
            return check;
    }
    return {};
}

} // namespace visgate
