// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Signatures and tokens stop working somewhere beyond this.
constexpr std::chrono::seconds kToleratedSkew{120};

bool isOfTheNetwork(const Error* error)
{
    return error
        && (error->code == ErrorCode::TlsFailed || error->code == ErrorCode::NetworkUnreachable
            || error->code == ErrorCode::NetworkTimeout);
}

} // namespace

bool isShownByConnection(const PreflightFacts& facts, const Error& error)
{
    if (!isOfTheNetwork(&error))
        return false;
    const Error* const provider = facts.endpoints.error();
    const Error& shown = isOfTheNetwork(provider) ? *provider : error;
    return shown.code == error.code && shown.arguments == error.arguments;
}

QList<PreflightLine> connection(const PreflightFacts& facts)
{
    const QString asked = u"GET /serverless"_s;
    QList<PreflightLine> lines;
    const Error* const provider = facts.endpoints.error();
    const Error* const hub = facts.model.error();
    if (isOfTheNetwork(provider))
        lines.append(blocked(u"connection"_s, asked, *provider));
    else if (isOfTheNetwork(hub))
        lines.append(blocked(u"connection"_s, u"GET /api/models"_s, *hub));
    else if (facts.isHere)
        return lines; // nothing of it goes over a network
    else if (facts.endpoints.isLate())
        lines.append(late(u"connection"_s, asked));
    else if (facts.endpoints.succeeded())
        lines.append(good(u"connection"_s, asked));
    if (facts.clockAhead && std::chrono::abs(*facts.clockAhead) > kToleratedSkew) {
        const std::string skew = std::to_string(minutes(std::chrono::abs(*facts.clockAhead)));
        lines.append(advice(u"clock"_s, u"Date header"_s, problem(ErrorCode::ClockWrong, {skew})));
    } else if (facts.clockAhead) {
        lines.append(good(u"clock"_s, u"Date header"_s));
    }
    return lines;
}

} // namespace visgate::preflight
