// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/flows/hand_over.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/accounts.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kCleanupPatience = 60s;
constexpr auto kCleanupLook = 500ms;

using Items = QList<CleanupItem>;

Result<Items> ask(Context& context, const CleanupRequest& request)
{
    return context.session().ask(CleanUp{request});
}

bool isAmong(const Items& items, const CleanupItem& item)
{
    return std::any_of(items.cbegin(), items.cend(),
        [&item](const CleanupItem& other) { return other.target == item.target && other.endpoint == item.endpoint; });
}

/// What of it the provider still lists; everything that was taken, where it cannot be asked.
Items whatIsLeft(Context& context, const Items& taken)
{
    const auto end = std::chrono::steady_clock::now() + kCleanupPatience;
    Items left = taken;
    while (!left.isEmpty() && std::chrono::steady_clock::now() < end) {
        if (const auto seen = ask(context, {})) {
            left.removeIf([&seen](const CleanupItem& item) {
                const bool isAsked = std::none_of(seen->cbegin(), seen->cend(),
                    [&item](const CleanupItem& other) { return other.problem && other.target == item.target; });
                return isAsked && !isAmong(*seen, item);
            });
            if (left.isEmpty())
                break;
        }
        if (!context.session().pause(kCleanupLook))
            break;
    }
    return left;
}

bool saysYes(Context& context, const QString& question)
{
    const auto answer = context.terminal.ask(question, context.session().interrupt());
    return answer && (*answer == say(QT_TRANSLATE_NOOP("Cli", "yes")) || *answer == "yes"_L1);
}

/// Others' endpoints go only where somebody has seen their names and typed the word.
bool mayTakeOthers(Context& context, const Items& preview)
{
    QStringList names;
    for (const CleanupItem& item : preview) {
        if (item.taken && item.owner == EndpointOwner::OtherApp)
            names.append(item.endpointName);
    }
    if (names.isEmpty())
        return true;
    if (!context.terminal.isInteractive())
        return false;
    context.note(say(QT_TRANSLATE_NOOP("Cli",
        "These bear Visgate's name but were not made here. They may be in use by "
        "another computer or by a colleague with the same key:")));
    for (const QString& name : std::as_const(names))
        context.note(u"  "_s + name);
    return saysYes(context, say(QT_TRANSLATE_NOOP("Cli", "Delete them as well? Type yes:")));
}

QString fate(const CleanupItem& item, bool applied, bool isLeft)
{
    if (item.problem)
        return say(QT_TRANSLATE_NOOP("Cli", "could not be asked: %1")).arg(describe(*item.problem).message);
    if (item.owner == EndpointOwner::NotOurs)
        return say(QT_TRANSLATE_NOOP("Cli", "not ours, left alone"));
    if (!item.taken && item.owner == EndpointOwner::OtherApp)
        return say(QT_TRANSLATE_NOOP("Cli", "of another computer or colleague, left alone"));
    if (!item.taken)
        return say(QT_TRANSLATE_NOOP("Cli", "in use, left alone"));
    if (!applied)
        return say(QT_TRANSLATE_NOOP("Cli", "would be deleted"));
    return isLeft ? say(QT_TRANSLATE_NOOP("Cli", "asked for, not yet confirmed"))
                  : say(QT_TRANSLATE_NOOP("Cli", "deleted"));
}

void print(Context& context, const Items& items, bool applied, const Items& left)
{
    if (context.wantsJson()) {
        QJsonArray array;
        for (const CleanupItem& item : items) {
            QJsonObject object = toJson(item);
            object.insert(u"deleted"_s, applied && item.taken && !isAmong(left, item));
            array.append(object);
        }
        context.print(QJsonObject{{u"items"_s, array}, {u"applied"_s, applied}});
        return;
    }
    if (items.isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing is there to clean up.")));
        return;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Target")), say(QT_TRANSLATE_NOOP("Cli", "Endpoint")),
        say(QT_TRANSLATE_NOOP("Cli", "Deployment")), say(QT_TRANSLATE_NOOP("Cli", "What happens"))}};
    for (const CleanupItem& item : items)
        table.append({toString(item.target), item.problem ? u"-"_s : item.endpointName,
            item.deployment.isEmpty() ? u"-"_s : QString::fromStdString(item.deployment.value()),
            fate(item, applied, isAmong(left, item))});
    context.print(table);
}

Outcome runCleanup(Context& context)
{
    CleanupRequest request{context.line.has("all"), context.line.has("others"), false};
    const bool apply = !context.line.has("dry-run");
    if (request.all && apply && context.terminal.isInteractive()
        && !saysYes(context,
            say(QT_TRANSLATE_NOOP("Cli", "Delete every endpoint that Visgate made, those in use as well? Type yes:"))))
        return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    auto items = ask(context, request);
    if (!items)
        return tl::unexpected(Failure(items.error()));
    if (apply && request.others && !mayTakeOthers(context, *items))
        return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    Items left;
    if (apply) {
        request.apply = true;
        items = ask(context, request);
        if (!items)
            return tl::unexpected(Failure(items.error()));
        Items taken = *items;
        taken.removeIf([](const CleanupItem& item) { return !item.taken; });
        left = whatIsLeft(context, taken);
        // What the provider has not confirmed is finished by a process that stays.
        if (!left.isEmpty()) {
            if (auto handed = handOver(context); !handed)
                return tl::unexpected(Failure(handed.error()));
        }
    }
    print(context, *items, apply, left);
    const auto unasked = std::find_if(
        items->cbegin(), items->cend(), [](const CleanupItem& item) { return item.problem.has_value(); });
    if (unasked != items->cend()) {
        if (!context.wantsJson())
            context.note(describe(*unasked->problem).remedy);
        return exitCodeFor(unasked->problem->code);
    }
    return left.isEmpty() ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace

Command cleanupCommand()
{
    return {
        .name = u"cleanup"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "Delete endpoints that were made here and no deployment uses any more"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "Ours is what this computer's records know. Endpoints that only bear Visgate's name are listed and left "
            "alone\n"
            "unless you ask for them and type yes; all others are never touched."),
        .options = {{.name = "all", .summary = QT_TRANSLATE_NOOP("Cli", "Delete those in use as well")},
            {.name = "others",
                .summary = QT_TRANSLATE_NOOP(
                    "Cli", "Delete those that bear Visgate's name but were made elsewhere as well; asks first")},
            {.name = "dry-run", .summary = QT_TRANSLATE_NOOP("Cli", "Only say what would be deleted")}},
        .examples = {u"visgatectl cleanup --dry-run"_s},
        .run = runCleanup,
    };
}

} // namespace visgate::cli
