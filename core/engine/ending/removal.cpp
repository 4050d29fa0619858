// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ending/removal.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/bill_reader.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/run/endpoint_setup.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLooksBeforeAgain = 20;
constexpr int kReadsBeforeDelete = 20;

} // namespace

Removal::Removal(RunState& state, RunAccount& account, EndpointSleep& sleep, WarmPool& pool)
    : m_state(state), m_account(account), m_sleep(sleep), m_pool(pool), m_context(state.context()),
      m_record(state.record())
{
}

Task<Result<bool>> Removal::hasVanished()
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
Task<Result<void>> Removal::putBackToSleep()
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

Task<Pause> Removal::remove()
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
            co_return finish();
        m_record.endpointForeign = isForeign(**found, m_context, m_record);
        if (m_record.endpointForeign)
            co_return finish(); // another computer's, of the same name: ours was never made
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
        const Pause pause = co_await leaveToOthers();
        co_return pause;
    }
    if (m_record.endpointForeign) {
        m_state.note(u"info"_s, u"the endpoint stays: another program or computer made it"_s);
        co_return finish();
    }
    const Pause pause = co_await deleteOwn();
    co_return pause;
}

Task<Pause> Removal::leaveToOthers()
{
    const Deployment& d = m_record.deployment;
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
    co_return finish();
}

Task<Pause> Removal::deleteOwn()
{
    const Deployment& d = m_record.deployment;
    if (m_taken != d.endpointId) {
        auto deleted = co_await m_account.provider()->deleteEndpoint(d.endpointId);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!deleted && !isGone(deleted.error()))
            co_return m_state.retryOrFail(deleted.error());
        m_taken = d.endpointId; // as long as nothing speaks against it, no look costs another
    }
    for (int looks = 0;; ++looks) {
        if (looks == kLooksBeforeAgain) {
            m_taken = EndpointId(); // what said that there is nothing to delete may have been wrong
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
    co_return finish();
}

Pause Removal::finish()
{
    Deployment& d = m_record.deployment;
    m_state.unfollow();
    m_state.moveTo(DeploymentStatus::Deleting);
    m_state.moveTo(DeploymentStatus::Deleted);
    d.deletedAt = m_context.now();
    d.workers = WorkerCounts();
    m_state.noteNothingLeft();
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

Task<Pause> Removal::stopWhatRemains()
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
        const Pause pause = co_await emptyOrDelete();
        co_return pause;
    }
    co_return markStopped();
}

Task<Pause> Removal::emptyOrDelete()
{
    const Deployment& d = m_record.deployment;
    auto asked = co_await m_sleep.ask();
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!asked && !isGone(asked.error()))
        co_return m_state.retryOrFail(asked.error());
    bool isEmpty = false;
    for (int reads = 0; reads < kReadsBeforeDelete && !isEmpty; ++reads) {
        auto stopped = co_await m_sleep.isStopped();
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
    co_return markStopped();
}

Pause Removal::markStopped()
{
    m_state.clearTrouble();
    m_record.containWhenFailed = false;
    m_state.noteNothingLeft();
    m_state.note(u"info"_s, u"Nothing is left running"_s);
    if (auto saved = m_state.save(); !saved)
        return m_context.pace(m_record.deployment.target).retryHigh;
    m_context.at("contained.committed");
    m_state.publish();
    return Pause();
}

/// What the provider has booked so far. A key that may not read bills changes nothing: the estimate stands.
Task<void> Removal::readBilling()
{
    [[maybe_unused]] auto read = co_await m_context.bills->read(m_record.deployment.target, CallFor::Deployment);
    if (!m_context.stopping)
        m_context.spend->refresh(m_record);
}

} // namespace visgate
