// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/deployment_handlers.h"

#include "core/domain/jobs/job_input.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/deployments/warm_search.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/engine/money/pricing.h"
#include "core/engine/money/spend_limits.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/sessions/create_request.h"
#include "core/foundation/ids.h"
#include "core/operations/handlers.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

constexpr std::chrono::hours kExecutionHere{6};

constexpr std::chrono::milliseconds kLogLook{50};
/// What whoever asks for a log waits for lines that are on their way.
constexpr int kMostLogLooks = 90;

template <typename T> bool isWithin(T value, T low, T high)
{
    return value >= low && value <= high;
}

Result<void> checkRequest(const CreateRequest& request)
{
    const EndpointLimits& limits = request.limits;
    if (!isWithin(limits.idleTimeout, seconds(1), seconds(3600)))
        return fail(invalidSetting("limits.idle_timeout_seconds"));
    if (!isWithin(limits.executionTimeout, seconds(5), seconds(604'800)))
        return fail(invalidSetting("limits.execution_timeout_seconds"));
    if (!isWithin(limits.initTimeout, seconds(1), seconds(86'400)))
        return fail(invalidSetting("limits.init_timeout_seconds"));
    if (!isWithin(limits.failureThreshold, 1, 100))
        return fail(invalidSetting("limits.failure_threshold"));
    if (!isWithin(limits.workersMax, 1, 60) || !isWithin(limits.workersMin, 0, limits.workersMax))
        return fail(invalidSetting("limits.workers"));
    // Its key is gone with this process; a worker that never leaves would then be out of anybody's reach.
    if (request.providerKey && limits.workersMin > 0)
        return fail(invalidSetting("limits.workers_min"));
    if (request.providerKey && request.pool.mode == PoolMode::AlwaysOn)
        return fail(invalidSetting("pool"));
    if (auto checked = checkPolicy(request.pool); !checked)
        return checked;
    // Billed day and night, whoever wrote the number: a recipe's author does not agree in its user's name.
    if ((request.pool.mode == PoolMode::AlwaysOn || limits.workersMin > 0) && !request.acceptedUsdPerMonth)
        return fail(ErrorCode::ConfirmationNeeded);
    if (request.providerKey && request.target != AccountId::runpod())
        return fail(invalidSetting("user_runpod_key"));
    auto checked = request.firstInput ? checkInput(*request.firstInput) : Result<void>();
    if (!checked)
        checked.error().detail.insert(0, "first_input.");
    return checked;
}

} // namespace

void DeploymentHandlers::addTo(Handlers& handlers)
{
    using Answer = DeploymentTable::Answer;
    handlers.add<CreateDeployment>([this](CreateDeployment op) { return create(std::move(op.request)); });
    handlers.add<ListDeployments>([this](ListDeployments op) { return list(std::move(op)); });
    handlers.add<GetDeployment>([this](GetDeployment op) { return deployment(std::move(op.id)); });
    handlers.add<DeleteDeployment>([this](DeleteDeployment op) {
        return m_table.setDesired(std::move(op.id), DesiredState::Delete, Answer::AtOnce);
    });
    handlers.add<PauseDeployment>([this](PauseDeployment op) {
        return m_table.setDesired(std::move(op.id), DesiredState::Pause, Answer::UntilSettled);
    });
    handlers.add<ResumeDeployment>([this](ResumeDeployment op) {
        return m_table.setDesired(std::move(op.id), DesiredState::Run, Answer::UntilSettled);
    });
    handlers.add<AnswerQuestion>([this](AnswerQuestion op) { return answer(std::move(op)); });
    handlers.add<WatchWorkers>([this](WatchWorkers op) { return watchWorkers(std::move(op.id)); });
    handlers.add<ReadLogs>([this](ReadLogs op) { return logs(std::move(op)); });
}

Task<Result<Deployment>> DeploymentHandlers::create(CreateRequest request)
{
    learnSecrets(*m_context.config.redactor, request);
    auto modelId = resolveModel(m_context.accounts.registry(), request);
    if (!modelId)
        co_return fail(std::move(modelId.error()));
    if (auto known = m_context.book.checkKnown(request.target); !known)
        co_return fail(std::move(known.error()));
    // A processor may take an hour for a picture, and nobody is paid for it: the usual limit is for rented GPUs.
    if (m_context.book.descriptor(request.target).isHere
        && request.limits.executionTimeout == EndpointLimits().executionTimeout)
        request.limits.executionTimeout = kExecutionHere;
    if (auto checked = checkRequest(request); !checked)
        co_return fail(std::move(checked.error()));
    const AccountRef account(
        request.target, request.providerKey ? QString::fromStdString(request.providerKey->sha256Hex()) : QString());
    if (auto refused = m_limits.refusal(account, {}))
        co_return fail(*std::move(refused));
    const auto preset = m_context.accounts.registry().preset(*modelId);
    Result<GenerationTask> task = GenerationTask::TextToImage;
    if (preset)
        task = chooseTask(*preset, request.task, request.target);
    if (!task)
        co_return fail(std::move(task.error()));
    if (workerImage(m_context, request.target).isEmpty())
        co_return fail(ErrorCode::WorkerImageMissing);
    if (m_context.book.descriptor(request.target).needsKey && !request.providerKey) {
        const auto key = co_await m_context.storedKeys.state(keyEntry(request.target));
        if (key.problem)
            co_return fail(*key.problem);
        if (!key.present)
            co_return fail(ErrorCode::KeyMissing);
    }
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    const auto warm = co_await m_warm.find(request, *modelId, preset);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);

    // From here to the first write nothing else gets a turn: two calls with one key cannot both be the first.
    auto earlier = earlierAnswer(request);
    if (!earlier)
        co_return fail(std::move(earlier.error()));
    if (*earlier)
        co_return **earlier;

    DeploymentRecord record;
    record.request = request;
    record.request.providerKey.reset();
    record.statusSince = m_context.now();
    Deployment& d = record.deployment;
    d.id = newDeploymentId(m_context.now());
    d.path = u"accepted_cold"_s;
    d.target = request.target;
    d.modelId = *modelId;
    d.revision = request.revision;
    d.gpuTier = request.gpuTier;
    d.limits = request.limits;
    d.createdAt = m_context.now();
    d.pool = request.pool;
    record.acceptedUsdPerMonth = request.acceptedUsdPerMonth.value_or(0.0);
    if (request.providerKey) {
        d.userHash = m_context.accounts.addGuest(request.target, request.providerKey); // known already
        d.keyFromRequest = true;
        m_table.wakeAll(); // those that waited for this key
    }
    if (preset) {
        d.task = *task;
        d.modelVramGb = plannedVramGb(*preset);
    }
    if (!request.idempotencyKey.isEmpty()) {
        const KeptAnswer answer{request.idempotencyKey, request.bodyDigest, d.id, d.createdAt};
        if (auto kept = m_context.stored(m_keptAnswers.keep(answer)); !kept)
            co_return fail(std::move(kept.error()));
    }
    if (auto saved = m_context.stored(m_context.deployments.save(record)); !saved)
        co_return fail(std::move(saved.error()));
    if (request.firstInput) {
        auto job = m_jobs.submit(d, *request.firstInput);
        if (!job)
            co_return fail(std::move(job.error()));
        d.firstJob = job->id;
        if (auto saved = m_context.stored(m_context.deployments.save(record)); !saved)
            co_return fail(std::move(saved.error()));
    }
    m_context.at("deployment.committed");
    DeploymentRun& owner = m_table.add(std::move(record));
    if (warm)
        owner.takeOver(warm->endpoint, warm->workers, warm->evidence);
    else
        m_context.publisher.publish(owner.shown());
    owner.start();
    co_return owner.shown();
}

Result<std::optional<Deployment>> DeploymentHandlers::earlierAnswer(const CreateRequest& request)
{
    if (request.idempotencyKey.isEmpty())
        return std::optional<Deployment>();
    const auto kept = m_keptAnswers.find(request.idempotencyKey, m_context.now());
    if (!kept)
        return fail(kept.error());
    if (!*kept)
        return std::optional<Deployment>();
    if ((*kept)->digest != request.bodyDigest)
        return fail(ErrorCode::Conflict, "Idempotency-Key: was used for another body");
    if (DeploymentRun* const owner = m_table.find((*kept)->deployment))
        return std::optional<Deployment>(owner->shown());
    auto record = m_context.deployments.find((*kept)->deployment);
    if (!record)
        return fail(std::move(record.error()));
    // None: the program ended between the two writes, so nothing was begun.
    return *record ? std::optional<Deployment>((*record)->deployment) : std::nullopt;
}

Task<Result<DeploymentPage>> DeploymentHandlers::list(ListDeployments op)
{
    auto page = m_context.deployments.page(op.limit, op.cursor, op.status);
    if (!page)
        co_return page;
    for (Deployment& deployment : page->deployments) {
        if (DeploymentRun* const owner = m_table.find(deployment.id))
            deployment = owner->shown();
    }
    co_return page;
}

Task<Result<Deployment>> DeploymentHandlers::deployment(DeploymentId id)
{
    co_return m_table.deployment(id);
}

Task<Result<Deployment>> DeploymentHandlers::answer(AnswerQuestion op)
{
    auto owner = m_table.living(op.id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (auto answered = (*owner)->answer(op.accepted); !answered)
        co_return fail(std::move(answered.error()));
    co_return (*owner)->shown();
}

Task<Result<void>> DeploymentHandlers::watchWorkers(DeploymentId id)
{
    if (DeploymentRun* const owner = m_table.find(id))
        owner->noteViewed();
    co_return {};
}

Task<Result<QList<LogLine>>> DeploymentHandlers::logs(ReadLogs op)
{
    auto known = m_table.deployment(op.id);
    if (!known)
        co_return fail(std::move(known.error()));
    // A new owner reads what came since the last one had gone.
    DeploymentRun* const owner = m_table.find(op.id);
    Waker look;
    for (int left = kMostLogLooks; left > 0 && owner && owner->isCatchingUpLogs() && !m_context.stopping; --left) {
        co_await look.pause(kLogLook);
    }
    co_return m_context.logs.read(op.id, op.since, op.limit, op.before);
}

} // namespace visgate
