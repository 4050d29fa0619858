// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/consent.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

DeploymentId idOf(const Context& context)
{
    return DeploymentId(context.line.arguments.first().toStdString());
}

tl::unexpected<Failure> failed(const Error& error)
{
    return tl::unexpected(Failure(error));
}

/// The deployment as it is now, or one sentence about it.
Outcome answer(Context& context, const Deployment& deployment, const QString& sentence)
{
    if (context.wantsJson())
        context.print(toJson(deployment));
    else
        context.print(sentence);
    return ExitCode::Ok;
}

/// Does what finishes without a value, then shows the deployment.
template <Operation Change>
Outcome change(Context& context, const Change& operation, QString (*words)(const Deployment&))
{
    const auto done = context.session().ask(operation);
    if (!done)
        return failed(done.error());
    const auto deployment = context.session().ask(GetDeployment{operation.id});
    if (!deployment)
        return failed(deployment.error());
    return answer(context, *deployment, words(*deployment));
}

QString pauseWords(const Deployment& deployment)
{
    if (deployment.workers.max > 0)
        return say(QT_TRANSLATE_NOOP("Cli", "Paused. Its endpoint goes on: another deployment uses it."));
    return say(QT_TRANSLATE_NOOP("Cli", "Paused: no worker runs."));
}

Outcome runPause(Context& context)
{
    return change(context, PauseDeployment{idOf(context)}, pauseWords);
}

Outcome runResume(Context& context)
{
    return change(context, ResumeDeployment{idOf(context)},
        [](const Deployment&) { return say(QT_TRANSLATE_NOOP("Cli", "Resumed.")); });
}

Outcome runRestore(Context& context)
{
    const auto restored = context.session().ask(RestoreDeployment{idOf(context)});
    if (!restored)
        return failed(restored.error());
    return answer(context, *restored, say(QT_TRANSLATE_NOOP("Cli", "It is back: %1")).arg(stateWords(*restored)));
}

/// USD a month that have to be agreed to first; none where something else is wrong.
std::optional<double> priceInQuestion(const Error& error)
{
    if (error.code != ErrorCode::ConfirmationNeeded || error.arguments.empty())
        return std::nullopt;
    bool isNumber = false;
    const double monthly = QString::fromStdString(error.arguments.front()).toDouble(&isNumber);
    return isNumber ? std::optional(monthly) : std::nullopt;
}

bool agreesToWorkers(Context& context, int least, double monthly)
{
    return agreesTo(context,
        say(QT_TRANSLATE_NOOP(
                "Cli", "Workers that never leave are billed day and night, also while nobody draws (%1): %2 a month."))
            .arg(least)
            .arg(money(monthly)),
        say(QT_TRANSLATE_NOOP("Cli", "Keep them running at this price? (y/N)")),
        say(QT_TRANSLATE_NOOP("Cli", "Agree to it with --yes, or let them sleep when they are not used (--min 0).")));
}

Outcome runScale(Context& context)
{
    const Invocation& line = context.line;
    ScaleRequest request;
    if (line.has("min"))
        request.workersMin = static_cast<int>(line.integer("min", 0));
    if (line.has("max"))
        request.workersMax = static_cast<int>(line.integer("max", 1));
    if (line.has("idle"))
        request.idleTimeout = std::chrono::seconds(line.integer("idle", 5));
    if (request == ScaleRequest())
        return tl::unexpected(
            Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Say what to change: --min, --max or --idle."))));
    const auto ask = [&context, &request] { return context.session().ask(ScaleDeployment{idOf(context), request}); };
    auto scaled = ask();
    if (const auto monthly = scaled ? std::nullopt : priceInQuestion(scaled.error());
        monthly && agreesToWorkers(context, request.workersMin.value_or(0), *monthly)) {
        request.acceptedUsdPerMonth = monthly;
        scaled = ask();
    }
    if (!scaled)
        return failed(scaled.error());
    const bool sleeps = scaled->status == DeploymentStatus::Paused || scaled->status == DeploymentStatus::Parked;
    return answer(context, *scaled,
        (sleeps ? say(QT_TRANSLATE_NOOP("Cli", "From when it is resumed: %1 to %2 workers, idle time-out %3 s."))
                : say(QT_TRANSLATE_NOOP("Cli", "%1 to %2 workers, idle time-out %3 s.")))
            .arg(scaled->limits.workersMin)
            .arg(scaled->limits.workersMax)
            .arg(scaled->limits.idleTimeout.count()));
}

void printChanges(Context& context, const QList<ReleaseChange>& changes)
{
    for (const QString& sentence : inWords(changes))
        context.print(u"  "_s + sentence);
    if (changes.isEmpty())
        context.print(u"  "_s + say(QT_TRANSLATE_NOOP("Cli", "no difference")));
}

void printHistory(Context& context, const ReleaseHistory& history)
{
    for (const Release& release : history.releases) {
        QString heading = say(QT_TRANSLATE_NOOP("Cli", "Release %1")).arg(release.version);
        if (release.createdAt)
            heading += u", "_s + localTime(*release.createdAt);
        if (release.version == history.current)
            heading += u", "_s + say(QT_TRANSLATE_NOOP("Cli", "the present one"));
        context.print(heading);
        for (const QString& sentence : inWords(release.changes))
            context.print(u"  "_s + sentence);
    }
}

Outcome runReleases(Context& context)
{
    const auto history = context.session().ask(ListReleases{idOf(context)});
    if (!history)
        return failed(history.error());
    const bool compares = context.line.has("from") || context.line.has("to");
    const int from = static_cast<int>(context.line.integer("from", history->current));
    const int to = static_cast<int>(context.line.integer("to", history->current));
    for (const int version : {from, to}) {
        if (compares && !history->has(version))
            return failed(Error{ErrorCode::NotFound, {}, 0, {}, {"release " + std::to_string(version)}});
    }
    const QList<ReleaseChange> changes = compares ? changesBetween(*history, from, to) : QList<ReleaseChange>();
    if (context.wantsJson()) {
        QJsonObject object = toJson(*history);
        QJsonArray array;
        for (const ReleaseChange& difference : changes)
            array.append(toJson(difference));
        if (compares)
            object.insert(u"diff"_s,
                QJsonObject{{u"from"_s, from}, {u"to"_s, to}, {u"changes"_s, array},
                    {u"words"_s, QJsonArray::fromStringList(inWords(changes))}});
        context.print(object);
    } else if (compares) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "From release %1 to release %2:")).arg(from).arg(to));
        printChanges(context, changes);
    } else {
        printHistory(context, *history);
    }
    return ExitCode::Ok;
}

