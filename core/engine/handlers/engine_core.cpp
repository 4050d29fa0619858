// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/engine_core.h"

#include "core/domain/jobs/job_input.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/foundation/file_error.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kSnapshotEvery{50};

} // namespace

EngineCore::EngineCore(EngineConfig config)
    : m_config(std::move(config)), m_snapshot(std::make_shared<EngineSnapshot>())
{
    m_publishing.setSingleShot(true);
    connect(&m_publishing, &QTimer::timeout, this, &EngineCore::publishSnapshot);
    handleDeployments();
    handleLifecycle();
    handleWarm();
    handleLogs();
    handleJobs();
    handleCatalogue();
    handlePreflight();
    handleKeys();
    handleAccounts();
    handleMoney();
    handleVolumes();
    handleStorage();
    handleLatency();
}

EngineCore::~EngineCore() = default;

Task<Result<void>> EngineCore::start()
{
    if (auto opened = openStore(); !opened) {
        finishStart(opened);
        co_return opened;
    }
    Result<void> outcome = takeUpDeployments();
    finishStart(outcome);
    co_return outcome;
}

Result<void> EngineCore::openStore()
{
    const Paths paths{m_config.dataFolder, {}, {}};
    for (const QString& folder : {paths.data, paths.logs(), paths.pictures()}) {
        if (auto made = makePrivateFolder(folder); !made)
            return made;
    }
    auto database = Database::open(paths.database());
    if (!database)
        return fail(std::move(database.error()));
    m_parts = std::make_unique<Parts>(m_config, m_scope, static_cast<Publisher&>(*this), std::move(*database));
    m_context = &m_parts->context;
    for (const Target target : {Target::Practice, Target::Runpod})
        m_parts->watches.of(target).onListChanged([this] { Q_EMIT endpointsChanged(); });
    m_parts->logs.onAppended(
        [this](const DeploymentId& id, const QList<LogLine>& lines) { Q_EMIT logAppended(id, lines); });
    JobRunner::Hooks hooks;
    hooks.endpointOf = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        return owner ? owner->jobEndpoint() : EndpointId();
    };
    hooks.accountOf = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        return owner ? owner->account() : AccountRef(Target::Runpod);
    };
    hooks.isReachable = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        return owner && m_parts->accounts.isOpen(owner->account())
            && m_parts->accounts.userHash(owner->account()) == owner->record().deployment.userHash;
    };
    hooks.executionTimeoutOf = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        return (owner ? owner->record().deployment.limits : EndpointLimits()).executionTimeout;
    };
    hooks.usdPerHourOf = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        if (!owner)
            return 0.0;
        return m_parts->spend.usdPerHourOf(owner->record());
    };
    hooks.extraJobsOf = [this](const DeploymentId& id) {
        DeploymentRun* const owner = run(id);
        return owner ? owner->record().holdJobs + (owner->record().warmUpJob.isEmpty() ? 0 : 1) : 0;
    };
    hooks.changed = [this](const Job& job) {
        if (DeploymentRun* const owner = run(job.deployment))
            owner->onJob(job);
    };
    m_parts->jobs.setHooks(std::move(hooks));
    hookSpend();
    return {};
}

Result<void> EngineCore::takeUpDeployments()
{
    auto records = m_parts->deployments.allBut(DeploymentStatus::Deleted);
    if (!records)
        return fail(std::move(records.error()));
    for (DeploymentRecord& record : *records) {
        m_parts->spend.refresh(record); // until the first look, what was known last
        addRun(std::move(record));
    }
    auto jobs = m_parts->jobs.takeUp([this](const DeploymentId& id) -> std::optional<Deployment> {
        DeploymentRun* const owner = run(id);
        return owner ? std::optional(owner->record().deployment) : std::nullopt;
    });
    if (!jobs)
        return jobs;
    for (const auto& [id, owner] : m_runs)
        m_unpublished.insert(QString::fromStdString(id.value()), owner->shown());
    publishSnapshot();
    takeUpStop();
    for (const auto& [id, owner] : m_runs) {
        publish(owner->shown());
        owner->start();
    }
    // What was spent before this start counts as well.
    for (const Target target : {Target::Practice, Target::Runpod})
        m_parts->spend.checkLimits(target, SpendKeeper::Which::All);
    m_scope.add(watchMoney());
    m_scope.add(settlePurchases());
    if (auto filling = m_parts->filler.takeUp(); !filling)
        return filling;
    m_scope.add(settleChanges()); // after it: what is to be deleted is filled no further
    return {};
}

