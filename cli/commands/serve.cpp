// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/domain/deployment/deployment.h"
#include "core/foundation/file_error.h"
#include "core/operations/deployments.h"

#include <algorithm>

namespace visgate::cli {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kIdlePause = 1s;
/// So long must nothing happen before a server that may leave does.
constexpr auto kQuiet = 30s;
constexpr int kNewest = 100;

Result<bool> isIdle(Session& session)
{
    const auto clients = session.clientCount();
    if (!clients)
        return fail(clients.error());
    if (*clients > 0)
        return false;
    const auto page = session.ask(ListDeployments{kNewest, {}});
    if (!page)
        return fail(page.error());
    return std::all_of(page->deployments.begin(), page->deployments.end(), isAtRest);
}

Outcome runServe(Context& context)
{
    Session& session = context.session();
    const auto owner = session.isOwner();
    if (!owner)
        return tl::unexpected(Failure(owner.error()));
    if (!*owner)
        return tl::unexpected(
            Failure(fileError(ErrorCode::AlreadyServed, context.environment.paths.data.toStdString())));
    context.note(say(QT_TRANSLATE_NOOP("Cli", "Serving %1")).arg(context.environment.paths.data));
    const bool leaves = context.line.has("leave-when-idle");
    auto quietSince = std::chrono::steady_clock::now();
    while (session.pause(kIdlePause)) {
        if (!leaves)
            continue;
        const auto idle = isIdle(session);
        if (!idle && idle.error().code != ErrorCode::Cancelled)
            return tl::unexpected(Failure(idle.error()));
        const auto now = std::chrono::steady_clock::now();
        if (!idle || !*idle)
            quietSince = now;
        else if (now - quietSince >= kQuiet)
            break;
    }
    return ExitCode::Ok;
}

} // namespace

Command serveCommand()
{
    return {
        .name = u"serve"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "Look after the deployments without a window, until Ctrl+C"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "The process becomes the owner of the data folder; windows and other commands become its clients.\n"
            "\"deploy\" without --wait starts it by itself with --leave-when-idle."),
        .options = {{.name = "leave-when-idle",
            .summary = QT_TRANSLATE_NOOP("Cli", "End half a minute after nothing runs and nobody is connected")}},
        .examples = {u"visgatectl serve"_s},
        .run = runServe,
    };
}

} // namespace visgate::cli
