// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/codec/error_json.h"
#include "core/domain/errors/error_catalog.h"
#include "core/foundation/file_error.h"
#include "core/operations/catalogue.h"
#include "core/operations/keys.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QStorageInfo>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kLittleSpace = 1'000'000'000;

enum class Level { Ok, Warning, Failed };

/// One thing that was looked at. A warning leaves something out of reach that practice does not need.
struct Finding {
    QString id;
    Level level = Level::Ok;
    QString text;
    QString remedy;
};

Finding problem(const QString& id, Level level, const Error& error)
{
    const ErrorText text = describe(error);
    return {id, level, text.message, text.remedy};
}

Finding lookAtFolder(const Context& context)
{
    const QString folder = context.environment.paths.data;
    const QStorageInfo storage(folder);
    if (!storage.isValid())
        return problem(u"disk"_s, Level::Failed, fileError(ErrorCode::FileUnwritable, folder.toStdString()));
    if (storage.bytesAvailable() < kLittleSpace)
        return problem(u"disk"_s, Level::Warning, fileError(ErrorCode::StoreFull, folder.toStdString()));
    return {u"disk"_s, Level::Ok,
        say(QT_TRANSLATE_NOOP("Cli", "Data folder: %1, %2 free")).arg(folder, gigabytes(storage.bytesAvailable())), {}};
}

Finding lookAtWorker(const Context& context)
{
    const QString worker = context.environment.workerProgram;
    if (worker.isEmpty() || !QFileInfo(worker).isExecutable())
        return {u"worker"_s, Level::Failed,
            say(QT_TRANSLATE_NOOP("Cli", "The worker program visgate-worker is missing.")),
            say(QT_TRANSLATE_NOOP("Cli", "Install Visgate again; practice needs it."))};
    return {u"worker"_s, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "Worker program: %1")).arg(worker), {}};
}

/// The store, the keychain, and who owns the data folder.
QList<Finding> lookAtService(Context& context)
{
    const auto health = context.session().ask(GetHealth{});
    if (!health)
        return {problem(u"store"_s, Level::Failed, health.error())};
    QList<Finding> findings;
    const auto owner = context.session().isOwner();
    findings.append({u"owner"_s, Level::Ok,
        owner && *owner ? say(QT_TRANSLATE_NOOP("Cli", "No other Visgate process runs on this data folder."))
                        : say(QT_TRANSLATE_NOOP("Cli", "Another Visgate process serves this data folder.")),
        {}});
    if (health->storeProblem)
        findings.append(problem(u"store"_s, Level::Failed, *health->storeProblem));
    else
        findings.append({u"store"_s, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "The store works.")), {}});
    if (health->secretsProblem)
        findings.append(problem(u"keychain"_s, Level::Warning, *health->secretsProblem));
    else
        findings.append(
            {u"keychain"_s, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "Keychain: %1")).arg(health->secretBackend), {}});
    return findings;
}

QList<Finding> lookAtKeys(Context& context)
{
    const auto keys = context.session().ask(ListKeys{});
    if (!keys)
        return {problem(u"keys"_s, Level::Warning, keys.error())};
    QList<Finding> findings;
    for (const KeyState& state : *keys) {
        const QString name = state.account ? toString(*state.account) : toString(state.kind);
        const QString id = u"key_"_s + name;
        if (state.problem) {
            Finding unread = problem(id, Level::Warning, *state.problem);
            unread.text = say(QT_TRANSLATE_NOOP("Cli", "Key %1: not known. %2")).arg(name, unread.text);
            findings.append(std::move(unread));
            continue;
        }
        if (!state.present) {
            findings.append({id, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "Key %1: not set")).arg(name), {}});
            continue;
        }
        const auto works = context.session().ask(
            CheckKey{state.kind, state.account.value_or(AccountId::runpod())}, serviceWords(state.kind));
        findings.append(works ? Finding{id, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "Key %1: works")).arg(name), {}}
                              : problem(id, Level::Warning, works.error()));
    }
    return findings;
}

Finding lookAtHub(Context& context)
{
    const auto found = context.session().ask(SearchModels{AccountId::runpod(), u"sdxl-turbo"_s}, hubWords());
    if (!found)
        return problem(u"hub"_s, Level::Warning, found.error());
    return {u"hub"_s, Level::Ok, say(QT_TRANSLATE_NOOP("Cli", "The model hub answers.")), {}};
}

QString levelId(Level level)
{
    switch (level) {
    case Level::Ok:
        return u"ok"_s;
    case Level::Warning:
        return u"warning"_s;
    case Level::Failed:
        break;
    }
    return u"failed"_s;
}

QString levelWords(Level level)
{
    switch (level) {
    case Level::Ok:
        return say(QT_TRANSLATE_NOOP("Cli", "ok"));
    case Level::Warning:
        return say(QT_TRANSLATE_NOOP("Cli", "warning"));
    case Level::Failed:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Cli", "failed"));
}

Outcome runDoctor(Context& context)
{
    const QList<Finding> findings = QList<Finding>{lookAtWorker(context)} + lookAtService(context)
        + QList<Finding>{lookAtFolder(context)} + lookAtKeys(context) + QList<Finding>{lookAtHub(context)};
    QJsonArray array;
    QList<QStringList> table;
    bool failed = false;
    for (const Finding& finding : findings) {
        failed = failed || finding.level == Level::Failed;
        array.append(
            QJsonObject{{u"id"_s, finding.id}, {u"level"_s, levelId(finding.level)}, {u"message"_s, finding.text},
                {u"remedy"_s, finding.remedy.isEmpty() ? QJsonValue() : QJsonValue(finding.remedy)}});
        table.append({levelWords(finding.level), finding.text});
        if (!finding.remedy.isEmpty())
            table.append({QString(), finding.remedy});
    }
    if (context.session().interrupt().isRaised())
        return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    if (context.wantsJson())
        context.print(QJsonObject{{u"findings"_s, array}, {u"ok"_s, !failed}});
    else
        context.print(table);
    return failed ? ExitCode::MissingPrerequisite : ExitCode::Ok;
}

} // namespace

Command doctorCommand()
{
    return {
        .name = u"doctor"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "Check this computer: programs, store, keychain, keys, network"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "A warning leaves something out of reach, though practice works. Ends with 3 when something failed."),
        .examples = {u"visgatectl doctor --json"_s},
        .run = runDoctor,
    };
}

} // namespace visgate::cli
