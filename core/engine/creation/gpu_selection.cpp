// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/gpu_selection.h"

#include "core/base/settings.h"
#include "core/domain/gpu/memory_need.h"
#include "core/domain/gpu/placement.h"
#include "core/domain/warm/schedule.h"
#include "core/engine/money/pricing.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/volumes/kept_models.h"

#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kUntilAnswered = std::chrono::hours(1);

/// Why no pool of the offers will do.
Error nothingFits(const QList<GpuOffer>& offers, const QString& tier, double neededGb)
{
    const std::string needed = QString::number(neededGb, 'f', 0).toStdString();
    if (tier.isEmpty())
        return Error{ErrorCode::NoCapacity, "no GPU with " + needed + " GB is offered", 0, {}, {needed}};
    const double has = tierMemory(offers, tier, neededGb).memoryGb;
    return Error{
        ErrorCode::OutOfGpuMemory, tier.toStdString(), 0, {}, {needed, QString::number(has, 'f', 0).toStdString()}};
}

QString dollarsPerHour(double usd)
{
    return u"$%1/h"_s.arg(usd, 0, 'f', 2);
}

/// The offers that the plan may use.
QList<GpuOffer> offersOf(const GpuPlan& plan, const QList<GpuOffer>& offers)
{
    const QStringList pools = plan.pools();
    const QStringList excluded = plan.excludedTypeIds();
    QList<GpuOffer> used;
    for (const GpuOffer& offer : offers) {
        if (pools.contains(offer.pool) && !excluded.contains(offer.typeId))
            used.append(offer);
    }
    return used;
}

} // namespace

GpuSelection::GpuSelection(RunState& state, RunAccount& account, CreationPromise& promise)
    : m_state(state), m_account(account), m_promise(promise), m_context(state.context()), m_record(state.record())
{
}

Task<Pause> GpuSelection::select()
{
    Deployment& d = m_record.deployment;
    if (d.question)
        co_return kUntilAnswered;
    m_context.at("select_gpu.begin");
    auto offers = co_await m_context.facts.offers(m_account.ref());
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!offers)
        co_return m_state.retryOrFail(offers.error());
    // Where the places cannot be asked for, the provider chooses as it always may.
    auto places = co_await m_context.facts.dataCenters(m_account.ref());
    if (m_state.isInterrupted())
        co_return kAtOnce;
    m_state.clearTrouble();
    const QString tier = m_record.request.gpuTier;
    if (!tier.isEmpty() && !isKnownTier(*offers, tier))
        co_return m_state.failWith(Error{ErrorCode::InvalidRequest, "gpu_tier", 0, {}, {tier.toStdString()}});
    const GpuPlan plan
        = planFor(m_context, withoutPools(*offers, m_record.refusedPools), d.modelVramGb, m_record.request);
    if (plan.entries.isEmpty())
        co_return m_state.failWith(m_record.refusedPools.isEmpty()
                ? nothingFits(*offers, tier, d.modelVramGb)
                : Error{ErrorCode::NoCapacity, "no machine is free in any pool that fits", 0, {}, {}});
    if (!agreeOn(plan.pools(), plan.gpuNames(), plan.ceilingUsdPerHour()))
        co_return kUntilAnswered;
    if (const double monthly = plan.ceilingUsdPerHour() * d.limits.workersMin * kHoursPerMonth;
        monthly > m_record.acceptedUsdPerMonth * 1.01)
        co_return m_state.failWith(
            Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {QString::number(monthly, 'f', 2).toStdString()}},
            RunState::Remains::Nothing);
    d.gpuPlanned = plan.pools();
    m_record.gpuExcluded = plan.excludedTypeIds();
    m_record.usdPerHourCeiling = plan.ceilingUsdPerHour();
    m_record.planStock = bestStock(plan);
    for (const QString& name : plan.gpuNames())
        m_state.note(u"info"_s, u"Selected GPU: %1"_s.arg(name));
    place(plan, *offers, places.value_or(QList<DataCenter>()));
    co_return m_promise.make();
}

/// Puts the plan where the model, the bucket or the user is. After a refusal there, anywhere.
void GpuSelection::place(const GpuPlan& plan, const QList<GpuOffer>& offers, const QList<DataCenter>& dataCenters)
{
    Deployment& d = m_record.deployment;
    const SettingsTable& table = Settings::table();
    PlacementQuestion question;
    question.dataCenters = dataCenters;
    question.offers = offersOf(plan, offers);
    question.bucketRegion = d.target.isPractice() ? QString() : m_context.settings.value(table.storageRegion);
    question.userRegion = regionOfTimeZone(QTimeZone::systemTimeZoneId());
    question.asked = m_record.request.region;
    if (!m_record.anywhere)
        question.volumes = m_context.keptModels.volumesWith(d.target, d.modelId, d.revision);
    const Placement placement = placeEndpoint(question);
    const bool isFree = m_record.anywhere && question.asked.isEmpty();
    m_record.dataCenters = isFree ? QStringList() : placement.dataCenters();
    m_record.volumes.clear();
    for (const VolumeId& id : placement.volumes)
        m_record.volumes.append(QString::fromStdString(id.value()));
    d.regionReason = placementReason(isFree ? PlaceReason::ProviderChooses : placement.reason);
    if (!placement.note.isEmpty())
        m_state.note(u"warning"_s, placement.note);
    if (!m_record.dataCenters.isEmpty())
        m_state.note(u"info"_s, u"Placed in %1: %2"_s.arg(m_record.dataCenters.join(u", "_s), d.regionReason));
}

