// SPDX-License-Identifier: GPL-3.0-or-later
// On the way out: pause, resume, delete, and stopping what a failed start left behind. Each is done only when reading
// back shows it.
#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/spend_keeper.h"
#include "core/engine/run/endpoint_setup.h"
#include "core/engine/sessions/accounts.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int kLooksBeforeAgain = 20;
constexpr int kReadsBeforeDelete = 20;
constexpr int kGoneForSure = 5; ///< times in a row that the provider does not know the endpoint
constexpr std::chrono::seconds kIdleSlack{10};

} // namespace

/// Max 0 at the endpoint, and no worker left that could cost anything.
Task<Result<bool>> DeploymentRun::isStopped()
{
    const EndpointId id = m_record.deployment.endpointId;
    auto list = co_await m_account.provider()->workers(id, CallFor::Deployment);
    if (!list && isGone(list.error())) {
        m_context.spend->onEnded(m_record);
        co_return true;
    }
    if (!list)
        co_return fail(std::move(list.error()));
    if (m_state.isInterrupted())
        co_return false;
    WorkerCounts counts = list->counts;
    counts.min = m_record.deployment.workers.min;
    counts.max = m_record.deployment.workers.max;
    m_record.deployment.workers = counts;
    m_state.countCost(*list);
    if (counts.running + counts.initializing + counts.unhealthy > 0)
        co_return false;
    // An idle worker may still be in its billed idle time. One that stays beyond it is only remembered by the provider.
    const auto waited = m_context.config.clock->monotonic() - m_stopAskedAt;
    co_return counts.idle == 0 || waited > m_record.deployment.limits.idleTimeout * 2 + kIdleSlack;
}

Task<Pause> DeploymentRun::pauseEndpoint()
{
    Deployment& d = m_record.deployment;
    if (!mayFollow(d.status, DeploymentStatus::Paused)) {
        // It went on to a state without a pause while the wish was on its way.
        m_record.wish = Wish::Run;
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(ErrorCode::Conflict, toString(d.status).toStdString()));
        co_return kAtOnce;
    }
    if (m_context.sharing.isUsedElsewhere(d.endpointId, d.id)) {
        m_state.note(u"info"_s, u"Paused: the endpoint goes on, another deployment uses it"_s);
        co_return markPaused();
    }
    m_context.at("pause.begin");
    if (!m_sleepTaken) {
        auto scaled = co_await m_account.provider()->scale(d.endpointId, 0, 0, d.limits.idleTimeout);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!scaled)
            co_return m_state.retryOrFail(scaled.error());
        m_account.accept(*scaled);
        m_stopAskedAt = m_context.config.clock->monotonic();
        m_sleepTaken = true; // as long as nothing speaks against it, no look costs another
    }
    for (;;) {
        auto stopped = co_await isStopped();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!stopped)
            co_return m_state.retryOrFail(stopped.error());
        if (*stopped)
            break;
        m_state.publish();
        co_await m_state.pause(m_context.pace(d.target).confirm);
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    // The reply to the change told what was asked for; what holds is read.
    auto endpoint = co_await m_account.provider()->endpoint(d.endpointId);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint && !isGone(endpoint.error()))
        co_return m_state.retryOrFail(endpoint.error());
    if (endpoint && endpoint->workersMax > 0) {
        m_sleepTaken = false;
        co_return m_context.pace(d.target).confirm;
    }
    m_state.clearTrouble();
    m_state.note(u"info"_s, u"Paused: no worker runs"_s);
    co_return markPaused();
}

Pause DeploymentRun::markPaused()
{
    m_state.moveTo(DeploymentStatus::Paused);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("paused.committed");
    m_state.answerWaiting({});
    m_state.publish();
    return kAtOnce;
}

Task<Pause> DeploymentRun::resumeEndpoint()
{
    Deployment& d = m_record.deployment;
    m_context.at("resume.begin");
    d.limits = m_record.newLimits.value_or(d.limits);
    m_record.newLimits.reset();
    const EndpointLimits wanted = m_scaling.effective(d.limits);
    auto endpoint = co_await m_scaling.scale(wanted);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    // One 404 is no proof: the provider's own views of an endpoint disagree at times.
    const bool isGoneForSure = !endpoint && isGone(endpoint.error()) && m_state.failures() >= kGoneForSure;
    const bool mayPass = !endpoint && !isGoneForSure
        && (m_scaling.wasTaken() || isOfTheMoment(endpoint.error().code) || isGone(endpoint.error()));
    if (mayPass)
        co_return m_state.retryOrFail(endpoint.error());
    if (!endpoint && !isGone(endpoint.error())) {
        // A clear no, such as a full quota: it goes on sleeping, and whoever asked is told.
        m_context.accounts.noteRefusal(m_account.ref(), endpoint.error());
        m_state.note(u"warning"_s, u"The provider refused: %1"_s.arg(QString::fromStdString(endpoint.error().detail)));
        m_record.wish = m_state.is(DeploymentStatus::Paused) ? Wish::Pause : Wish::Run;
        m_record.wakesParked = false;
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(endpoint.error()));
        m_state.publish();
        co_return kAtOnce;
    }
    if (!endpoint) {
        m_state.note(u"warning"_s, u"the provider no longer has this endpoint"_s);
        m_state.answerWaiting(fail(endpoint.error()));
        m_record.wish = Wish::Delete;
        [[maybe_unused]] const auto saved = m_state.save();
        co_return kAtOnce;
    }
    if (endpoint->workersMax != wanted.workersMax)
        co_return m_context.pace(d.target).confirm;
    m_state.clearTrouble();
    m_account.accept(*endpoint);
    m_record.wakesParked = false;
    m_state.note(u"info"_s, u"Resumed"_s);
    m_state.moveTo(DeploymentStatus::Ready);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("resumed.committed");
    m_state.answerWaiting({});
    m_state.publish();
    co_return kAtOnce;
}

