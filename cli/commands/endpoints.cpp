// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/accounts.h"

#include <utility>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString ownerWords(EndpointOwner owner)
{
    switch (owner) {
    case EndpointOwner::Ours:
        return say(QT_TRANSLATE_NOOP("Cli", "this Visgate"));
    case EndpointOwner::OtherApp:
        return say(QT_TRANSLATE_NOOP("Cli", "another Visgate"));
    case EndpointOwner::NotOurs:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Cli", "not ours"));
}

Outcome runEndpoints(Context& context)
{
    const auto endpoints = context.session().ask(ListEndpoints{true});
    if (!endpoints)
        return tl::unexpected(Failure(endpoints.error()));
    QList<AccountEndpoint> known;
    QList<AccountEndpoint> unasked;
    for (const AccountEndpoint& endpoint : *endpoints)
        (endpoint.problem ? unasked : known).append(endpoint);
    const ExitCode outcome = unasked.isEmpty() ? ExitCode::Ok : exitCodeFor(unasked.constFirst().problem->code);
    if (context.wantsJson()) {
        context.print(QJsonObject{{u"endpoints"_s, toJson(known)}, {u"unasked"_s, toJson(unasked)}});
        return outcome;
    }
    for (const AccountEndpoint& account : std::as_const(unasked)) {
        const ErrorText text = describe(*account.problem);
        context.note(say(QT_TRANSLATE_NOOP("Cli", "%1 could not be asked: %2 %3"))
                         .arg(toString(account.target), text.message, text.remedy));
    }
    if (known.isEmpty() && !unasked.isEmpty())
        return outcome;
    if (known.isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "There is no endpoint in your accounts.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Target")), say(QT_TRANSLATE_NOOP("Cli", "Endpoint")),
        say(QT_TRANSLATE_NOOP("Cli", "Made by")), say(QT_TRANSLATE_NOOP("Cli", "Workers")),
        say(QT_TRANSLATE_NOOP("Cli", "Deployment"))}};
    for (const AccountEndpoint& endpoint : std::as_const(known)) {
        const QString deployment = endpoint.deployments.isEmpty()
            ? u"-"_s
            : QString::fromStdString(endpoint.deployments.constFirst().value());
        table.append({toString(endpoint.target), endpoint.name, ownerWords(endpoint.owner),
            say(QT_TRANSLATE_NOOP("Cli", "%1 to %2")).arg(endpoint.workersMin).arg(endpoint.workersMax), deployment});
    }
    context.print(table);
    return outcome;
}

} // namespace

Command endpointsCommand()
{
    return {
        .name = u"endpoints"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "List every endpoint of your accounts and who made it"),
        .examples = {u"visgatectl endpoints"_s, u"visgatectl endpoints --json"_s},
        .run = runEndpoints,
    };
}

} // namespace visgate::cli
