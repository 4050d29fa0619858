// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/codec.h"
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
        say(QT_TRANSLATE_NOOP("Cli", "Gated")), say(QT_TRANSLATE_NOOP("Cli", "Tasks"))}};
    for (const ModelSpec& model : *models) {
        const double memory = plannedVramGb(model);
        table.append({model.id, memory > 0.0 ? say(QT_TRANSLATE_NOOP("Cli", "%1 GB")).arg(memory, 0, 'f', 0) : u"-"_s,
            model.downloadBytes > 0 ? gigabytes(model.downloadBytes) : u"-"_s,
            model.licence.isEmpty() ? u"-"_s : model.licence,
            model.gating == Gating::Open ? say(QT_TRANSLATE_NOOP("Cli", "no")) : say(QT_TRANSLATE_NOOP("Cli", "yes")),
            tasksOf(model)});
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
    const double memory = plannedVramGb(model);
    context.print(QList<QStringList>{{say(QT_TRANSLATE_NOOP("Cli", "Model")), model.id},
        {say(QT_TRANSLATE_NOOP("Cli", "Memory")),
            memory > 0.0 ? say(QT_TRANSLATE_NOOP("Cli", "%1 GB")).arg(memory, 0, 'f', 0) : u"-"_s},
        {say(QT_TRANSLATE_NOOP("Cli", "Download")), model.downloadBytes > 0 ? gigabytes(model.downloadBytes) : u"-"_s},
        {say(QT_TRANSLATE_NOOP("Cli", "Licence")), (model.licence + u' ' + licenceNoteText(model)).trimmed()},
        {say(QT_TRANSLATE_NOOP("Cli", "Tasks")), tasksOf(model)},
        {say(QT_TRANSLATE_NOOP("Cli", "Size")), u"%1x%2"_s.arg(model.defaults.width).arg(model.defaults.height)},
        {say(QT_TRANSLATE_NOOP("Cli", "Steps")), QString::number(model.defaults.steps)}});
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
