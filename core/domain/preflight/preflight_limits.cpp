// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

#include <algorithm>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

/// Expectations are rough: a limit is called impossible only this far below them.
constexpr int kCertainly = 3;
/// What is advised leaves as much room again.
constexpr int kRoom = 2;

PreflightLine tooShort(const QString& id, ErrorCode code, const PreflightFacts& facts, seconds limit, seconds expected)
{
    const seconds advised = seconds(60 * minutes(expected * kRoom));
    const Error error = problem(code,
        {std::to_string(minutes(limit)), std::to_string(minutes(advised)),
            dollars(facts, costOf(advised, facts.plan)).toStdString()});
    const QString asked = u"estimate"_s;
    const QString detail = say(QT_TRANSLATE_NOOP("Preflight", "about %1 min expected")).arg(minutes(expected));
    return limit * kCertainly < expected ? advice(id, asked, error, detail) : warning(id, asked, detail, error);
}

} // namespace

QList<PreflightLine> limits(const PreflightFacts& facts)
{
    QList<PreflightLine> lines;
    const EndpointLimits& limits = facts.request.limits;
    if (facts.coldStart && !facts.modelIsCached && limits.initTimeout < *facts.coldStart)
        lines.append(
            tooShort(u"start_limit"_s, ErrorCode::StartLimitTooShort, facts, limits.initTimeout, *facts.coldStart));
    if (facts.picture) {
        const int count = facts.request.firstInput ? std::max(1, facts.request.firstInput->count) : 1;
        const seconds run = *facts.picture * count;
        if (limits.executionTimeout < run)
            lines.append(tooShort(u"time_limit"_s, ErrorCode::TimeLimitTooShort, facts, limits.executionTimeout, run));
    }
    return lines;
}

} // namespace visgate::preflight
