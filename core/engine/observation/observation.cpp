// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/observation.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/jobs/job_runner.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject debugInput()
{
    return {{u"debug"_s, true}};
}

} // namespace

Observation::Observation(
    RunState& state, RunAccount& account, StartProgress& start, EndpointCheck& check, AccountNews& news)
    : m_state(state), m_account(account), m_start(start), m_check(check), m_news(news), m_context(state.context()),
      m_record(state.record())
{
}

Task<Pause> Observation::observeStart()
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    const Deployment before = d;
    m_news.follow();
    if (!std::exchange(m_areTwinsRemoved, true)) {
        co_await removeTwins();
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    m_state.jobs().onEndpointChanged(d.id);
    m_start.beginOnce();
    if (needsWarmUp()) {
        auto warmed = co_await warmUp();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!warmed)
            co_return m_state.retryOrFail(warmed.error());
        m_state.clearTrouble();
    }
    if (m_check.isDemanded()) {
        const Pause pause = co_await m_check.check();
        if (m_state.isInterrupted() || !pause || m_state.is(Failed))
            co_return pause;
    }
    m_start.judge();
    if (m_state.is(Failed))
        co_return kAtOnce;
    if (m_state.status() != before.status) {
        [[maybe_unused]] const auto saved = m_state.save();
        m_context.at("observed.committed");
    }
    m_state.publish();
    co_return m_state.is(Ready) ? kAtOnce : m_context.pace(d.target).observe;
}

/// Two endpoints of one name can only come from a create call that was repeated after its answer was lost; the one that
/// is not in the record goes.
Task<void> Observation::removeTwins()
{
    const Deployment& d = m_record.deployment;
    if (m_record.endpointForeign)
        co_return; // others may call several of theirs alike
    const EndpointId own = d.endpointId;
    const QString name = d.endpointName;
    auto list = co_await m_account.list();
    if (!list || m_state.isInterrupted())
        co_return;
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name != name || endpoint.id == own
            || m_context.sharing.isShared(endpoint.id, m_record.deployment.id))
            continue;
        m_state.note(u"warning"_s, u"removing a second endpoint of the same name"_s);
        [[maybe_unused]] auto removed = co_await m_account.provider()->deleteEndpoint(endpoint.id);
        if (m_state.isInterrupted())
            co_return;
    }
}

/// Whether nothing that is under way will show that it works. A first picture that was finished just before the last
/// run of the program ended shows it, too.
bool Observation::needsWarmUp()
{
    const Deployment& d = m_record.deployment;
    if (!m_state.readyEvidence().isEmpty() || m_state.jobs().hasUnfinished(d.id))
        return false;
    const auto first = m_state.jobs().job(d.firstJob);
    if (first && first->status == JobStatus::Completed) {
        m_state.noteReady(u"its first picture was made"_s);
        return false;
    }
    return true;
}

/// Without a first picture nothing would ever wake a worker: a debug job does, and its answer proves that it loads.
Task<Result<void>> Observation::warmUp()
{
    const Deployment& d = m_record.deployment;
    const EndpointId endpoint = d.endpointId;
    if (m_record.warmUpJob.isEmpty()) {
        auto job = co_await m_account.provider()->submitJob(endpoint, debugInput(), d.limits.executionTimeout);
        if (!job)
            co_return fail(std::move(job.error()));
        m_record.warmUpJob = *job;
        [[maybe_unused]] const auto saved = m_state.save();
        m_context.at("warm_up.committed");
        co_return Result<void>();
    }
    auto job = co_await m_account.provider()->job(endpoint, m_record.warmUpJob);
    if (!job && isGone(job.error())) {
        // Said again and again it is expired or purged, and asked once more; said once it is nothing.
        if (++m_warmUpDenials < kBelievedDenials)
            co_return Result<void>();
        m_warmUpDenials = 0;
        m_record.warmUpJob = ProviderJobId();
        co_return Result<void>();
    }
    m_warmUpDenials = 0;
    if (!job)
        co_return fail(std::move(job.error()));
    if (job->status == JobStatus::Completed)
        m_state.noteReady(u"the worker answered a debug job"_s);
    else if (isFinished(job->status))
        m_record.warmUpJob = ProviderJobId();
    co_return Result<void>();
}

Task<Pause> Observation::watch()
{
    m_news.follow();
    if (!m_check.isDemanded())
        co_return kUntilWoken;
    const Pause pause = co_await m_check.check();
    co_return pause;
}

} // namespace visgate
