// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/completion.h"
#include "cli/context.h"
#include "cli/words.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList& shells()
{
    static const QStringList names{u"bash"_s, u"zsh"_s, u"fish"_s};
    return names;
}

Outcome runCompletion(Context& context)
{
    const QString shell = context.line.arguments.first();
    if (!shells().contains(shell))
        return tl::unexpected(Failure::misuse(
            say(QT_TRANSLATE_NOOP("Cli", "There is no completion for \"%1\": take bash, zsh or fish.")).arg(shell)));
    const QString script = completionScript(shell, allCommands());
    if (context.wantsJson())
        context.print(QJsonObject{{u"shell"_s, shell}, {u"script"_s, script}});
    else
        context.terminal.out(script);
    return ExitCode::Ok;
}

} // namespace

Command completionCommand()
{
    return {
        .name = u"completion"_s,
        .arguments = u"bash|zsh|fish"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Print a script that lets your shell complete commands and options"),
        .examples = {u"source <(visgatectl completion bash)"_s,
            u"visgatectl completion fish > ~/.config/fish/completions/visgatectl.fish"_s},
        .run = runCompletion,
        .standsAlone = true,
        .argumentChoices = shells(),
    };
}

} // namespace visgate::cli
