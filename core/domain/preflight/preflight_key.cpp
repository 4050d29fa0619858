// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

QList<PreflightLine> keychain(const PreflightFacts& facts)
{
    const QString asked = u"this computer"_s;
    if (!facts.keepsKeys || !facts.keychain.asked)
        return {};
    if (facts.keychain.isLate())
        return {late(u"keychain"_s, asked)};
    const EngineHealth& health = facts.keychain.value();
    if (!health.secretsProblem)
        return {good(u"keychain"_s, asked, health.secretBackend)};
    // Without a key that is at hand, the line about the key says it.
    if (facts.account.error() && facts.account.error()->code == health.secretsProblem->code)
        return {};
    return {warning(u"keychain"_s, asked, say(QT_TRANSLATE_NOOP("Preflight", "Keys are kept for this session only")),
        health.secretsProblem)};
}

QList<PreflightLine> key(const PreflightFacts& facts)
{
    if (facts.isHere)
        return {}; // no account
    const QString list = u"GET /serverless"_s;
    const QString probe = u"POST /serverless {}"_s;
    if (facts.account.isLate())
        return {late(u"key"_s, u"keychain"_s)};
    if (const Error* const error = facts.account.error())
        return {blocked(u"key"_s, u"keychain"_s, *error)};
    if (facts.endpoints.isLate())
        return {late(u"key"_s, list)};
    if (const Error* const error = facts.endpoints.error()) {
        const bool isOfTheKey = error->code == ErrorCode::KeyRejected || error->code == ErrorCode::KeyLacksPermission;
        const bool isShownAlready = error->code == ErrorCode::TlsFailed || error->code == ErrorCode::NetworkUnreachable
            || error->code == ErrorCode::NetworkTimeout;
        if (isShownAlready)
            return {};
        return {isOfTheKey ? blocked(u"key"_s, list, *error)
                           : blocked(u"key"_s, list, *error, QString::fromStdString(error->detail))};
    }
    if (!facts.endpoints.succeeded())
        return {};
    const Error* const refused = facts.mayCreate.error();
    if (refused && refused->code != ErrorCode::NoCredit && refused->code != ErrorCode::WorkerQuotaExceeded)
        return {blocked(u"key"_s, probe, *refused)};
    if (facts.mayCreate.isLate())
        return {late(u"key"_s, probe)};
    return {good(u"key"_s, list, say(QT_TRANSLATE_NOOP("Preflight", "The key works and may create")))};
}

} // namespace visgate::preflight