bool GpuSelection::chooseAnother()
{
    Deployment& d = m_record.deployment;
    for (const QString& pool : std::as_const(d.gpuPlanned)) {
        [[maybe_unused]] const auto kept
            = m_context.stored(m_context.placements.add({d.target, pool, d.id, m_context.now(), PoolOutcome::Refused}));
    }
    const bool isBound = !m_record.dataCenters.isEmpty() || !m_record.volumes.isEmpty();
    if (isBound && m_record.request.region.isEmpty() && !m_record.anywhere) {
        m_record.anywhere = true;
        m_state.note(
            u"warning"_s, u"No machine is free in %1; trying everywhere"_s.arg(m_record.dataCenters.join(u", "_s)));
    } else {
        if (!m_record.request.gpuTier.isEmpty())
            return false; // the user named the GPU: there is no other plan
        m_record.refusedPools.append(d.gpuPlanned);
        m_state.note(
            u"warning"_s, u"No machine is free in %1; looking for another plan"_s.arg(d.gpuPlanned.join(u", "_s)));
    }
    if (!m_state.moveTo(DeploymentStatus::SelectingGpu))
        return false;
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("plan_refused.committed");
    m_state.publish();
    return true;
}

bool GpuSelection::agreeOn(const QStringList& pools, const QStringList& gpuNames, double price)
{
    Deployment& d = m_record.deployment;
    const CreateRequest& seen = m_record.request;
    const bool isFirst = m_record.refusedPools.isEmpty();
    const double agreed = seen.acceptedUsdPerHour.value_or(
        isFirst ? std::numeric_limits<double>::infinity() : m_record.usdPerHourCeiling);
    const DeploymentQuestion question{pools, gpuNames, price, price - agreed, m_context.now()};
    const bool isOther = !seen.acceptedPools.isEmpty()
        && !std::all_of(
            pools.begin(), pools.end(), [&seen](const QString& pool) { return seen.acceptedPools.contains(pool); });
    const QString names = gpuNames.join(u", "_s);
    if (m_record.mayCostMore || (!question.isDearer() && !isOther)) {
        if (!isFirst)
            m_state.note(u"info"_s,
                u"Next plan: %1 at up to %2 (%3%4)"_s.arg(names, dollarsPerHour(price),
                    question.usdPerHourMore < 0.0 ? u"-"_s : u"+"_s,
                    dollarsPerHour(std::abs(question.usdPerHourMore))));
        return true;
    }
    if (question.isDearer())
        m_state.note(u"warning"_s,
            u"Next plan: %1 at up to %2, +%3 above the price agreed to; waiting for an answer"_s.arg(
                names, dollarsPerHour(price), dollarsPerHour(question.usdPerHourMore)));
    else
        m_state.note(u"warning"_s,
            u"Next plan: %1 at up to %2, other GPUs than those agreed to; waiting for an answer"_s.arg(
                names, dollarsPerHour(price)));
    d.question = question;
    d.waitingFor = u"answer"_s;
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("question.committed");
    m_state.publish();
    return false;
}

Result<void> GpuSelection::answer(bool accepted)
{
    Deployment& d = m_record.deployment;
    if (!d.question || !m_state.is(DeploymentStatus::SelectingGpu))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    const DeploymentQuestion question = *std::exchange(d.question, std::nullopt);
    d.waitingFor.clear();
    m_record.mayCostMore = m_record.mayCostMore || (accepted && question.isDearer());
    if (accepted && !m_record.request.acceptedPools.isEmpty())
        m_record.request.acceptedPools.append(question.pools);
    if (question.isDearer())
        m_state.note(u"info"_s, accepted ? u"The dearer plan was accepted"_s : u"The dearer plan was declined"_s);
    else
        m_state.note(u"info"_s, accepted ? u"The other plan was accepted"_s : u"The other plan was declined"_s);
    if (!accepted) {
        m_state.failWith(Error{ErrorCode::NoCapacity, "the plan was declined", 0, {}, {}}, RunState::Remains::Nothing);
        m_state.wake();
        return {};
    }
    if (auto saved = m_state.save(); !saved) {
        m_record = before;
        return saved;
    }
    m_state.publish();
    m_state.wake();
    return {};
}

Task<Result<double>> GpuSelection::usdPerHour()
{
    if (m_record.usdPerHourCeiling > 0.0)
        co_return double(m_record.usdPerHourCeiling);
    auto opened = co_await m_account.open(0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    auto offers = co_await m_context.facts.offers(m_account.ref());
    if (!offers)
        co_return fail(std::move(offers.error()));
    double dearest = 0.0;
    for (const GpuOffer& offer : *offers) {
        if (m_record.deployment.gpuPlanned.contains(offer.pool) && !m_record.gpuExcluded.contains(offer.typeId))
            dearest = std::max(dearest, offer.usdPerHour);
    }
    m_record.usdPerHourCeiling = dearest;
    co_return dearest;
}

} // namespace visgate
