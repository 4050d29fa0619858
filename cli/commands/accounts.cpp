// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/accounts.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/flows/consent.h"
#include "cli/flows/target.h"
#include "cli/words.h"
#include "core/codec/codec.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runAccountList(Context& context)
{
    const auto accounts = context.session().ask(ListAccounts{});
    if (!accounts)
        return tl::unexpected(Failure(accounts.error()));
    if (context.wantsJson()) {
        QJsonArray array;
        for (const ProviderAccount& account : *accounts)
            array.append(toJson(account));
        context.print(QJsonObject{{u"accounts"_s, array}});
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Account")), say(QT_TRANSLATE_NOOP("Cli", "Name")),
        say(QT_TRANSLATE_NOOP("Cli", "Provider")), say(QT_TRANSLATE_NOOP("Cli", "Default"))}};
    for (const ProviderAccount& account : *accounts)
        table.append({toString(account.id), account.name, account.provider.name,
            account.isDefault ? say(QT_TRANSLATE_NOOP("Cli", "yes")) : QString()});
    context.print(table);
    return ExitCode::Ok;
}

Outcome print(Context& context, const Result<ProviderAccount>& account, const QString& sentence)
{
    if (!account)
        return tl::unexpected(Failure(account.error()));
    if (context.wantsJson())
        context.print(toJson(*account));
    else
        context.print(sentence.arg(account->name, toString(account->id)));
    return ExitCode::Ok;
}

Outcome runAccountAdd(Context& context)
{
    const auto added = context.session().ask(
        AddAccount{context.line.text("provider", AccountId::runpod().provider()), context.line.arguments.first()});
    return print(context, added,
        say(QT_TRANSLATE_NOOP(
            "Cli", "Added \"%1\" as %2. Give it its key with: visgatectl keys set runpod --target %2")));
}

Outcome runAccountRename(Context& context)
{
    const auto account = accountNamed(context, context.line.arguments.first());
    if (!account)
        return tl::unexpected(Failure(account.error()));
    const auto renamed = context.session().ask(RenameAccount{account->id, context.line.arguments.at(1)});
    return print(context, renamed, say(QT_TRANSLATE_NOOP("Cli", "%2 is called \"%1\" now.")));
}

Outcome runAccountDefault(Context& context)
{
    auto account = accountNamed(context, context.line.arguments.first());
    if (!account)
        return tl::unexpected(Failure(account.error()));
    const auto chosen = context.session().ask(SetDefaultAccount{account->id});
    if (!chosen)
        return tl::unexpected(Failure(chosen.error()));
    account->isDefault = true;
    return print(context, account, say(QT_TRANSLATE_NOOP("Cli", "\"%1\" (%2) is meant where no account is named.")));
}

QString kindWords(HoldingKind kind)
{
    switch (kind) {
    case HoldingKind::Deployment:
        return say(QT_TRANSLATE_NOOP("Cli", "deployment"));
    case HoldingKind::Endpoint:
        return say(QT_TRANSLATE_NOOP("Cli", "endpoint"));
    case HoldingKind::Volume:
        return say(QT_TRANSLATE_NOOP("Cli", "volume"));
    }
    return {};
}

QString wordsOf(const AccountHoldings& held)
{
    QStringList lines;
    for (const AccountHolding& holding : held.holdings)
        lines.append(u"  %1  %2  %3"_s.arg(kindWords(holding.kind), holding.id, holding.name));
    return lines.join(u'\n');
}

Outcome runAccountRemove(Context& context)
{
    const auto account = accountNamed(context, context.line.arguments.first());
    if (!account)
        return tl::unexpected(Failure(account.error()));
    const auto held = context.session().ask(GetAccountHoldings{account->id});
    if (!held)
        return tl::unexpected(Failure(held.error()));
    const bool ends = context.line.has("delete-contents");
    if (!held->holdings.isEmpty() && !ends) {
        context.note(say(QT_TRANSLATE_NOOP("Cli", "In this account there still is:")) + u'\n' + wordsOf(*held));
        context.note(say(QT_TRANSLATE_NOOP("Cli",
            "With --delete-contents its deployments and endpoints are deleted first. Volumes: visgatectl cache "
            "delete.")));
        return tl::unexpected(Failure(Error{ErrorCode::AccountInUse, {}, 0, {}, {account->name.toStdString()}}));
    }
    const bool agreed = held->holdings.isEmpty()
        || agreesTo(context,
            say(QT_TRANSLATE_NOOP("Cli", "This is deleted, and the account's key is forgotten:")) + u'\n'
                + wordsOf(*held),
            say(QT_TRANSLATE_NOOP("Cli", "Delete it and remove the account? (y/N)")),
            say(QT_TRANSLATE_NOOP("Cli", "Agree to it with --yes.")));
    if (!agreed)
        return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    const auto removed = context.session().ask(RemoveAccount{account->id, ends});
    if (!removed)
        return tl::unexpected(Failure(removed.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"account"_s, toString(account->id)}, {u"removed"_s, true}});
    else
        context.print(
            say(QT_TRANSLATE_NOOP("Cli", "\"%1\" is removed here, and its key forgotten.")).arg(account->name));
    return ExitCode::Ok;
}

Command accountCommand(const QString& name, const QString& arguments, int count, Outcome (*run)(Context&))
{
    return {.name = name, .arguments = arguments, .least = count, .most = count, .run = run};
}

} // namespace

QList<Command> accountCommands()
{
    Command list = accountCommand(u"accounts list"_s, {}, 0, runAccountList);
    list.summary = QT_TRANSLATE_NOOP("Cli", "Show the accounts, and which one is the default");
    Command add = accountCommand(u"accounts add"_s, u"NAME"_s, 1, runAccountAdd);
    add.summary = QT_TRANSLATE_NOOP("Cli", "Add another account of a provider");
    add.description = QT_TRANSLATE_NOOP("Cli",
        "It gets an id such as runpod:studio, which --target takes and which stays when the account is renamed.\n"
        "Then give it its own key.");
    add.options = {{.name = "provider",
        .value = "NAME",
        .summary = QT_TRANSLATE_NOOP("Cli", "Of which provider (default: runpod)"),
        .kind = ValueKind::Text,
        .choices = {u"runpod"_s}}};
    add.examples = {u"visgatectl accounts add Studio"_s, u"visgatectl keys set runpod --target runpod:studio"_s};
    Command rename = accountCommand(u"accounts rename"_s, u"ACCOUNT NAME"_s, 2, runAccountRename);
    rename.summary = QT_TRANSLATE_NOOP("Cli", "Give an account another name");
    rename.examples = {u"visgatectl accounts rename runpod:studio \"Film studio\""_s};
    Command standard = accountCommand(u"accounts default"_s, u"ACCOUNT"_s, 1, runAccountDefault);
    standard.summary = QT_TRANSLATE_NOOP("Cli", "Choose the account that is meant where none is named");
    Command remove = accountCommand(u"accounts remove"_s, u"ACCOUNT"_s, 1, runAccountRemove);
    remove.summary = QT_TRANSLATE_NOOP("Cli", "Remove an account and forget its key");
    remove.description = QT_TRANSLATE_NOOP("Cli",
        "Only where nothing of yours runs or stands there any more; what still does is told. The account itself\n"
        "stays at its provider, and what was spent there stays counted.");
    remove.options = {
        {.name = "delete-contents", .summary = QT_TRANSLATE_NOOP("Cli", "Delete its deployments and endpoints first")},
        {.name = "yes", .summary = QT_TRANSLATE_NOOP("Cli", "Do not ask")}};
    return {list, add, rename, standard, remove};
}

} // namespace visgate::cli
