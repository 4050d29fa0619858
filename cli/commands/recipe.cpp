// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/consent.h"
#include "cli/flows/deploy_flow.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/base/recipe_file.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/domain/recipe/recipe_plan.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"

#include <QJsonDocument>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runExport(Context& context)
{
    const DeploymentId id(context.line.arguments.first().toStdString());
    const auto deployment = context.session().ask(GetDeployment{id});
    if (!deployment)
        return tl::unexpected(Failure(deployment.error()));
    const auto jobs = context.session().ask(ListJobs{id});
    if (!jobs)
        return tl::unexpected(Failure(jobs.error()));
    const Recipe recipe = recipeOf(*deployment, *jobs);
    if (!context.line.has("out")) {
        context.terminal.out(QString::fromStdString(formatRecipe(recipe)));
        return ExitCode::Ok;
    }
    const QString path = context.line.text("out");
    if (auto written = writeRecipeFile(path, recipe); !written)
        return tl::unexpected(Failure(written.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"recipe"_s, path}});
    else
        context.print(path);
    return ExitCode::Ok;
}

QString levelWords(PreflightLevel level)
{
    switch (level) {
    case PreflightLevel::Ok:
        return say(QT_TRANSLATE_NOOP("Cli", "ok"));
    case PreflightLevel::Warning:
        return say(QT_TRANSLATE_NOOP("Cli", "look"));
    case PreflightLevel::Blocked:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Cli", "stop"));
}

QList<QStringList> factsOf(const Recipe& recipe)
{
    QList<QStringList> table;
    const auto add = [&table](const char* name, const std::string& value) {
        if (!value.empty())
            table.append({say(name), QString::fromStdString(value)});
    };
    add(QT_TRANSLATE_NOOP("Cli", "Recipe"), recipe.name);
    add(QT_TRANSLATE_NOOP("Cli", "Model"), recipe.modelId);
    add(QT_TRANSLATE_NOOP("Cli", "Revision"), recipe.revision);
    add(QT_TRANSLATE_NOOP("Cli", "Task"), recipe.task);
    add(QT_TRANSLATE_NOOP("Cli", "GPU"), recipe.gpuTier);
    for (const RecipePrompt& prompt : recipe.prompts)
        add(QT_TRANSLATE_NOOP("Cli", "Prompt"), prompt.prompt);
    return table;
}

/// What a file may make its user pay for: all of it is shown, whoever wrote it.
QList<QStringList> costsOf(const Recipe& recipe, const EndpointLimits& limits, const PriceQuote& price)
{
    QList<QStringList> table;
    const auto add = [&table](const char* name, const QString& value) { table.append({say(name), value}); };
    const RecipeSizes& sizes = recipe.sizes;
    if (sizes.width && sizes.height)
        add(QT_TRANSLATE_NOOP("Cli", "Size"), u"%1 × %2"_s.arg(*sizes.width).arg(*sizes.height));
    if (sizes.steps)
        add(QT_TRANSLATE_NOOP("Cli", "Steps"), QString::number(*sizes.steps));
    if (sizes.count)
        add(QT_TRANSLATE_NOOP("Cli", "Pictures at once"), QString::number(*sizes.count));
    const auto span = [](std::chrono::seconds time) { return seconds(static_cast<double>(time.count())); };
    add(QT_TRANSLATE_NOOP("Cli", "Workers"),
        say(QT_TRANSLATE_NOOP("Cli", "%1 to %2")).arg(limits.workersMin).arg(limits.workersMax));
    add(QT_TRANSLATE_NOOP("Cli", "Limits"),
        say(QT_TRANSLATE_NOOP("Cli", "an idle worker leaves after %1; a picture may take %2, a start %3"))
            .arg(span(limits.idleTimeout), span(limits.executionTimeout), span(limits.initTimeout)));
    if (limits.workersMin > 0)
        add(QT_TRANSLATE_NOOP("Cli", "Always on"),
            say(QT_TRANSLATE_NOOP("Cli", "%1 running day and night, also while nobody draws: %2 a day, %3 a month"))
                .arg(limits.workersMin)
                .arg(money(price.idlePerDay), money(price.idlePerMonth())));
    return table;
}

/// Minimum workers are billed day and night: whoever deploys them says yes to the price.
bool agreesToWorkers(Context& context, const EndpointLimits& limits, const PriceQuote& price)
{
    return agreesTo(context,
        say(QT_TRANSLATE_NOOP("Cli",
                "This recipe keeps workers running day and night, also while nobody draws (%1 at least): %2 a month."))
            .arg(limits.workersMin)
            .arg(money(price.idlePerMonth())),
        say(QT_TRANSLATE_NOOP("Cli", "Deploy it at this price? (y/N)")),
        say(QT_TRANSLATE_NOOP(
            "Cli", "Agree to it with --yes, or set workers_min to 0 in the file and let them sleep.")));
}

/// Reads the recipe of the command's line; `--prompt` takes the place of its own.
Result<CreateRequest> requestFrom(Context& context)
{
    const Invocation& line = context.line;
    const auto recipe = readRecipeFile(line.arguments.first());
    if (!recipe)
        return fail(recipe.error());
    auto request = requestOf(*recipe, targetOf(context));
    if (!request)
        return request;
    request->practiceSpeed = line.number("speed", 0.0);
    if (line.has("prompt"))
        request->firstInput = inputOf(*recipe, {line.text("prompt").toStdString(), {}, {}, {}});
    return request;
}

Outcome runShowRecipe(Context& context)
{
    const auto recipe = readRecipeFile(context.line.arguments.first());
    if (!recipe)
        return tl::unexpected(Failure(recipe.error()));
    const auto request = requestFrom(context);
    if (!request)
        return tl::unexpected(Failure(request.error()));
    const auto quote = context.session().ask(GetQuote{*request});
    if (!quote)
        return tl::unexpected(Failure(quote.error()));
    if (context.wantsJson()) {
        const QByteArray text = QByteArray::fromStdString(formatRecipe(*recipe));
        context.print(
            QJsonObject{{u"recipe"_s, QJsonDocument::fromJson(text).object()}, {u"preflight"_s, toJson(*quote)}});
        return ExitCode::Ok;
    }
    QList<QStringList> table = factsOf(*recipe) + costsOf(*recipe, request->limits, quote->price);
    if (quote->price.usdPerHour > 0.0)
        table.append({say(QT_TRANSLATE_NOOP("Cli", "Price")),
            say(QT_TRANSLATE_NOOP("Cli", "first picture %1, next %2, at most %3 (%4)"))
                .arg(money(quote->price.firstPicture), money(quote->price.nextPicture), money(quote->price.worstCase),
                    quote->price.source)});
    for (const PreflightLine& line : quote->preflight.lines) {
        const QString detail = line.error ? describe(*line.error).message : line.detail;
        table.append({levelWords(line.level), detail.isEmpty() ? line.title : line.title + ": "_L1 + detail});
    }
    context.print(table);
    return ExitCode::Ok;
}

Outcome runRecipeDeploy(Context& context)
{
    auto request = requestFrom(context);
    if (!request)
        return tl::unexpected(Failure(request.error()));
    if (request->limits.workersMin > 0) {
        const auto quote = context.session().ask(GetQuote{*request});
        if (!quote)
            return tl::unexpected(Failure(quote.error()));
        const double monthly = quote->price.idlePerMonth();
        if (!agreesToWorkers(context, request->limits, quote->price))
            return tl::unexpected(Failure(
                Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {QString::number(monthly, 'f', 2).toStdString()}}));
        request->acceptedUsdPerMonth = monthly;
    }
    return deployAndReport(context, *request);
}

