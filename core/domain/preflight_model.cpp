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
        if (error->code == ErrorCode::UnsupportedTask || error->code == ErrorCode::LanguageModel)
            return {good(u"model"_s, asked, facts.modelId), blocked(u"task"_s, asked, *error)};
        return {blocked(u"model"_s, asked, *error)};
    }
    if (!facts.model.succeeded())
        return {};
    const ModelSpec& found = facts.model.value();
    QList<PreflightLine> lines{good(u"model"_s, asked, found.mirrorNote.isEmpty() ? found.id : found.mirrorNote)};
    if (const auto task = chooseTask(found, facts.request.task, facts.request.target); !task)
        lines.append(blocked(u"task"_s, asked, task.error()));
    else
        lines.append(good(u"task"_s, asked));
    return lines;
}

} // namespace visgate::preflight
