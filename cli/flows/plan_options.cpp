// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/plan_options.h"

#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/domain/model/model.h"

#include <QFileInfo>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

QList<Option> planOptions()
{
    return {targetOption(),
        {.name = "gpu",
            .value = "NAME",
            .summary = QT_TRANSLATE_NOOP("Cli", "Only this GPU or pool, by its exact name (see: visgatectl gpus)"),
            .kind = ValueKind::Text},
        {.name = "region",
            .value = "PLACE",
            .summary = QT_TRANSLATE_NOOP("Cli", "Data center or region, such as EU-RO-1 or EUROPE"),
            .kind = ValueKind::Text},
        {.name = "disk",
            .value = "GB",
            .summary = QT_TRANSLATE_NOOP("Cli", "Disk of the worker (default: what the model needs)"),
            .kind = ValueKind::Integer,
            .low = 1,
            .high = 4096},
        {.name = "revision",
            .value = "REV",
            .summary = QT_TRANSLATE_NOOP("Cli", "Branch, tag or commit of the model"),
            .kind = ValueKind::Text}};
}

CreateRequest plannedRequest(Context& context)
{
    const Invocation& line = context.line;
    CreateRequest request;
    // "org/name" and hub links have a slash; anything else is a short name such as "flux-schnell". A folder of this
    // computer is told by its beginning: "/home/me/model", "./model".
    QString model = line.arguments.first();
    if (model.startsWith("./"_L1) || model.startsWith("../"_L1))
        model = QFileInfo(model).absoluteFilePath();
    (model.contains(u'/') || isModelFolder(model) ? request.modelId : request.modelName) = model;
    request.target = targetOf(context);
    request.gpuTier = line.text("gpu");
    request.region = line.text("region");
    request.diskGb = static_cast<int>(line.integer("disk", 0));
    request.revision = line.text("revision");
    return request;
}

} // namespace visgate::cli
