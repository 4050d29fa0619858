// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/visible.h"
#include "cli/words.h"
#include "core/base/json.h"
#include "core/codec/codec.h"
#include "core/domain/errors/log_words.h"
#include "core/operations/deployments.h"

#include <QJsonArray>

#include <limits>

namespace visgate::cli {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

QString lineText(const LogLine& line, bool onTerminal)
{
    const QString who = QString::fromStdString(line.worker.empty() ? line.source : line.worker);
    QString text = logWords(line);
    if (onTerminal)
        text = lastState(text); // a file keeps every byte
    return u"%1  %2  %3  %4"_s.arg(localTime(line.at), QString::fromUtf8(toString(line.level)).leftJustified(7), who,
        text.replace(u"\n"_s, u"\n    "_s));
}

/// Prints lines that were not printed before.
void printNew(Context& context, const QList<LogLine>& lines, LineNo& last)
{
    for (const LogLine& line : lines) {
        if (line.number <= last)
            continue;
        last = line.number;
        if (context.wantsJson())
            context.print(QString::fromUtf8(json::compact(toJson(line))));
        else
            context.print(lineText(line, context.terminal.outIsTerminal()));
    }
}

Outcome followLogs(Context& context, const DeploymentId& id, const QList<LogLine>& stored)
{
    LineNo last;
    printNew(context, stored, last);
    while (!context.session().interrupt().isRaised()) {
        const auto change = context.session().nextChange(1s);
        if (!change)
            continue;
        if (const auto* lines = std::get_if<QList<LogLine>>(&*change)) {
            printNew(context, *lines, last);
        } else if (const auto* deployment = std::get_if<Deployment>(&*change);
                   deployment && deployment->status == DeploymentStatus::Deleted) {
            const auto rest = context.session().ask(ReadLogs{id, last.next(), std::numeric_limits<int>::max()});
            if (rest)
                printNew(context, *rest, last);
            break;
        }
    }
    return ExitCode::Ok;
}

Outcome runLogs(Context& context)
{
    const DeploymentId id(context.line.arguments.first().toStdString());
    const bool follow = context.line.has("follow");
    if (follow)
        context.session().follow(id);
    const int limit = int(context.line.integer("lines", 1000));
    const auto lines = context.session().ask(ReadLogs{id, {}, limit});
    if (!lines)
        return tl::unexpected(Failure(lines.error()));
    if (follow)
        return followLogs(context, id, *lines);
    if (context.wantsJson()) {
        QJsonArray array;
        for (const LogLine& line : *lines)
            array.append(toJson(line));
        context.print(QJsonObject{{u"lines"_s, array}});
    } else {
        LineNo last;
        printNew(context, *lines, last);
    }
    return ExitCode::Ok;
}

} // namespace

Command logsCommand()
{
    return {
        .name = u"logs"_s,
        .arguments = u"ID"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Print a deployment's log; -f keeps following it"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "Lines are kept on this computer for good. With -f new lines come until the deployment is deleted or\n"
            "Ctrl+C; together with --json each line is then a JSON document of its own."),
        .options
        = {{.name = "follow", .summary = QT_TRANSLATE_NOOP("Cli", "Go on with new lines as they come"), .letter = 'f'},
            {.name = "lines",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "Begin with the last N lines (default: 1000)"),
                .kind = ValueKind::Integer,
                .low = 1,
                .high = 10000000,
                .letter = 'n'}},
        .examples = {u"visgatectl logs dep_2026_1a2b3c4d -f"_s},
        .run = runLogs,
    };
}

} // namespace visgate::cli
