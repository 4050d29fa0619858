// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"
#include "core/operations/money.h"

#include <QDateTime>

#include <cmath>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString causeWords(CostCause cause)
{
    switch (cause) {
    case CostCause::Picture:
        return say(QT_TRANSLATE_NOOP("Cli", "making pictures"));
    case CostCause::ColdStart:
        return say(QT_TRANSLATE_NOOP("Cli", "starting"));
    case CostCause::StuckStart:
        return say(QT_TRANSLATE_NOOP("Cli", "starts that never came up"));
    case CostCause::Idle:
        return say(QT_TRANSLATE_NOOP("Cli", "idle, before going to sleep"));
    case CostCause::KeepWarm:
        return say(QT_TRANSLATE_NOOP("Cli", "kept warm"));
    }
    return {};
}

SpendQuery queryOf(Context& context)
{
    const Invocation& line = context.line;
    SpendQuery query;
    query.target = targetOf(context);
    query.deployment = DeploymentId(line.arguments.value(0).toStdString());
    const QString period = line.text("period", u"month"_s);
    const QDate today = QDate::currentDate();
    QDate from(today.year(), today.month(), 1);
    if (period == "today"_L1)
        from = today;
    else if (period == "week"_L1)
        from = today.addDays(-6);
    else if (period == "year"_L1)
        from = QDate(today.year(), 1, 1);
    query.from = TimePoint(std::chrono::milliseconds(from.startOfDay().toMSecsSinceEpoch()));
    query.to = TimePoint(std::chrono::milliseconds(today.addDays(1).startOfDay().toMSecsSinceEpoch()));
    if (line.has("pictures-per-day"))
        query.picturesPerDay = line.number("pictures-per-day", 0.0);
    return query;
}

void printSummary(Context& context, const SpendSummary& summary)
{
    context.print(say(QT_TRANSLATE_NOOP("Cli", "Since %1: %2, now %3"))
                      .arg(localTime(summary.from), money(summary.countedUsd), perHour(summary.usdPerHourNow)));
    if (summary.usdPerHourElsewhere > 0.0)
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Besides, at least %1 by endpoints that are not Visgate's"))
                          .arg(perHour(summary.usdPerHourElsewhere)));
    context.print(
        say(QT_TRANSLATE_NOOP("Cli", "Estimated %1, billed so far %2"))
            .arg(money(summary.estimatedUsd),
                summary.billedUsd ? money(*summary.billedUsd) : say(QT_TRANSLATE_NOOP("Cli", "nothing yet"))));
    if (std::abs(summary.correctionUsd) >= 0.00005)
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Settled bills differ from the estimate by %1"))
                          .arg(money(summary.correctionUsd)));
    if (!summary.causes.isEmpty()) {
        QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Cost")), say(QT_TRANSLATE_NOOP("Cli", "Time")),
            say(QT_TRANSLATE_NOOP("Cli", "For"))}};
        for (const CostShare& share : summary.causes)
            table.append({money(share.usd), seconds(share.seconds), causeWords(share.cause)});
        context.print(table);
    }
    if (summary.deployments.size() > 1) {
        QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Cost")), say(QT_TRANSLATE_NOOP("Cli", "Deployment")),
            say(QT_TRANSLATE_NOOP("Cli", "Model"))}};
        for (const DeploymentSpend& spend : summary.deployments)
            table.append({money(spend.countedUsd), QString::fromStdString(spend.deployment.value()), spend.modelId});
        context.print(table);
    }
}

Outcome runSpend(Context& context)
{
    SpendQuery query = queryOf(context);
    if (!query.deployment.isEmpty()) {
        const auto deployment = context.session().ask(GetDeployment{query.deployment});
        if (!deployment)
            return tl::unexpected(Failure(deployment.error()));
        query.target = deployment->target;
    }
    const auto report = context.session().ask(GetSpend{query});
    if (!report)
        return tl::unexpected(Failure(report.error()));
    if (context.wantsJson()) {
        context.print(toJson(*report));
        return ExitCode::Ok;
    }
    printSummary(context, report->summary);
    const MonthForecast& month = report->forecast;
    context.print(say(QT_TRANSLATE_NOOP("Cli", "A month with %1 pictures a day: about %2 (%3 a picture)"))
                      .arg(QString::number(month.picturesPerDay, 'f', month.picturesPerDay < 10 ? 1 : 0),
                          money(month.totalUsd), money(month.usdPerPicture)));
    if (report->volumes && report->volumes->volumes > 0)
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Volumes: %1, together %2 a month; used by nothing: %3"))
                          .arg(QString::number(report->volumes->volumes), money(report->volumes->monthlyUsd),
                              QString::number(report->volumes->unused)));
    return ExitCode::Ok;
}

} // namespace

Command spendCommand()
{
    return {
        .name = u"spend"_s,
        .arguments = u"[DEPLOYMENT]"_s,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Show what was spent, on what, and what a month would cost"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "An estimate from watching the workers, and beside it what the provider has billed. Where a bill is\n"
            "settled, the bill counts."),
        .options = {{.name = "target",
                        .value = "NAME",
                        .summary = QT_TRANSLATE_NOOP("Cli", "Of which account (default: the default one)"),
                        .kind = ValueKind::Account,
                        .choices = {u"runpod"_s, u"practice"_s}},
            {.name = "period",
                .value = "NAME",
                .summary = QT_TRANSLATE_NOOP("Cli", "today, week, month or year (default: month)"),
                .kind = ValueKind::Choice,
                .choices = {u"today"_s, u"week"_s, u"month"_s, u"year"_s}},
            {.name = "pictures-per-day",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "For the forecast (default: as many as so far)"),
                .kind = ValueKind::Number,
                .low = 0,
                .high = 1000000}},
        .examples = {u"visgatectl spend --period today"_s, u"visgatectl spend --pictures-per-day 50 --json"_s},
        .run = runSpend,
    };
}

} // namespace visgate::cli