Outcome runRollback(Context& context)
{
    bool isNumber = false;
    const int version = context.line.arguments.at(1).toInt(&isNumber);
    if (!isNumber || version < 1)
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli",
            "RELEASE is a number of the list that "
            "\"visgatectl releases ID\" prints."))));
    const auto history = context.session().ask(RollBack{idOf(context), version});
    if (!history)
        return failed(history.error());
    if (context.wantsJson())
        context.print(toJson(*history));
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The configuration of release %1 is back, as release %2."))
                          .arg(version)
                          .arg(history->current));
    return ExitCode::Ok;
}

Option numberOption(const char* name, const char* value, const char* summary, double low, double high)
{
    return {.name = name, .value = value, .summary = summary, .kind = ValueKind::Integer, .low = low, .high = high};
}

Command plain(const QString& name, const char* summary, const char* description, Outcome (*run)(Context&))
{
    return {.name = name,
        .arguments = u"ID"_s,
        .least = 1,
        .most = 1,
        .summary = summary,
        .description = description,
        .examples = {u"visgatectl %1 dep_2026_1a2b3c4d"_s.arg(name)},
        .run = run};
}

} // namespace

QList<Command> lifecycleCommands()
{
    Command scale = plain(u"scale"_s, QT_TRANSLATE_NOOP("Cli", "Change the limits of a deployment's workers"),
        QT_TRANSLATE_NOOP("Cli",
            "Done once the provider's own figures show it. Workers above the minimum leave after the idle time-out;\n"
            "a minimum above 0 is billed day and night, and asks first."),
        runScale);
    scale.options = {numberOption("min", "N", QT_TRANSLATE_NOOP("Cli", "Fewest workers"), 0, 60),
        numberOption("max", "N", QT_TRANSLATE_NOOP("Cli", "Most workers"), 1, 60),
        numberOption("idle", "SECONDS", QT_TRANSLATE_NOOP("Cli", "Idle time-out"), 1, 3600),
        {.name = "yes", .summary = QT_TRANSLATE_NOOP("Cli", "Agree to the price of workers that never leave")}};
    scale.examples = {u"visgatectl scale dep_2026_1a2b3c4d --max 3 --idle 60"_s};
    Command releases = plain(u"releases"_s,
        QT_TRANSLATE_NOOP("Cli", "List the configurations a deployment has had, or compare two"), nullptr, runReleases);
    releases.options = {
        numberOption("from", "N", QT_TRANSLATE_NOOP("Cli", "Compare this release (default: the present one)"), 1, 1e9),
        numberOption("to", "N", QT_TRANSLATE_NOOP("Cli", "with this one (default: the present one)"), 1, 1e9)};
    releases.examples += u"visgatectl releases dep_2026_1a2b3c4d --from 1"_s;
    Command rollback = plain(u"rollback"_s, QT_TRANSLATE_NOOP("Cli", "Bring back the configuration of a release"),
        QT_TRANSLATE_NOOP("Cli", "It comes back as a new release that rolls out; limits of workers stay as they are."),
        runRollback);
    rollback.arguments = u"ID RELEASE"_s;
    rollback.least = rollback.most = 2;
    rollback.examples = {u"visgatectl rollback dep_2026_1a2b3c4d 1"_s};
    return {plain(u"pause"_s, QT_TRANSLATE_NOOP("Cli", "Stop a deployment's workers and let none start"),
                QT_TRANSLATE_NOOP("Cli", "Done once reading the workers back shows that none runs."), runPause),
        plain(
            u"resume"_s, QT_TRANSLATE_NOOP("Cli", "Let a paused or parked deployment work again"), nullptr, runResume),
        plain(u"restore"_s, QT_TRANSLATE_NOOP("Cli", "Bring back what \"delete --keep\" has put away"), nullptr,
            runRestore),
        scale, releases, rollback};
}

} // namespace visgate::cli
