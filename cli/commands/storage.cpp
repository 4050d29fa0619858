// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/storage.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome print(Context& context, const Result<StorageState>& state)
{
    if (!state)
        return tl::unexpected(Failure(state.error()));
    if (context.wantsJson()) {
        context.print(toJson(*state));
        return ExitCode::Ok;
    }
    if (!state->settings.isSet()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "No storage is set up; results come back directly.")));
        return ExitCode::Ok;
    }
    context.print(QList<QStringList>{
        {say(QT_TRANSLATE_NOOP("Cli", "Address")), state->settings.endpoint.toString()},
        {say(QT_TRANSLATE_NOOP("Cli", "Region")), state->settings.region},
        {say(QT_TRANSLATE_NOOP("Cli", "Bucket")), state->settings.bucket},
        {say(QT_TRANSLATE_NOOP("Cli", "Prefix")), state->settings.prefix},
        {say(QT_TRANSLATE_NOOP("Cli", "Key")),
            state->hasKeys ? state->accessKeyId : say(QT_TRANSLATE_NOOP("Cli", "not set"))},
    });
    return ExitCode::Ok;
}

Outcome runShowStorage(Context& context)
{
    return print(context, context.session().ask(GetStorage{}));
}

Outcome runSetStorage(Context& context)
{
    const Invocation& line = context.line;
    if (!line.has("endpoint") || !line.has("region") || !line.has("bucket") || !line.has("key-id"))
        return tl::unexpected(Failure::misuse(
            say(QT_TRANSLATE_NOOP("Cli", "Storage needs --endpoint, --region, --bucket and --key-id."))));
    auto typed = context.terminal.readSecret(
        say(QT_TRANSLATE_NOOP("Cli", "Secret key (it is not shown):")), context.session().interrupt());
    if (!typed)
        return tl::unexpected(Failure(typed.error()));
    if (typed->isEmpty())
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "No key came on standard input."))));
    const StorageSettings settings
        = storageFromText(line.text("endpoint"), line.text("region"), line.text("bucket"), line.text("prefix"));
    const StorageKeys keys{line.text("key-id"), std::make_shared<const Secret>(*std::move(typed))};
    return print(context, context.session().ask(SetStorage{settings, keys, false}));
}

Outcome done(Context& context, const Result<void>& outcome, const char* member, const QString& sentence)
{
    if (!outcome)
        return tl::unexpected(Failure(outcome.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{QString::fromLatin1(member), true}});
    else
        context.print(sentence);
    return ExitCode::Ok;
}

Outcome runTest(Context& context)
{
    return done(context, context.session().ask(TestStorage{}), "works",
        say(QT_TRANSLATE_NOOP("Cli", "The storage takes, gives back and deletes.")));
}

Outcome runStorageForget(Context& context)
{
    return done(context, context.session().ask(ForgetStorage{}), "forgotten",
        say(QT_TRANSLATE_NOOP("Cli", "The storage is forgotten; what lies in it stays.")));
}

Option textOption(const char* name, const char* value, const char* summary)
{
    return {.name = name, .value = value, .summary = summary, .kind = ValueKind::Text};
}

} // namespace

QList<Command> storageCommands()
{
    return {
        {.name = u"storage"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show the bucket that results too big for a direct return go to"),
            .run = runShowStorage},
        {.name = u"storage set"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Set up an S3 bucket of your own"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "The secret key is typed without being shown, or read from standard input, and goes to the keychain.\n"
                "Workers never get it: each job brings addresses that are signed for its own pictures."),
            .options = {textOption("endpoint", "URL", QT_TRANSLATE_NOOP("Cli", "Address of the S3 service")),
                textOption("region", "REGION", QT_TRANSLATE_NOOP("Cli", "Its region, such as eu-central-1 or auto")),
                textOption("bucket", "NAME", QT_TRANSLATE_NOOP("Cli", "Name of the bucket")),
                textOption("prefix", "TEXT", QT_TRANSLATE_NOOP("Cli", "What every object's name begins with")),
                textOption("key-id", "ID", QT_TRANSLATE_NOOP("Cli", "Public half of the key"))},
            .examples
            = {u"visgatectl storage set --endpoint https://s3.eu-central-1.amazonaws.com --region eu-central-1 "
               "--bucket my-pictures --key-id AKIA0000"_s},
            .run = runSetStorage},
        {.name = u"storage test"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Write, read and delete a small object there"),
            .run = runTest},
        {.name = u"storage forget"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Forget the bucket and its key"),
            .run = runStorageForget},
    };
}

} // namespace visgate::cli
