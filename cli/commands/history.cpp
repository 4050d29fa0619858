// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/values.h"
#include "core/operations/statistics.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <chrono>

namespace visgate::cli {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A table for people is read from end to end; what a program reads is as fine as it is kept.
constexpr int kSpansToRead = 60;
constexpr int kSpansForPrograms = 5'000;

std::chrono::hours historyTimeOf(const QString& word)
{
    constexpr std::array kTimes{std::pair("1h", 1h), std::pair("7d", 7 * 24h), std::pair("30d", 30 * 24h)};
    for (const auto& [known, time] : kTimes) {
        if (word == QLatin1String(known))
            return time;
    }
    return 24h;
}

/// "1 running, 2 idle"; "none" where there are none.
QString historyWorkerWords(const WorkerCounts& workers)
{
    struct State {
        int count;
        const char* words;
    };
    const std::array states{State{workers.running, QT_TRANSLATE_NOOP("Cli", "%1 running")},
        State{workers.idle, QT_TRANSLATE_NOOP("Cli", "%1 idle")},
        State{workers.initializing, QT_TRANSLATE_NOOP("Cli", "%1 starting")},
        State{workers.throttled, QT_TRANSLATE_NOOP("Cli", "%1 waiting for a GPU")},
        State{workers.unhealthy, QT_TRANSLATE_NOOP("Cli", "%1 unhealthy")}};
    QStringList words;
    for (const State& state : states) {
        if (state.count > 0)
            words.append(say(state.words).arg(state.count));
    }
    return words.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "none")) : words.join(u", "_s);
}

/// "2 x NVIDIA A40, 1 x not known".
QString countedByNameWords(const QMap<QString, int>& counts)
{
    QStringList words;
    for (auto entry = counts.begin(); entry != counts.end(); ++entry) {
        const QString name = entry.key().isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "not known")) : entry.key();
        words.append(u"%1 x %2"_s.arg(QString::number(entry.value()), name));
    }
    return words.isEmpty() ? u"-"_s : words.join(u", "_s);
}

void printSpans(Context& context, const DeploymentMetrics& metrics)
{
    context.print(u"%1  %2"_s.arg(QString::fromStdString(metrics.id.value()), metrics.modelId));
    if (metrics.workers.isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing was seen of its workers in this time.")));
        return;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "From")), say(QT_TRANSLATE_NOOP("Cli", "Until")),
        say(QT_TRANSLATE_NOOP("Cli", "Price")), say(QT_TRANSLATE_NOOP("Cli", "Workers")),
        say(QT_TRANSLATE_NOOP("Cli", "GPU")), say(QT_TRANSLATE_NOOP("Cli", "Place"))}};
    std::optional<TimePoint> known;
    for (const WorkerSpan& span : metrics.workers) {
        if (known && span.from > *known)
            table.append({localTime(*known), localTime(span.from), u"-"_s,
                say(QT_TRANSLATE_NOOP("Cli", "not known: nobody looked")), u"-"_s, u"-"_s});
        table.append({localTime(span.from), localTime(span.until), perHour(span.usdPerHour, metrics.target),
            historyWorkerWords(span.workers), countedByNameWords(span.gpus), countedByNameWords(span.regions)});
        known = span.until;
    }
    context.print(table);
}

/// A field of RFC 4180. What a spreadsheet would take for a formula is text.
QString csvField(QString text)
{
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    const bool needsQuotes = std::any_of(
        text.cbegin(), text.cend(), [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
    return needsQuotes ? u"\"%1\""_s.arg(text.replace(u'"', u"\"\""_s)) : text;
}

QString csvCounts(const QMap<QString, int>& counts)
{
    QStringList words;
    for (auto entry = counts.begin(); entry != counts.end(); ++entry)
        words.append(
            u"%1=%2"_s.arg(entry.key().isEmpty() ? u"unknown"_s : entry.key(), QString::number(entry.value())));
    return words.join(u';');
}

void printCsv(Context& context, const QList<DeploymentMetrics>& all)
{
    const auto time = [](TimePoint at) { return QString::fromStdString(formatUtc(at)); };
    context.print(
        u"deployment_id,model_id,target,from,until,workers_min,workers_max,running,idle,initializing,throttled,"
        "unhealthy,gpus,regions,usd_per_hour,usd,jobs_waiting,jobs_running"_s);
    for (const DeploymentMetrics& metrics : all) {
        for (const WorkerSpan& span : metrics.workers) {
            const WorkerCounts& workers = span.workers;
            QStringList fields{csvField(QString::fromStdString(metrics.id.value())), csvField(metrics.modelId),
                csvField(toString(metrics.target)), time(span.from), time(span.until)};
            for (const int count : {workers.min, workers.max, workers.running, workers.idle, workers.initializing,
                     workers.throttled, workers.unhealthy})
                fields.append(QString::number(count));
            fields << csvField(csvCounts(span.gpus)) << csvField(csvCounts(span.regions))
                   << QString::number(span.usdPerHour, 'f', 4) << QString::number(span.usd, 'f', 6)
                   << QString::number(span.jobsWaiting) << QString::number(span.jobsRunning);
            context.print(fields.join(u','));
        }
    }
}

Outcome runHistory(Context& context)
{
    const bool wantsCsv = context.line.has("csv");
    if (wantsCsv && context.wantsJson())
        return tl::unexpected(
            Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Take one of --json and --csv.")), u"stats history"_s));
    GetMetrics query;
    for (const QString& id : context.line.arguments)
        query.deployments.append(DeploymentId(id.toStdString()));
    query.to = std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
    query.from = query.to - historyTimeOf(context.line.text("since"));
    query.maxSpans = wantsCsv || context.wantsJson() ? kSpansForPrograms : kSpansToRead;
    const auto metrics = context.session().ask(query);
    if (!metrics)
        return tl::unexpected(Failure(metrics.error()));
    if (context.wantsJson()) {
        context.print(QJsonObject{{u"deployments"_s, toJson(*metrics)}});
        return ExitCode::Ok;
    }
    if (wantsCsv) {
        printCsv(context, *metrics);
        return ExitCode::Ok;
    }
    if (metrics->isEmpty())
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing is deployed.")));
    for (qsizetype i = 0; i < metrics->size(); ++i) {
        if (i > 0)
            context.print(QString());
        printSpans(context, metrics->at(i));
    }
    return ExitCode::Ok;
}

} // namespace

Command historyCommand()
{
    return {
        .name = u"stats history"_s,
        .arguments = u"[DEPLOYMENT...]"_s,
        .most = 1000,
        .summary = QT_TRANSLATE_NOOP("Cli", "Show which workers ran when, on which GPUs, and at what price"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "As it was seen at the provider; where nobody looked, nothing is known. Every detail is kept for a day,\n"
            "less of it for a month. Without a DEPLOYMENT: all. In the table, short times are put together."),
        .options = {{.name = "since",
                        .value = "TIME",
                        .summary = QT_TRANSLATE_NOOP("Cli", "How far back: 1h, 24h, 7d or 30d (default: 24h)"),
                        .kind = ValueKind::Choice,
                        .choices = {u"1h"_s, u"24h"_s, u"7d"_s, u"30d"_s}},
            {.name = "csv", .summary = QT_TRANSLATE_NOOP("Cli", "As comma-separated values, with times in UTC")}},
        .examples = {u"visgatectl stats history --since 1h"_s, u"visgatectl stats history --since 7d --csv"_s},
        .run = runHistory,
    };
}

} // namespace visgate::cli
