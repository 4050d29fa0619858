// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/deployment_report.h"
#include "cli/words.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runShowDeployment(Context& context)
{
    const DeploymentId id(context.line.arguments.first().toStdString());
    const auto deployment = context.session().ask(GetDeployment{id});
    if (!deployment)
        return tl::unexpected(Failure(deployment.error()));
    std::optional<Job> job;
    if (!deployment->firstJob.isEmpty()) {
        const auto found = context.session().ask(GetJob{deployment->firstJob});
        if (!found)
            return tl::unexpected(Failure(found.error()));
        job = *found;
    }
    const QString picture = job && !job->artifacts.isEmpty() ? job->artifacts.first().filePath : QString();
    if (context.wantsJson())
        context.print(deploymentReport(*deployment, job, picture));
    else
        context.print(deploymentTable(*deployment, job, picture));
    return ExitCode::Ok;
}

} // namespace

Command showCommand()
{
    return {
        .name = u"show"_s,
        .arguments = u"ID"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Show one deployment: state, GPU, stages, cost, first picture"),
        .examples = {u"visgatectl show dep_2026_1a2b3c4d"_s},
        .run = runShowDeployment,
    };
}

} // namespace visgate::cli
