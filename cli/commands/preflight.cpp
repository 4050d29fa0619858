// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/plan_options.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString mark(PreflightLevel level)
{
    switch (level) {
    case PreflightLevel::Ok:
        return say(QT_TRANSLATE_NOOP("Cli", "ok"));
    case PreflightLevel::Warning:
        return say(QT_TRANSLATE_NOOP("Cli", "warning"));
    case PreflightLevel::Blocked:
        return say(QT_TRANSLATE_NOOP("Cli", "blocked"));
    }
    return {};
}

void print(Context& context, const DeployQuote& quote, const AccountId& target)
{
    if (context.wantsJson()) {
        context.print(toJson(quote));
        return;
    }
    for (const PreflightLine& line : quote.preflight.lines) {
        QString text = mark(line.level) + u"  "_s + line.title;
        if (!line.detail.isEmpty())
            text += u": "_s + line.detail;
        context.print(text);
        if (line.level == PreflightLevel::Ok || !line.error)
            continue;
        const ErrorText words = describe(*line.error);
        context.print(u"      "_s + words.message);
        context.print(u"      "_s + words.remedy);
    }
    if (!quote.plan.entries.isEmpty())
        context.print(planWords(quote.plan, target));
}

Outcome runPreflight(Context& context)
{
    const CreateRequest request = plannedRequest(context);
    const auto ask = [&context, &request] { return context.session().ask(GetQuote{request}); };
    auto quote = ask();
    if (!quote)
        return tl::unexpected(Failure(quote.error()));
    print(context, *quote, request.target);
    const PreflightLine* const licence = quote->preflight.line(u"licence"_s);
    const bool waits = context.line.has("watch") && licence && licence->level == PreflightLevel::Blocked;
    if (waits) {
        const QString model = request.modelId.isEmpty() ? request.modelName : request.modelId;
        context.note(say(QT_TRANSLATE_NOOP("Cli", "Waiting until the licence is accepted ...")));
        const auto accepted = context.session().ask(WatchLicence{request.target, model}, std::nullopt);
        if (!accepted)
            return tl::unexpected(Failure(accepted.error()));
        quote = ask();
        if (!quote)
            return tl::unexpected(Failure(quote.error()));
        print(context, *quote, request.target);
    }
    if (const auto error = quote->preflight.firstError())
        return tl::unexpected(Failure(*error));
    return ExitCode::Ok;
}

Outcome runAnswer(Context& context)
{
    const QString word = context.line.arguments.at(1);
    if (word != "yes"_L1 && word != "no"_L1)
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Answer yes or no."))));
    const DeploymentId id(context.line.arguments.first().toStdString());
    const auto answered = context.session().ask(AnswerQuestion{id, word == "yes"_L1});
    if (!answered)
        return tl::unexpected(Failure(answered.error()));
    if (context.wantsJson())
        context.print(toJson(*answered));
    else
        context.print(stateWords(*answered));
    return ExitCode::Ok;
}

} // namespace

QList<Command> preflightCommands()
{
    return {
        {
            .name = u"preflight"_s,
            .arguments = u"MODEL"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Check what a deployment needs, before anything is paid"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "Each line was asked for real, all of them within three seconds. A line that is not ok says what to "
                "do.\n"
                "Nothing is created. The exit code is 0 only when no line is blocked."),
            .options = planOptions()
                + QList<Option>{{.name = "watch",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Wait until the model's licence has been accepted")}},
            .examples = {u"visgatectl preflight black-forest-labs/FLUX.1-schnell --watch"_s},
            .run = runPreflight,
        },
        {
            .name = u"answer"_s,
            .arguments = u"ID yes|no"_s,
            .least = 2,
            .most = 2,
            .summary = QT_TRANSLATE_NOOP("Cli", "Answer a deployment that asks whether a dearer GPU may be used"),
            .examples = {u"visgatectl answer dep_2026_0a1b2c3d yes"_s},
            .run = runAnswer,
        },
    };
}

} // namespace visgate::cli