void EngineCore::finishStart(Result<void> outcome)
{
    logTo(m_config.log.engine, outcome ? LogLevel::Info : LogLevel::Error, [&] {
        return outcome ? "takes up " + std::to_string(m_runs.size()) + " deployments"
                       : "cannot start: " + std::string(toString(outcome.error().code)) + " " + outcome.error().detail;
    });
    m_started = std::move(outcome);
    for (const auto& ready : std::exchange(m_waitingForStart, {}))
        ready(*m_started);
}

void EngineCore::whenStarted(std::function<void(const Result<void>&)> ready)
{
    if (m_started)
        ready(*m_started);
    else
        m_waitingForStart.push_back(std::move(ready));
}

DeploymentRun* EngineCore::run(const DeploymentId& id)
{
    const auto found = m_runs.find(id);
    return found == m_runs.end() ? nullptr : found->second.get();
}

DeploymentRun& EngineCore::addRun(DeploymentRecord record)
{
    const DeploymentId id = record.deployment.id;
    auto made = std::make_unique<DeploymentRun>(*m_context, m_parts->jobs, std::move(record));
    return *m_runs.insert_or_assign(id, std::move(made)).first->second;
}

void EngineCore::publish(const Deployment& deployment)
{
    const QString id = QString::fromStdString(deployment.id.value());
    const bool isNew = !m_snapshot->deployments.contains(id);
    m_unpublished.insert(id, deployment);
    // One new snapshot for all that changes at about the same time; what has just been made is there at once.
    if (isNew)
        publishSnapshot();
    else if (!m_publishing.isActive())
        m_publishing.start(kSnapshotEvery);
    Deployment change = deployment;
    change.logs.clear(); // hundreds of lines with each change: who shows them asks, or follows the log
    Q_EMIT deploymentChanged(change);
}

void EngineCore::publishSnapshot()
{
    if (!m_context || m_unpublished.isEmpty())
        return;
    auto next = std::make_shared<EngineSnapshot>(*m_snapshot);
    const auto changed = std::exchange(m_unpublished, {});
    for (auto deployment = changed.cbegin(); deployment != changed.cend(); ++deployment) {
        if (deployment->status == DeploymentStatus::Deleted)
            next->deployments.remove(deployment.key());
        else
            next->deployments.insert(deployment.key(), *deployment);
    }
    next->at = m_context->now();
    const std::lock_guard lock(m_snapshotMutex);
    m_snapshot = std::move(next);
}

std::shared_ptr<const EngineSnapshot> EngineCore::snapshot() const
{
    const std::lock_guard lock(m_snapshotMutex);
    return m_snapshot;
}

void EngineCore::wakeAll()
{
    for (const auto& [id, owner] : m_runs)
        owner->wake();
}

Task<Result<DeploymentPage>> EngineCore::listDeployments(
    int limit, QString cursor, std::optional<DeploymentStatus> status)
{
    auto page = m_parts->deployments.page(limit, cursor, status);
    if (!page)
        co_return page;
    for (Deployment& deployment : page->deployments) {
        if (DeploymentRun* const owner = run(deployment.id))
            deployment = owner->shown();
    }
    co_return page;
}

Task<Result<Deployment>> EngineCore::deployment(DeploymentId id)
{
    if (DeploymentRun* const owner = run(id))
        co_return owner->shown();
    auto record = m_parts->deployments.find(id);
    if (!record)
        co_return fail(std::move(record.error()));
    if (!*record)
        co_return fail(Error{ErrorCode::NotFound, id.value(), 0, {}, {id.value()}});
    co_return std::move((*record)->deployment);
}

Task<Result<void>> EngineCore::setWish(DeploymentId id, Wish wish, bool wait)
{
    DeploymentRun* const owner = run(id);
    if (!owner) {
        auto known = co_await deployment(id);
        if (!known)
            co_return fail(std::move(known.error()));
        // Deleted before this program's start: deleting again is no mistake, the rest is.
        if (wish == Wish::Delete)
            co_return Result<void>();
        co_return fail(ErrorCode::Conflict, toString(known->status).toStdString());
    }
    if (wish == Wish::Run) {
        if (auto checked = checkSpend(owner->keyAccount(), id); !checked)
            co_return checked;
    }
    auto wished = owner->setWish(wish);
    if (!wished || !wait)
        co_return wished;
    const QFuture<Result<void>> settled = owner->whenSettled();
    auto outcome = co_await settled;
    co_return outcome;
}

} // namespace visgate
