// SPDX-License-Identifier: GPL-3.0-or-later
// What only this computer is asked: whether there is anything on it that can run the model.
#include "core/domain/model/demo_model.h"
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

QList<PreflightLine> here(const PreflightFacts& facts)
{
    if (!facts.isHere)
        return {};
    const QString asked = u"this computer"_s;
    if (const Error* const error = facts.endpoints.error())
        return {blocked(u"here"_s, asked, *error)};
    if (const Error* const error = facts.runs.error())
        return {blocked(u"here"_s, asked, *error)};
    if (facts.runs.isLate())
        return {late(u"here"_s, asked)};
    if (!facts.runs.succeeded())
        return {};
    return {good(u"here"_s, asked,
        isDemoModel(facts.modelId) ? say(QT_TRANSLATE_NOOP("Preflight", "The demo model comes with Visgate"))
                                   : say(QT_TRANSLATE_NOOP("Preflight", "Real models can be run")))};
}

} // namespace visgate::preflight
