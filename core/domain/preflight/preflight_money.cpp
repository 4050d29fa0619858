// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<PreflightLine> bills(const PreflightFacts& facts)
{
    const QString asked = u"GET /billing/serverless"_s;
    if (facts.mayReadBills.isLate())
        return late(u"billing"_s, asked);
    const Error* const error = facts.mayReadBills.error();
    // A key without the right to read bills still deploys; the limits then go by estimates.
    if (error && error->code == ErrorCode::KeyLacksPermission)
        return warning(u"billing"_s, asked, {}, problem(ErrorCode::BillingUnreadable));
    if (facts.mayReadBills.succeeded())
        return good(u"billing"_s, asked);
    return std::nullopt;
}

std::optional<PreflightLine> credit(const PreflightFacts& facts)
{
    // Any refusal that speaks of money says it for certain, whichever call met it.
    for (const Error* error : {facts.mayCreate.error(), facts.endpoints.error(), facts.balance.error()}) {
        if (error && error->code == ErrorCode::NoCredit)
            return blocked(u"credit"_s, u"POST /serverless {}"_s, *error);
    }
    if (!facts.balance.succeeded())
        return std::nullopt; // not every account tells; nothing is made up
    const QString asked = u"account balance"_s;
    const KnownBalance& balance = facts.balance.value();
    if (balance.usd <= 0.0)
        return blocked(u"credit"_s, asked, problem(ErrorCode::NoCredit), dollars(facts, balance.usd));
    const double perHour = balance.usdPerHour + facts.plan.ceilingUsdPerHour();
    if (balance.usd < perHour) // less than an hour of what would run then
        return warning(u"credit"_s, asked,
            say(QT_TRANSLATE_NOOP("Preflight", "%1 left: less than an hour on this GPU"))
                .arg(dollars(facts, balance.usd)),
            problem(ErrorCode::NoCredit));
    return good(u"credit"_s, asked, dollars(facts, balance.usd));
}

} // namespace

QList<PreflightLine> money(const PreflightFacts& facts)
{
    QList<PreflightLine> lines;
    if (auto line = bills(facts))
        lines.append(std::move(*line));
    if (auto line = credit(facts))
        lines.append(std::move(*line));
    return lines;
}

} // namespace visgate::preflight
