// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

QList<PreflightLine> model(const PreflightFacts& facts)
{
    const QString asked = u"GET /api/models"_s;
    if (facts.model.isLate())
        return {late(u"model"_s, asked)};
    if (const Error* const error = facts.model.error()) {
        // The model is there; it only does something else.
        if (error->code == ErrorCode::UnsupportedTask)
            return {good(u"model"_s, asked, facts.modelId), blocked(u"task"_s, asked, *error)};
        return {blocked(u"model"_s, asked, *error)};
    }
    if (!facts.model.succeeded())
        return {};
    const ModelSpec& found = facts.model.value();
    QList<PreflightLine> lines{good(u"model"_s, asked, found.mirrorNote.isEmpty() ? found.id : found.mirrorNote)};
    const auto& wanted = facts.request.task;
    if (found.tasks.isEmpty() || (wanted && !found.tasks.contains(*wanted)))
        lines.append(blocked(u"task"_s, asked, problem(ErrorCode::UnsupportedTask, {facts.modelId.toStdString()})));
    else
        lines.append(good(u"task"_s, asked));
    return lines;
}

} // namespace visgate::preflight
