// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/money.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString mark(const std::optional<double>& usd)
{
    return usd ? money(*usd) : u"-"_s;
}

QString levelWords(LimitLevel level)
{
    switch (level) {
    case LimitLevel::Below:
        return say(QT_TRANSLATE_NOOP("Cli", "below"));
    case LimitLevel::Tell:
        return say(QT_TRANSLATE_NOOP("Cli", "in sight"));
    case LimitLevel::Stop:
        return say(QT_TRANSLATE_NOOP("Cli", "reached: stopped"));
    }
    return {};
}

QString scopeWords(const SpendLimit& limit)
{
    if (limit.scope == LimitScope::Day)
        return say(QT_TRANSLATE_NOOP("Cli", "day"));
    if (limit.scope == LimitScope::Month)
        return say(QT_TRANSLATE_NOOP("Cli", "month"));
    return limit.deployment.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "each deployment"))
                                      : QString::fromStdString(limit.deployment.value());
}

Outcome runLimits(Context& context)
{
    const auto limits = context.session().ask(ListSpendLimits{});
    if (!limits)
        return tl::unexpected(Failure(limits.error()));
    const auto states = context.session().ask(ListLimitStates{});
    if (!states)
        return tl::unexpected(Failure(states.error()));
    if (context.wantsJson()) {
        QJsonArray set;
        for (const SpendLimit& limit : *limits)
            set.append(toJson(limit));
        QJsonArray stand;
        for (const LimitState& state : *states)
            stand.append(toJson(state));
        context.print(QJsonObject{{u"limits"_s, set}, {u"states"_s, stand}});
        return ExitCode::Ok;
    }
    if (limits->isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "No limit is set.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Limit")), say(QT_TRANSLATE_NOOP("Cli", "Tell at")),
        say(QT_TRANSLATE_NOOP("Cli", "Stop at")), say(QT_TRANSLATE_NOOP("Cli", "Target")),
        say(QT_TRANSLATE_NOOP("Cli", "Spent")), say(QT_TRANSLATE_NOOP("Cli", "State"))}};
    for (const LimitState& state : *states)
        table.append({scopeWords(state.limit), mark(state.limit.tellAtUsd), mark(state.limit.stopAtUsd),
            toString(state.target), money(state.spentUsd), levelWords(state.level)});
    context.print(table);
    return ExitCode::Ok;
}

/// "day", "month", "deployment" for each of them, or one deployment's id.
SpendLimit limitNamed(const QString& name)
{
    SpendLimit limit;
    limit.scope = limitScopeFromString(name).value_or(LimitScope::Deployment);
    if (!limitScopeFromString(name))
        limit.deployment = DeploymentId(name.toStdString());
    return limit;
}

Outcome store(Context& context, const SpendLimit& limit)
{
    const auto set = context.session().ask(SetSpendLimit{limit});
    if (!set)
        return tl::unexpected(Failure(set.error()));
    if (context.wantsJson())
        context.print(toJson(limit));
    return ExitCode::Ok;
}

Outcome runSetLimits(Context& context)
{
    SpendLimit limit = limitNamed(context.line.arguments.first());
    if (context.line.has("tell"))
        limit.tellAtUsd = context.line.number("tell", 0.0);
    if (context.line.has("stop"))
        limit.stopAtUsd = context.line.number("stop", 0.0);
    if (!limit.tellAtUsd && !limit.stopAtUsd)
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Say --tell, --stop or both."))));
    return store(context, limit);
}

Outcome runClear(Context& context)
{
    return store(context, limitNamed(context.line.arguments.first()));
}

} // namespace

QList<Command> limitCommands()
{
    const QStringList names{u"day"_s, u"month"_s, u"deployment"_s};
    return {
        {
            .name = u"limits"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show the spending limits and where they stand"),
            .run = runLimits,
        },
        {
            .name = u"limits set"_s,
            .arguments = u"WHICH"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Set a spending limit: day, month, deployment, or one deployment's id"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "At the second mark everything that the limit covers is stopped, and nothing new is started, until "
                "the\n"
                "limit is raised or its day or month is over. \"deployment\" holds for each one without its own."),
            .options = {{.name = "tell",
                            .value = "USD",
                            .summary = QT_TRANSLATE_NOOP("Cli", "Say so when this much is spent"),
                            .kind = ValueKind::Number,
                            .low = 0.01,
                            .high = 1000000},
                {.name = "stop",
                    .value = "USD",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Stop when this much is spent"),
                    .kind = ValueKind::Number,
                    .low = 0.01,
                    .high = 1000000}},
            .examples = {u"visgatectl limits set month --tell 20 --stop 30"_s},
            .run = runSetLimits,
            .argumentChoices = names,
        },
        {
            .name = u"limits clear"_s,
            .arguments = u"WHICH"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Remove a spending limit"),
            .examples = {u"visgatectl limits clear day"_s},
            .run = runClear,
            .argumentChoices = names,
        },
    };
}

} // namespace visgate::cli