Option promptOption()
{
    return {.name = "prompt",
        .value = "TEXT",
        .summary = QT_TRANSLATE_NOOP("Cli", "What the first picture shows (default: the recipe's first prompt)"),
        .kind = ValueKind::Text};
}

} // namespace

QList<Command> recipeCommands()
{
    return {
        {
            .name = u"recipe export"_s,
            .arguments = u"ID"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Write a deployment's set-up as a recipe that others can deploy"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "Model, revision, task, sizes, GPU plan, limits and prompts; never a key or a token. Without --out\n"
                "the recipe goes to standard output."),
            .options = {{.name = "out",
                .value = "FILE",
                .summary = QT_TRANSLATE_NOOP("Cli", "Write to this file (NAME.visgate)"),
                .kind = ValueKind::File}},
            .examples = {u"visgatectl recipe export dep_2026_1a2b3c4d --out circles.visgate"_s},
            .run = runExport,
        },
        {
            .name = u"recipe show"_s,
            .arguments = u"FILE"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show what a recipe deploys, whether it can be, and the price"),
            .options = {targetOption()},
            .examples = {u"visgatectl recipe show circles.visgate --target practice"_s},
            .run = runShowRecipe,
        },
        {
            .name = u"recipe deploy"_s,
            .arguments = u"FILE"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Deploy a recipe and make its first picture"),
            .options = QList<Option>{targetOption(), promptOption()} + deployFlowOptions()
                + QList<Option>{{.name = "speed",
                                    .value = "N",
                                    .summary
                                    = QT_TRANSLATE_NOOP("Cli", "Practice only: how many times faster than life"),
                                    .kind = ValueKind::Number,
                                    .low = 0.1,
                                    .high = 10000},
                    {.name = "yes",
                        .summary = QT_TRANSLATE_NOOP(
                            "Cli", "Agree to the price of workers that the recipe keeps running always")}},
            .examples = {u"visgatectl recipe deploy circles.visgate --target practice --wait --out a.png"_s},
            .run = runRecipeDeploy,
        },
    };
}

} // namespace visgate::cli
