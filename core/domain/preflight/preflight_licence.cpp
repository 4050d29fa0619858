// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isOfTheLicence(ErrorCode code)
{
    switch (code) {
    case ErrorCode::LicenceNotAccepted:
    case ErrorCode::LicencePending:
    case ErrorCode::LicenceRefused:
    case ErrorCode::TokenTooNarrow:
    case ErrorCode::TokenRejected:
    case ErrorCode::HubRefused:
        return true;
    default:
        return false;
    }
}

/// Whether it may be said to somebody whose token did not come along. The others are said of a token that did.
bool mayBeForWantOfAToken(ErrorCode code)
{
    return code == ErrorCode::LicenceNotAccepted || code == ErrorCode::TokenRejected || code == ErrorCode::HubRefused;
}

} // namespace

QList<PreflightLine> licence(const PreflightFacts& facts)
{
    const QString asked = u"auth-check"_s;
    if (facts.access.isLate())
        return {late(u"licence"_s, asked)};
    const ModelSpec* const known = facts.knownModel();
    const QString name = known ? known->licence : QString();
    if (const Error* const error = facts.access.error()) {
        // That there is no such model, or no network, stands in a line of its own.
        const Error* const ofModel = facts.model.error();
        if (!isOfTheLicence(error->code) || (ofModel && ofModel->code == error->code))
            return {};
        // A token that could not be read is not a token that is missing.
        const Error cause = facts.tokenProblem && mayBeForWantOfAToken(error->code) ? *facts.tokenProblem : *error;
        return {blocked(u"licence"_s, asked, cause, name)};
    }
    if (!facts.access.succeeded() || !known)
        return {};
    const bool isForbidden = known->terms.commercial == CommercialUse::Forbidden;
    if (isForbidden || !known->terms.excludedRegions.isEmpty()) {
        ModelSpec told = *known;
        told.gating = Gating::Open; // this token may have it
        return {warning(u"licence"_s, asked,
            licenceSentences(told).join(u' ') + (name.isEmpty() ? QString() : u" (%1)"_s.arg(name)))};
    }
    return {good(u"licence"_s, asked, name)};
}

} // namespace visgate::preflight
