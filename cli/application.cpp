// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/application.h"

#include "cli/help.h"
#include "cli/platform/signals.h"
#include "cli/words.h"
#include "core/codec/error_json.h"
#include "core/domain/errors/error_catalog.h"

#include <QEventLoop>
#include <QJsonDocument>

#include <optional>
#include <thread>
#include <utility>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

void printJson(Terminal& terminal, const QJsonObject& object)
{
    terminal.out(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)));
}

/// With --json the error stands in the document that the command has printed, so that there is one.
ExitCode report(const Failure& failure, bool json, Terminal& terminal, QJsonObject document = {})
{
    const auto add = [&document](const QJsonObject& error) {
        for (auto member = error.begin(); member != error.end(); ++member)
            document.insert(member.key(), member.value());
        return document;
    };
    if (!failure.error) {
        const QString& command = failure.command;
        const QString help = command.isEmpty() ? u"visgatectl --help"_s : u"visgatectl %1 --help"_s.arg(command);
        const QString remedy = say(QT_TRANSLATE_NOOP("Cli", "See: %1")).arg(help);
        if (json)
            printJson(terminal,
                add({{u"error"_s, u"InvalidRequestError"_s}, {u"message"_s, failure.usage},
                    {u"details"_s, QJsonObject{{u"remedy"_s, remedy}}}}));
        else
            terminal.err(failure.usage + u'\n' + remedy + u'\n');
        return ExitCode::Usage;
    }
    if (json) {
        printJson(terminal, add(errorReply(*failure.error)));
    } else {
        const ErrorText text = describe(*failure.error);
        terminal.err(text.message + u'\n' + text.remedy + u'\n');
    }
    return exitCodeFor(failure.error->code);
}

/// How a command ended, and its result where that is a document.
struct Ended {
    Outcome outcome;
    std::optional<QJsonObject> document;
};

/// The command waits where it likes; the service has this thread's event loop.
Ended runWithSession(const Command& command, const Invocation& invocation, Terminal& terminal,
    const Environment& environment, Interrupt& interrupt)
{
    Session session(environment.openService, interrupt);
    Context context(invocation, terminal, environment, &session);
    session.onLongWait([&context](const QString& awaited) {
        context.note(awaited.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "Waiting for an answer ..."))
                                       : say(QT_TRANSLATE_NOOP("Cli", "Waiting for an answer of %1 ...")).arg(awaited));
    });
    Outcome outcome = ExitCode::Ok;
    const platform::SignalWatch signals([&interrupt] { interrupt.raise(); });
    QEventLoop loop;
    std::thread worker([&] {
        outcome = command.run(context);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    worker.join();
    return {std::move(outcome), context.document()};
}

Ended runAlone(const Command& command, const Invocation& invocation, Terminal& terminal, const Environment& environment)
{
    Context context(invocation, terminal, environment, nullptr);
    Outcome outcome = command.run(context);
    return {std::move(outcome), context.document()};
}

/// Words about the commands, for whoever asked for them.
ExitCode explain(const Invocation& line, const QString& words, Terminal& terminal)
{
    const bool isAskedFor = line.help || line.command;
    if (!line.has("json"))
        terminal.out(words);
    else if (isAskedFor)
        printJson(terminal, {{u"help"_s, words}});
    else
        return report(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "A command is missing."))), true, terminal);
    return isAskedFor ? ExitCode::Ok : ExitCode::Usage;
}

ExitCode run(const QStringList& arguments, Terminal& terminal, const Environment& environment, Interrupt& interrupt)
{
    const auto parsed = parseCommandLine(allCommands(), arguments);
    if (!parsed)
        return report(parsed.error(), arguments.contains("--json"_L1), terminal);
    if (parsed->version) {
        if (parsed->has("json"))
            printJson(terminal, {{u"version"_s, QStringLiteral(VISGATE_VERSION)}});
        else
            terminal.out(u"visgatectl " VISGATE_VERSION "\n"_s);
        return ExitCode::Ok;
    }
    if (!parsed->group.isEmpty())
        return explain(*parsed, groupManual(allCommands(), parsed->group), terminal);
    if (!parsed->command || parsed->help)
        return explain(*parsed, parsed->command ? manual(*parsed->command) : overview(allCommands()), terminal);
    const Command& command = *parsed->command;
    Ended ended = command.standsAlone ? runAlone(command, *parsed, terminal, environment)
                                      : runWithSession(command, *parsed, terminal, environment, interrupt);
    if (ended.outcome) {
        if (ended.document)
            printJson(terminal, *ended.document);
        return *ended.outcome;
    }
    Failure& failure = ended.outcome.error();
    if (failure.command.isEmpty())
        failure.command = command.name;
    return report(failure, parsed->has("json"), terminal, ended.document.value_or(QJsonObject()));
}

} // namespace

ExitCode runCommandLine(
    const QStringList& arguments, Terminal& terminal, const Environment& environment, Interrupt& interrupt)
{
    const ExitCode code = run(arguments, terminal, environment, interrupt);
    const auto written = terminal.outcome();
    if (code != ExitCode::Ok || written)
        return code;
    // Not as a document: where results go, nothing can be said.
    terminal.err(say(QT_TRANSLATE_NOOP("Cli", "The result could not be written: %1"))
                     .arg(QString::fromStdString(written.error().detail))
        + u'\n'
        + say(QT_TRANSLATE_NOOP("Cli", "Free some space there, or write it elsewhere; what was done stays done."))
        + u'\n');
    return ExitCode::Failed;
}

} // namespace visgate::cli