Task<Result<bool>> DeploymentRun::hasVanished()
{
    const EndpointId id = m_record.deployment.endpointId;
    auto endpoint = co_await m_account.provider()->endpoint(id);
    if (endpoint)
        co_return false;
    if (!isGone(endpoint.error()))
        co_return fail(std::move(endpoint.error()));
    if (m_state.isInterrupted())
        co_return false;
    auto list = co_await m_account.provider()->workers(id, CallFor::Deployment);
    if (!list && !isGone(list.error()))
        co_return fail(std::move(list.error()));
    if (list && !list->workers.isEmpty())
        co_return false;
    if (m_state.isInterrupted())
        co_return false;
    auto listed = co_await m_account.isListed();
    if (!listed)
        co_return fail(std::move(listed.error()));
    co_return !*listed;
}

/// It was found asleep and was being woken when nobody wanted it any more: it is left as it was found.
Task<Result<void>> DeploymentRun::putBackToSleep()
{
    const Deployment& d = m_record.deployment;
    const EndpointId id = m_record.waking;
    if (!m_context.sharing.isUsedElsewhere(id, d.id)) {
        auto asleep = co_await m_account.provider()->scale(id, 0, 0, d.limits.idleTimeout);
        if (!asleep && !isGone(asleep.error()))
            co_return fail(std::move(asleep.error()));
        if (m_state.isInterrupted())
            co_return Result<void>();
        auto endpoint = co_await m_account.provider()->endpoint(id);
        if (!endpoint && !isGone(endpoint.error()))
            co_return fail(std::move(endpoint.error()));
        if (endpoint && endpoint->workersMax > 0)
            co_return fail(ErrorCode::UnexpectedReply, "the endpoint is still awake");
        if (m_state.isInterrupted())
            co_return Result<void>();
        m_state.note(u"info"_s, u"The endpoint that was being woken sleeps again"_s);
    }
    m_record.waking = EndpointId();
    co_return m_context.stored(m_state.save());
}

Task<Pause> DeploymentRun::remove()
{
    Deployment& d = m_record.deployment;
    if (m_state.moveTo(DeploymentStatus::Deleting)) {
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.publish();
    }
    m_context.at("delete.begin");
    if (!m_record.waking.isEmpty()) {
        auto asleep = co_await putBackToSleep();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!asleep)
            co_return m_state.retryOrFail(asleep.error());
    }
    if (!m_state.hasEndpoint()) {
        // A create call may have arrived without its answer: the name tells.
        auto found = co_await m_account.findByName(d.endpointName);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!found)
            co_return m_state.retryOrFail(found.error());
        if (!*found || m_context.sharing.isShared((*found)->id, d.id))
            co_return finishRemoval();
        m_record.endpointForeign = isForeign(**found, m_context, m_record);
        if (m_record.endpointForeign)
            co_return finishRemoval(); // another computer's, of the same name: ours was never made
        d.endpointId = (*found)->id;
    }
    if (m_record.endpointForeign || m_context.sharing.isShared(d.endpointId, d.id)) {
        auto given = co_await m_pool.giveBack();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!given && !isGone(given.error()))
            co_return m_state.retryOrFail(given.error());
    }
    if (m_context.sharing.isShared(d.endpointId, d.id)) {
        if (!m_context.sharing.isUsedElsewhere(d.endpointId, d.id)) {
            // Those that are left are paused: nothing may run on its account any more.
            auto scaled = co_await m_account.provider()->scale(d.endpointId, 0, 0, d.limits.idleTimeout);
            if (m_state.isInterrupted())
                co_return kAtOnce;
            if (!scaled && !isGone(scaled.error()))
                co_return m_state.retryOrFail(scaled.error());
            if (scaled)
                m_context.sharing.shareEndpoint(*scaled, d.id);
        }
        m_state.note(u"info"_s, u"the endpoint stays: another deployment has it, too"_s);
        co_return finishRemoval();
    }
    if (m_record.endpointForeign) {
        m_state.note(u"info"_s, u"the endpoint stays: another program or computer made it"_s);
        co_return finishRemoval();
    }
    if (m_deleteTaken != d.endpointId) {
        auto deleted = co_await m_account.provider()->deleteEndpoint(d.endpointId);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!deleted && !isGone(deleted.error()))
            co_return m_state.retryOrFail(deleted.error());
        m_deleteTaken = d.endpointId; // as long as nothing speaks against it, no look costs another
    }
    for (int looks = 0;; ++looks) {
        if (looks == kLooksBeforeAgain) {
            m_deleteTaken = EndpointId(); // what said that there is nothing to delete may have been wrong
            co_return kAtOnce;
        }
        auto gone = co_await hasVanished();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!gone)
            co_return m_state.retryOrFail(gone.error());
        if (*gone)
            break;
        co_await m_state.pause(m_context.pace(d.target).confirm);
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    m_state.clearTrouble();
    co_await readBilling(); // the last word on what it cost; the deletion does not depend on it
    if (m_context.stopping)
        co_return kAtOnce;
    co_return finishRemoval();
}

