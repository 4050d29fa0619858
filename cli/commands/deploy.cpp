// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/deploy_flow.h"
#include "cli/flows/plan_options.h"
#include "cli/words.h"
#include "core/foundation/worker_protocol/job_limits.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

CreateRequest requestOf(Context& context)
{
    const Invocation& line = context.line;
    CreateRequest request = plannedRequest(context);
    request.practiceSpeed = line.number("speed", 0.0);
    request.force = line.has("force");
    if (line.has("prompt")) {
        JobInput input;
        input.prompt = line.text("prompt");
        if (line.has("seed"))
            input.seed = line.integer("seed", 0);
        request.firstInput = input;
    }
    return request;
}

Outcome runDeploy(Context& context)
{
    return deployAndReport(context, requestOf(context));
}

} // namespace

Command deployCommand()
{
    return {
        .name = u"deploy"_s,
        .arguments = u"MODEL"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Put a model to work; with --prompt, make the first picture"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "MODEL is a Hugging Face id (org/name), a link to its page, or a short name such as flux-schnell.\n"
            "Without --wait the deployment's id is printed at once and a process in the background carries on.\n"
            "The price is shown first; a dearer GPU, or another than those shown, is asked for before it is taken.\n"
            "With --wait each stage is shown on standard error; at the end come the GPU really obtained, the cost\n"
            "so far and, with --prompt, the picture. The endpoint then stays, asleep and free, until you delete it.\n"
            "Ctrl+C while waiting asks whether to delete the deployment or to leave it running; when nobody can\n"
            "answer, it is deleted."),
        .options = planOptions()
            + QList<Option>{{.name = "prompt",
                                .value = "TEXT",
                                .summary = QT_TRANSLATE_NOOP("Cli", "What the first picture shows"),
                                .kind = ValueKind::Text},
                {.name = "seed",
                    .value = "N",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Seed of the first picture (default: a random one)"),
                    .kind = ValueKind::Integer,
                    .low = 0,
                    .high = double(job_limits::kLargestSeed)}}
            + deployFlowOptions()
            + QList<Option>{{.name = "speed",
                                .value = "N",
                                .summary = QT_TRANSLATE_NOOP("Cli", "Practice only: how many times faster than life"),
                                .kind = ValueKind::Number,
                                .low = 0.1,
                                .high = 10000},
                {.name = "force",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Create a new endpoint even where one could be used again")}},
        .examples
        = {u"visgatectl deploy stabilityai/sdxl-turbo --target practice --wait --prompt \"a red circle\" --out a.png"_s,
            u"visgatectl deploy black-forest-labs/FLUX.1-schnell --json"_s},
        .run = runDeploy,
    };
}

} // namespace visgate::cli
