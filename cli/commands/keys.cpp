// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/keys.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

KeyKind kindOf(const Invocation& line)
{
    return *keyKindFromString(line.arguments.first());
}

/// Whose key is meant: `--target`, else Runpod's first account.
AccountId accountOf(const Invocation& line)
{
    return accountIdFromString(line.text("target")).value_or(AccountId::runpod());
}

/// As it is typed: "runpod:studio", "hf".
QString nameOf(const KeyState& state)
{
    return state.account ? toString(*state.account) : toString(state.kind);
}

/// Refuses a name that is none of the keys, before anything is asked.
std::optional<Outcome> checkName(const Invocation& line)
{
    const auto kind = keyKindFromString(line.arguments.first());
    if (kind == KeyKind::HuggingFace && line.has("target"))
        return tl::unexpected(
            Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "The Hugging Face token is the same for every account."))));
    if (kind)
        return std::nullopt;
    return tl::unexpected(Failure::misuse(
        say(QT_TRANSLATE_NOOP("Cli", "There is no key \"%1\": take runpod or hf.")).arg(line.arguments.first())));
}

QString stateOf(const KeyState& state)
{
    if (state.problem)
        return say(QT_TRANSLATE_NOOP("Cli", "not known. %1")).arg(describe(*state.problem).message);
    if (!state.present)
        return say(QT_TRANSLATE_NOOP("Cli", "not set"));
    if (state.sessionOnly)
        return say(QT_TRANSLATE_NOOP("Cli", "set, until the program ends"));
    return say(QT_TRANSLATE_NOOP("Cli", "set, in %1")).arg(state.backend);
}

Outcome runKeys(Context& context)
{
    const auto keys = context.session().ask(ListKeys{});
    if (!keys)
        return tl::unexpected(Failure(keys.error()));
    std::optional<Error> problem;
    for (const KeyState& state : *keys)
        problem = state.problem ? state.problem : problem;
    const ExitCode outcome = problem ? exitCodeFor(problem->code) : ExitCode::Ok;
    if (context.wantsJson()) {
        QJsonArray array;
        for (const KeyState& state : *keys)
            array.append(toJson(state));
        context.print(QJsonObject{{u"keys"_s, array}});
        return outcome;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Key")), say(QT_TRANSLATE_NOOP("Cli", "State"))}};
    for (const KeyState& state : *keys)
        table.append({nameOf(state), stateOf(state)});
    context.print(table);
    if (problem)
        context.note(describe(*problem).remedy);
    return outcome;
}

Outcome runUnlock(Context& context)
{
    if (!context.wantsJson())
        context.note(
            say(QT_TRANSLATE_NOOP("Cli", "If the keychain is locked, your desktop asks for its password now.")));
    const auto unlocked = context.session().ask(UnlockKeychain{});
    if (!unlocked)
        return tl::unexpected(Failure(unlocked.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"unlocked"_s, true}});
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The keychain is open.")));
    return ExitCode::Ok;
}

Outcome runSetKey(Context& context)
{
    if (auto wrong = checkName(context.line))
        return *std::move(wrong);
    auto typed = context.terminal.readSecret(
        say(QT_TRANSLATE_NOOP("Cli", "Key (it is not shown):")), context.session().interrupt());
    if (!typed)
        return tl::unexpected(Failure(typed.error()));
    if (typed->isEmpty())
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "No key came on standard input."))));
    const auto key = std::make_shared<const Secret>(*std::move(typed));
    const auto state = context.session().ask(
        SetKey{kindOf(context.line), key, false, accountOf(context.line)}, serviceWords(kindOf(context.line)));
    if (!state)
        return tl::unexpected(Failure(state.error()));
    const auto owner = context.session().isOwner();
    // With this process the key would be gone again.
    if (state->sessionOnly && owner && *owner)
        return tl::unexpected(Failure(Error{ErrorCode::KeychainUnavailable, {}, 0, {}, {}}));
    if (context.wantsJson())
        context.print(toJson(*state));
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The key works. It is %1.")).arg(stateOf(*state)));
    return ExitCode::Ok;
}

