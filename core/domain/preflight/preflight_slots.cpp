// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kSmallestQuota = 5;
constexpr qsizetype kNamed = 4; ///< holders of slots that are named

/// The quota grows with the balance (the provider's published steps).
int quotaFor(double balanceUsd)
{
    struct Step {
        double fromUsd;
        int workers;
    };
    constexpr std::array steps{
        Step{900, 60}, Step{700, 50}, Step{500, 40}, Step{300, 30}, Step{200, 20}, Step{100, 10}};
    for (const Step& step : steps) {
        if (balanceUsd >= step.fromUsd)
            return step.workers;
    }
    return kSmallestQuota;
}

QString holders(QList<SlotUse> uses)
{
    std::stable_sort(
        uses.begin(), uses.end(), [](const SlotUse& a, const SlotUse& b) { return a.workersMax > b.workersMax; });
    QStringList names;
    for (const SlotUse& use : std::as_const(uses)) {
        if (use.workersMax > 0 && names.size() < kNamed)
            names.append(u"%1 (%2)"_s.arg(use.endpointName).arg(use.workersMax));
    }
    return names.join(u", "_s);
}

} // namespace

QList<PreflightLine> workerSlots(const PreflightFacts& facts)
{
    const QString asked = u"GET /serverless"_s;
    if (facts.isHere || !facts.endpoints.succeeded())
        return {};
    int used = 0;
    for (const SlotUse& use : facts.endpoints.value())
        used += use.workersMax;
    std::optional<int> quota = facts.knownQuota;
    if (!quota && facts.balance.succeeded())
        quota = quotaFor(facts.balance.value().usd);
    const int most = quota.value_or(kSmallestQuota);
    QString detail = say(QT_TRANSLATE_NOOP("Preflight", "%1 of %2 in use")).arg(used).arg(most);
    if (used + facts.request.limits.workersMax <= most)
        return {good(u"quota"_s, asked, detail)};
    if (const QString names = holders(facts.endpoints.value()); !names.isEmpty())
        detail += u": "_s + names;
    const Error error = problem(ErrorCode::WorkerQuotaExceeded, {std::to_string(most)});
    // Without a refusal or a balance the real quota may be larger than the smallest one.
    return {quota ? blocked(u"quota"_s, asked, error, detail) : warning(u"quota"_s, asked, detail, error)};
}

} // namespace visgate::preflight
