// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/application.h"

#include "cli/help.h"
#include "cli/platform/signals.h"
#include "cli/words.h"
#include "core/domain/error_catalog.h"
#include "core/service/error_json.h"

#include <QEventLoop>
#include <QJsonDocument>

#include <thread>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

void printJson(Terminal& terminal, const QJsonObject& object)
{
    terminal.out(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)));
}

ExitCode report(const Failure& failure, bool json, Terminal& terminal)
{
    if (!failure.error) {
        const QString& command = failure.command;
        const QString help = command.isEmpty() ? u"visgatectl --help"_s : u"visgatectl %1 --help"_s.arg(command);
        const QString remedy = say(QT_TRANSLATE_NOOP("Cli", "See: %1")).arg(help);
        if (json)
            printJson(terminal,
                {{u"error"_s, u"InvalidRequestError"_s}, {u"message"_s, failure.usage},
                    {u"details"_s, QJsonObject{{u"remedy"_s, remedy}}}});
        else
            terminal.err(failure.usage + u'\n' + remedy + u'\n');
        return ExitCode::Usage;
    }
    if (json) {
        printJson(terminal, errorReply(*failure.error));
    } else {
        const ErrorText text = describe(*failure.error);
        terminal.err(text.message + u'\n' + text.remedy + u'\n');
    }
    return exitCodeFor(failure.error->code);
}

/// The command waits where it likes; the service has this thread's event loop.
Outcome runWithSession(const Command& command, const Invocation& invocation, Terminal& terminal,
    const Environment& environment, Interrupt& interrupt)
{
    Session session(environment.openService, interrupt);
    Context context(invocation, terminal, environment, &session);
    Outcome outcome = ExitCode::Ok;
    const platform::SignalWatch signals([&interrupt] { interrupt.raise(); });
    QEventLoop loop;
    std::thread worker([&] {
        outcome = command.run(context);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    worker.join();
    return outcome;
}

} // namespace

ExitCode runCommandLine(
    const QStringList& arguments, Terminal& terminal, const Environment& environment, Interrupt& interrupt)
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
    if (!parsed->group.isEmpty()) {
        terminal.out(groupManual(allCommands(), parsed->group));
        return parsed->help ? ExitCode::Ok : ExitCode::Usage;
    }
    if (!parsed->command || parsed->help) {
        terminal.out(parsed->command ? manual(*parsed->command) : overview(allCommands()));
        return parsed->command || parsed->help ? ExitCode::Ok : ExitCode::Usage;
    }
    const Command& command = *parsed->command;
    Outcome outcome = ExitCode::Ok;
    if (command.standsAlone) {
        Context context(*parsed, terminal, environment, nullptr);
        outcome = command.run(context);
    } else {
        outcome = runWithSession(command, *parsed, terminal, environment, interrupt);
    }
    if (outcome)
        return *outcome;
    Failure& failure = outcome.error();
    if (failure.command.isEmpty())
        failure.command = command.name;
    return report(failure, parsed->has("json"), terminal);
}

} // namespace visgate::cli
