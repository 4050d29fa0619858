// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/catalogue.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString tasksOf(const ModelSpec& model)
{
    QStringList names;
    for (const GenerationTask task : model.tasks)
        names.append(toString(task));
    return names.join(", "_L1);
}

/// "37 GB (measured)"
QString memoryOf(const ModelSpec& model)
{
    const double memory = plannedVramGb(model);
    if (memory <= 0.0)
        return u"-"_s;
    return u"%1 (%2)"_s.arg(
        say(QT_TRANSLATE_NOOP("Cli", "%1 GB")).arg(memory, 0, 'f', 0), evidenceWord(plannedEvidence(model)));
}

/// "81, 16 a second; this model makes 4n+1 of them"; empty for pictures.
QString framesOf(const ModelSpec& model)
{
    if (!model.frameRule)
        return {};
    const QString rule = u"%1n+%2"_s.arg(model.frameRule->step).arg(model.frameRule->offset);
    if (!model.defaults.frames || !model.defaults.fps)
        return rule;
    return say(QT_TRANSLATE_NOOP("Cli", "%1, %2 a second; this model makes %3 of them"))
        .arg(*model.defaults.frames)
        .arg(*model.defaults.fps)
        .arg(rule);
}

QString runsWords(const ModelSpec& model)
{
    if (model.refusal)
        return describe(*model.refusal).message;
    if (model.gating != Gating::Open)
        return say(QT_TRANSLATE_NOOP("Cli", "yes, once its page is accepted"));
    return say(QT_TRANSLATE_NOOP("Cli", "yes"));
}

Outcome print(Context& context, const Result<QList<ModelSpec>>& models)
{
    if (!models)
        return tl::unexpected(Failure(models.error()));
    if (context.wantsJson()) {
        QJsonArray array;
        for (const ModelSpec& model : *models)
            array.append(toJson(model));
        context.print(QJsonObject{{u"models"_s, array}});
        return ExitCode::Ok;
    }
    if (models->isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "No model was found.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Model")), say(QT_TRANSLATE_NOOP("Cli", "Memory")),
        say(QT_TRANSLATE_NOOP("Cli", "Download")), say(QT_TRANSLATE_NOOP("Cli", "Licence")),
        say(QT_TRANSLATE_NOOP("Cli", "Runs")), say(QT_TRANSLATE_NOOP("Cli", "Tasks"))}};
    for (const ModelSpec& model : *models) {
        table.append({model.id, memoryOf(model), model.downloadBytes > 0 ? gigabytes(model.downloadBytes) : u"-"_s,
            model.licence.isEmpty() ? u"-"_s : model.licence, runsWords(model), tasksOf(model)});
    }
    context.print(table);
    return ExitCode::Ok;
}

Outcome runModels(Context& context)
{
    return print(context, context.session().ask(ListPresets{}));
}

Outcome runShowModel(Context& context)
{
    const QString id = context.line.arguments.first();
    const AccountId target = targetOf(context);
    const auto details = context.session().ask(GetModelDetails{target, id}, hubWords());
    if (!details)
        return tl::unexpected(Failure(details.error()));
    if (context.wantsJson()) {
        context.print(toJson(*details));
        return ExitCode::Ok;
    }
    const ModelSpec& model = details->model;
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Model")), model.id},
        {say(QT_TRANSLATE_NOOP("Cli", "Runs with diffusers as")),
            model.pipelineClass.isEmpty() ? u"-"_s : model.pipelineClass},
        {say(QT_TRANSLATE_NOOP("Cli", "Memory")), memoryOf(model)},
        {say(QT_TRANSLATE_NOOP("Cli", "Download")), model.downloadBytes > 0 ? gigabytes(model.downloadBytes) : u"-"_s},
        {say(QT_TRANSLATE_NOOP("Cli", "Licence")), model.licence.isEmpty() ? u"-"_s : model.licence}};
    const QStringList sentences = licenceSentences(model);
    for (const QString& sentence : sentences)
        table.append({QString(), sentence});
    table.append({say(QT_TRANSLATE_NOOP("Cli", "Tasks")), tasksOf(model)});
    table.append(
        {say(QT_TRANSLATE_NOOP("Cli", "Size")), u"%1x%2"_s.arg(model.defaults.width).arg(model.defaults.height)});
    table.append({say(QT_TRANSLATE_NOOP("Cli", "Steps")), QString::number(model.defaults.steps)});
    if (const QString frames = framesOf(model); !frames.isEmpty())
        table.append({say(QT_TRANSLATE_NOOP("Cli", "Frames")), frames});
    context.print(table);
    return ExitCode::Ok;
}

Outcome runSearch(Context& context)
{
    const QString text = context.line.arguments.join(u' ');
    const AccountId target = targetOf(context);
    return print(context, context.session().ask(SearchModels{target, text}, hubWords()));
}

} // namespace

QList<Command> modelCommands()
{
    return {
        {
            .name = u"models"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "List the models that Visgate knows, with memory, size and licence"),
            .examples = {u"visgatectl models --json"_s},
            .run = runModels,
        },
        {
            .name = u"models show"_s,
            .arguments = u"MODEL"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show one model; with --json, also what may be asked of it"),
            .options = {targetOption()},
            .examples = {u"visgatectl models show stabilityai/sdxl-turbo --json"_s},
            .run = runShowModel,
        },
        {
            .name = u"models search"_s,
            .arguments = u"TEXT"_s,
            .least = 1,
            .most = 20,
            .summary = QT_TRANSLATE_NOOP("Cli", "Search the hub for image and video models"),
            .description = QT_TRANSLATE_NOOP("Cli", "With --target practice the practice hub is searched."),
            .options = {targetOption()},
            .examples = {u"visgatectl models search turbo"_s},
            .run = runSearch,
        },
    };
}

} // namespace visgate::cli