Outcome runTry(Context& context)
{
    if (context.line.arguments.first() != toString(KeyKind::Runpod))
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Only a runpod key can be tried."))));
    auto typed = context.terminal.readSecret(
        say(QT_TRANSLATE_NOOP("Cli", "Key (it is not shown):")), context.session().interrupt());
    if (!typed)
        return tl::unexpected(Failure(typed.error()));
    if (typed->isEmpty())
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "No key came on standard input."))));
    const auto key = std::make_shared<const Secret>(*std::move(typed));
    const auto verdict = context.session().ask(TryKey{key}, serviceWords(KeyKind::Runpod));
    if (!verdict)
        return tl::unexpected(Failure(verdict.error()));
    if (context.wantsJson())
        context.print(toJson(*verdict));
    if (verdict->error && !context.wantsJson())
        return tl::unexpected(Failure(*verdict->error));
    if (!context.wantsJson())
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The key works and may create. It was not stored.")));
    return verdict->error ? exitCodeFor(verdict->error->code) : ExitCode::Ok;
}

Outcome runCheck(Context& context)
{
    if (auto wrong = checkName(context.line))
        return *std::move(wrong);
    const auto checked = context.session().ask(
        CheckKey{kindOf(context.line), accountOf(context.line)}, serviceWords(kindOf(context.line)));
    if (!checked)
        return tl::unexpected(Failure(checked.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"key"_s, context.line.arguments.first()}, {u"valid"_s, true}});
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The key works.")));
    return ExitCode::Ok;
}

Outcome runKeyForget(Context& context)
{
    if (auto wrong = checkName(context.line))
        return *std::move(wrong);
    const auto forgotten = context.session().ask(ForgetKey{kindOf(context.line), accountOf(context.line)});
    if (!forgotten)
        return tl::unexpected(Failure(forgotten.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"key"_s, context.line.arguments.first()}, {u"present"_s, false}});
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The key is forgotten.")));
    return ExitCode::Ok;
}

Command keyCommand(const QString& name, const char* summary, const char* description, Outcome (*run)(Context&))
{
    return {.name = name,
        .arguments = u"runpod|hf"_s,
        .least = 1,
        .most = 1,
        .summary = summary,
        .description = description,
        .run = run,
        .argumentChoices = {u"runpod"_s, u"hf"_s}};
}

} // namespace

QList<Command> keyCommands()
{
    const Option account{.name = "target",
        .value = "ACCOUNT",
        .summary = QT_TRANSLATE_NOOP("Cli", "Of which account (see: visgatectl accounts list; default: runpod)"),
        .kind = ValueKind::Account,
        .choices = {u"runpod"_s}};
    Command set = keyCommand(u"keys set"_s,
        QT_TRANSLATE_NOOP("Cli", "Store a key in the keychain and check it with its service"),
        QT_TRANSLATE_NOOP("Cli",
            "The key is typed without being shown, or read from standard input. It never stands on a command\n"
            "line, where other programs could see it."),
        runSetKey);
    set.examples = {u"visgatectl keys set runpod"_s, u"pass show runpod | visgatectl keys set runpod"_s,
        u"visgatectl keys set runpod --target runpod:studio"_s};
    Command check = keyCommand(u"keys check"_s,
        QT_TRANSLATE_NOOP("Cli", "Ask the service whether the stored key still works"), nullptr, runCheck);
    Command forget = keyCommand(
        u"keys forget"_s, QT_TRANSLATE_NOOP("Cli", "Remove a key from the keychain"), nullptr, runKeyForget);
    for (Command* const command : {&set, &check, &forget})
        command->options = {account};
    return {
        {.name = u"keys"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show which keys are stored, and where"),
            .run = runKeys},
        set,
        check,
        keyCommand(
            u"keys try"_s, QT_TRANSLATE_NOOP("Cli", "Ask what a key may do, without storing it"), nullptr, runTry),
        {.name = u"keys unlock"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Open the keychain: your desktop asks for its password"),
            .run = runUnlock},
        forget,
    };
}

} // namespace visgate::cli