Pause DeploymentRun::finishRemoval()
{
    Deployment& d = m_record.deployment;
    m_news.unfollow();
    m_state.moveTo(DeploymentStatus::Deleting);
    m_state.moveTo(DeploymentStatus::Deleted);
    d.deletedAt = m_context.now();
    d.workers = WorkerCounts();
    m_context.spend->onEnded(m_record);
    d.deleteAt.reset();
    m_record.containWhenFailed = false;
    m_state.note(u"info"_s, u"Deleted"_s);
    auto intent = m_context.intents.latest(d.id);
    if (intent && *intent && (*intent)->state == Intent::State::Open) {
        (*intent)->state = Intent::State::Abandoned;
        [[maybe_unused]] const auto closed = m_state.close(**intent);
    } else {
        [[maybe_unused]] const auto saved = m_state.save();
    }
    m_context.at("deleted.committed");
    m_state.jobs().onDeploymentEnded(d.id, std::nullopt);
    m_state.answerWaiting({});
    m_state.publish();
    return Pause();
}

/// A failed start must not go on billing: max 0, then no worker left; where workers stay, the endpoint goes.
Task<Pause> DeploymentRun::contain()
{
    Deployment& d = m_record.deployment;
    m_context.at("contain.begin");
    if (!m_record.waking.isEmpty()) {
        auto asleep = co_await putBackToSleep();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!asleep)
            co_return m_state.retryOrFail(asleep.error());
    }
    if (!m_state.hasEndpoint()) {
        auto found = co_await m_account.findByName(d.endpointName);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!found)
            co_return m_state.retryOrFail(found.error());
        if (*found)
            m_record.endpointForeign = isForeign(**found, m_context, m_record);
        if (*found && !m_record.endpointForeign)
            d.endpointId = (*found)->id;
    }
    if (m_state.hasEndpoint() && !m_context.sharing.isUsedElsewhere(d.endpointId, d.id)) {
        auto scaled = co_await m_account.provider()->scale(d.endpointId, 0, 0, d.limits.idleTimeout);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!scaled && !isGone(scaled.error()))
            co_return m_state.retryOrFail(scaled.error());
        if (scaled)
            m_account.accept(*scaled);
        m_stopAskedAt = m_context.config.clock->monotonic();
        bool isEmpty = false;
        for (int reads = 0; reads < kReadsBeforeDelete && !isEmpty; ++reads) {
            auto stopped = co_await isStopped();
            if (m_state.isInterrupted())
                co_return kAtOnce;
            if (!stopped)
                co_return m_state.retryOrFail(stopped.error());
            isEmpty = *stopped;
            if (isEmpty)
                break;
            co_await m_state.pause(m_context.pace(d.target).confirm);
            if (m_state.isInterrupted())
                co_return kAtOnce;
        }
        if (!isEmpty && (m_record.endpointForeign || m_context.sharing.isShared(d.endpointId, d.id)))
            co_return m_context.pace(d.target).retryHigh; // it is somebody's, too: stopped, but not deleted
        if (!isEmpty) {
            auto deleted = co_await m_account.provider()->deleteEndpoint(d.endpointId);
            if (m_state.isInterrupted())
                co_return kAtOnce;
            if (!deleted)
                co_return m_state.retryOrFail(deleted.error());
        }
    }
    m_state.clearTrouble();
    m_record.containWhenFailed = false;
    m_context.spend->onEnded(m_record);
    m_state.note(u"info"_s, u"Nothing is left running"_s);
    if (auto saved = m_state.save(); !saved)
        co_return m_context.pace(d.target).retryHigh;
    m_context.at("contained.committed");
    m_state.publish();
    co_return Pause();
}

/// What the provider has booked so far. A key that may not read bills changes nothing: the estimate stands.
Task<void> DeploymentRun::readBilling()
{
    [[maybe_unused]] auto read = co_await m_context.spend->readBills(m_record.deployment.target, CallFor::Deployment);
    if (!m_context.stopping)
        m_context.spend->refresh(m_record);
}

} // namespace visgate
