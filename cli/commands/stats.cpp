// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/values.h"
#include "core/operations/statistics.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Half of them were quicker, and nineteen of twenty.
QString figures(const LatencyFigures& figures)
{
    if (figures.count == 0)
        return u"-"_s;
    return u"%1 / %2 (%3)"_s.arg(seconds(figures.p50), seconds(figures.p95)).arg(figures.count);
}

/// "model,gpu"; nothing where a word is none of the three.
std::optional<LatencyDimensions> dimensionsOf(const QString& text)
{
    LatencyDimensions by{false, false, false};
    for (const QString& word : text.split(u',', Qt::SkipEmptyParts)) {
        if (word == "model"_L1 || word == "family"_L1)
            by.family = true;
        else if (word == "gpu"_L1)
            by.gpu = true;
        else if (word == "runner"_L1)
            by.runner = true;
        else
            return std::nullopt;
    }
    return by;
}

QStringList namesOf(const LatencyGroup& group, const LatencyDimensions& by)
{
    QStringList names;
    const auto add = [&names](bool asked, const QString& name) {
        if (asked)
            names.append(name.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "not known")) : name);
    };
    add(by.family, group.family);
    add(by.gpu, group.gpu);
    add(by.runner, group.runner);
    return names;
}

struct Column {
    const char* head;
    LatencyFigures LatencyGroup::*figures;
};

/// Two tables of one width: what the user waits for, and what the worker does meanwhile.
constexpr std::array kWaits{Column{QT_TRANSLATE_NOOP("Cli", "Picture, warm"), &LatencyGroup::pictureWarm},
    Column{QT_TRANSLATE_NOOP("Cli", "Picture, cold"), &LatencyGroup::pictureCold},
    Column{QT_TRANSLATE_NOOP("Cli", "First step, warm"), &LatencyGroup::firstStepWarm},
    Column{QT_TRANSLATE_NOOP("Cli", "First step, cold"), &LatencyGroup::firstStepCold},
    Column{QT_TRANSLATE_NOOP("Cli", "In the queue"), &LatencyGroup::queueDelay},
    Column{QT_TRANSLATE_NOOP("Cli", "Cold start"), &LatencyGroup::coldStart}};
constexpr std::array kWork{Column{QT_TRANSLATE_NOOP("Cli", "Loading the model"), &LatencyGroup::load},
    Column{QT_TRANSLATE_NOOP("Cli", "Making"), &LatencyGroup::generation},
    Column{QT_TRANSLATE_NOOP("Cli", "One step"), &LatencyGroup::step},
    Column{QT_TRANSLATE_NOOP("Cli", "Decoding"), &LatencyGroup::decode},
    Column{QT_TRANSLATE_NOOP("Cli", "Uploading"), &LatencyGroup::upload}};

QStringList headOf(const LatencyDimensions& by)
{
    QStringList head;
    if (by.family)
        head.append(say(QT_TRANSLATE_NOOP("Cli", "Model")));
    if (by.gpu)
        head.append(say(QT_TRANSLATE_NOOP("Cli", "GPU")));
    if (by.runner)
        head.append(say(QT_TRANSLATE_NOOP("Cli", "Runner")));
    return head;
}

template <std::size_t count>
QList<QStringList> tableOf(
    const QList<LatencyGroup>& groups, const LatencyDimensions& by, const std::array<Column, count>& columns)
{
    QList<QStringList> table{headOf(by)};
    for (const Column& column : columns)
        table.first() << say(column.head);
    for (const LatencyGroup& group : groups) {
        QStringList row = namesOf(group, by);
        std::transform(columns.begin(), columns.end(), std::back_inserter(row),
            [&group](const Column& column) { return figures(group.*column.figures); });
        table.append(row);
    }
    return table;
}

void print(Context& context, const QList<LatencyGroup>& groups, const LatencyDimensions& by)
{
    context.print(tableOf(groups, by, kWaits));
    context.print(QString());
    context.print(tableOf(groups, by, kWork));
}

Outcome runLatency(Context& context)
{
    const auto by = dimensionsOf(context.line.text("by", u"model,gpu,runner"_s));
    if (!by)
        return tl::unexpected(
            Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "--by takes model, gpu and runner, with commas between.")),
                u"stats latency"_s));
    GetLatency query{*by, targetOf(context), {}};
    if (context.line.has("days"))
        query.since = TimePoint(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch()))
            - std::chrono::hours(24 * context.line.integer("days", 1));
    const auto groups = context.session().ask(query);
    if (!groups)
        return tl::unexpected(Failure(groups.error()));
    if (context.wantsJson()) {
        context.print(QJsonObject{{u"target"_s, toString(targetOf(context))}, {u"groups"_s, toJson(*groups)}});
        return ExitCode::Ok;
    }
    if (groups->isEmpty()) {
        context.print(
            say(QT_TRANSLATE_NOOP("Cli", "Nothing was measured yet: the first picture brings the first figures.")));
        return ExitCode::Ok;
    }
    print(context, *groups, *by);
    context.note(say(QT_TRANSLATE_NOOP(
        "Cli", "Half were quicker than the first figure, 19 of 20 than the second; how many in brackets.")));
    return ExitCode::Ok;
}

} // namespace

Command latencyCommand()
{
    return {
        .name = u"stats latency"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "How long pictures and starts took, by model, GPU and runner"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "A picture and its first step count from asking for it; cold: it had to wait for its worker's start. All "
            "of "
            "it was measured here, by the workers themselves and the provider; it is kept for half a year."),
        .options = {targetOption(),
            {.name = "by",
                .value = "WORDS",
                .summary = QT_TRANSLATE_NOOP("Cli", "What to tell apart: model, gpu, runner, with commas between"),
                .kind = ValueKind::Text},
            {.name = "days",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "Only what was measured in the last N days"),
                .kind = ValueKind::Integer,
                .low = 1,
                .high = 183}},
        .examples = {u"visgatectl stats latency --by model,gpu"_s},
        .run = runLatency,
    };
}

} // namespace visgate::cli
