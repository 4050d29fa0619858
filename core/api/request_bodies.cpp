// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/request_bodies.h"

#include "core/foundation/secret.h"
#include "core/foundation/worker_protocol/job_limits.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

constexpr qsizetype kMaxModelId = 256;
constexpr std::size_t kMaxKeyBytes = 4096;
constexpr qint64 kDay = 24 * 60 * 60;

void read(BodyReader& body, const QString& name, qint64 low, qint64 high, std::optional<int>& into)
{
    if (const auto value = body.integer(name, low, high))
        into = int(*value);
}

QString readPrompt(BodyReader& body, const QString& name)
{
    const QString text = body.text(name, 2 * job_limits::kLongestPrompt); // of UTF-16: one character may be two
    const job_limits::PromptCheck check = job_limits::checkPrompt(text.toStdString());
    if (check.problem != job_limits::PromptProblem::None && check.problem != job_limits::PromptProblem::Empty)
        body.refuse(name, QString::fromStdString(ruleOf(check)));
    return text;
}

JobInput readInput(BodyReader& body)
{
    JobInput input;
    using namespace job_limits;
    input.prompt = readPrompt(body, u"prompt"_s);
    input.negativePrompt = readPrompt(body, u"negative_prompt"_s);
    read(body, u"width"_s, kLeastPixels, kMostPixels, input.width);
    read(body, u"height"_s, kLeastPixels, kMostPixels, input.height);
    read(body, u"num_inference_steps"_s, kLeastSteps, kMostSteps, input.steps);
    input.guidance = body.number(u"guidance_scale"_s, kLeastGuidance, kMostGuidance);
    input.seed = body.integer(u"seed"_s, 0, kLargestSeed);
    input.count = int(body.integer(u"num_images"_s, 1, kMostPictures).value_or(1));
    return input;
}

JobInput readInnerInput(BodyReader& body, const QString& name)
{
    const auto object = body.object(name);
    if (!object)
        return {};
    BodyReader inner(*object, name + u'.');
    JobInput input = readInput(inner);
    if (!inner.has(u"prompt"_s))
        inner.refuse(u"prompt"_s, u"is missing"_s);
    body.adopt(inner);
    return input;
}

void read(BodyReader& body, const QString& name, qint64 low, seconds& into)
{
    if (const auto value = body.integer(name, low, kDay))
        into = seconds(*value);
}

EndpointLimits readLimits(BodyReader& body)
{
    EndpointLimits limits;
    const auto object = body.object(u"limits"_s);
    if (!object)
        return limits;
    BodyReader inner(*object, u"limits."_s);
    read(inner, u"idle_timeout_seconds"_s, 1, limits.idleTimeout);
    read(inner, u"execution_timeout_seconds"_s, 5, limits.executionTimeout);
    read(inner, u"init_timeout_seconds"_s, 30, limits.initTimeout);
    read(inner, u"worker_idle_timeout_seconds"_s, 1, limits.workerIdleTimeout);
    limits.failureThreshold = int(inner.integer(u"failure_threshold"_s, 1, 100).value_or(limits.failureThreshold));
    limits.workersMin = int(inner.integer(u"workers_min"_s, 0, 100).value_or(limits.workersMin));
    limits.workersMax = int(inner.integer(u"workers_max"_s, 1, 100).value_or(limits.workersMax));
    if (limits.workersMin > limits.workersMax)
        inner.refuse(u"workers_min"_s, u"is above workers_max"_s);
    body.adopt(inner);
    return limits;
}

std::shared_ptr<const Secret> readSecret(BodyReader& body, const QString& name)
{
    const QString value = body.text(name, 4096).trimmed();
    return value.isEmpty() ? nullptr : std::make_shared<const Secret>(value.toStdString());
}

} // namespace

PoolPolicy readPool(BodyReader& body)
{
    PoolPolicy policy;
    const QString mode = body.text(u"mode"_s);
    if (const auto known = poolModeFromString(mode))
        policy.mode = *known;
    else if (!mode.isEmpty())
        body.refuse(u"mode"_s, u"is none of on_demand, always_on, scheduled_warm"_s);
    policy.zone = body.text(u"zone"_s, 100);
    for (const QString& text : body.texts(u"windows"_s)) {
        const auto window = windowFromText(text);
        if (window)
            policy.windows.append(window->window);
        else
            body.refuse(u"windows"_s, QString::fromStdString(window.error().detail));
    }
    if (const QString until = body.text(u"keep_until"_s, 64); !until.isEmpty()) {
        TimePoint time;
        if (parseUtc(until.toStdString(), time))
            policy.keepUntil = time;
        else
            body.refuse(u"keep_until"_s, u"is not a time"_s);
    }
    if (auto checked = checkPolicy(policy); !checked)
        body.refuse(u"windows"_s, QString::fromStdString(checked.error().detail));
    return policy;
}

Result<CreateRequest> createRequestFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    CreateRequest request;
    request.modelId = body.text(u"hf_model_id"_s, kMaxModelId);
    request.modelName = body.text(u"model_name"_s, kMaxModelId);
    request.providerName = body.text(u"provider"_s, kMaxModelId);
    if (request.modelId.isEmpty() == request.modelName.isEmpty())
        body.refuse(u"hf_model_id"_s, u"exactly one of hf_model_id and model_name is needed"_s);
    if (const QString target = body.text(u"target"_s); !target.isEmpty()) {
        if (const auto known = accountIdFromString(target))
            request.target = *known;
        else
            body.refuse(u"target"_s, u"is none of runpod, practice"_s);
    }
    if (const QString task = body.text(u"task"_s); !task.isEmpty()) {
        request.task = generationTaskFromString(task);
        if (!request.task)
            body.refuse(u"task"_s, u"is not a known task"_s);
    }
    request.revision = body.text(u"revision"_s);
    request.gpuTier = body.text(u"gpu_tier"_s);
    request.region = body.text(u"region"_s);
    request.diskGb = int(body.integer(u"disk_gb"_s, 1, 4096).value_or(0));
    if (body.has(u"first_input"_s))
        request.firstInput = readInnerInput(body, u"first_input"_s);
    request.limits = readLimits(body);
    request.practiceSpeed = body.number(u"practice_speed"_s, 0.1, 10'000.0).value_or(0.0);
    request.force = body.flag(u"force"_s).value_or(false);
    if (const auto pool = body.object(u"pool"_s)) {
        BodyReader inner(*pool, u"pool."_s);
        request.pool = readPool(inner);
        body.adopt(inner);
    }
    request.acceptedUsdPerMonth = body.number(u"accepted_usd_per_month"_s, 0.0, 1e9);
    request.acceptedUsdPerHour = body.number(u"accepted_usd_per_hour"_s, 0.0, 1e6);
    request.acceptedPools = body.texts(u"accepted_pools"_s);
    request.providerKey = readSecret(body, u"user_runpod_key"_s);
    request.hubToken = readSecret(body, u"hf_token"_s);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return request;
}

Result<SubmitBody> submitFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    SubmitBody submit;
    submit.deployment = DeploymentId(body.text(u"deployment_id"_s).toStdString());
    if (submit.deployment.isEmpty())
        body.refuse(u"deployment_id"_s, u"is missing"_s);
    if (!body.has(u"input"_s))
        body.refuse(u"input"_s, u"is missing"_s);
    submit.input = readInnerInput(body, u"input"_s);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return submit;
}

Result<std::shared_ptr<const Secret>> providerKeyFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    if (body.text(u"target"_s) != toString(AccountId::runpod()))
        body.refuse(u"target"_s, u"must be runpod"_s);
    const QString key = body.text(u"key"_s, kMaxKeyBytes).trimmed();
    if (key.isEmpty())
        body.refuse(u"key"_s, u"is missing"_s);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return std::make_shared<const Secret>(key.toStdString());
}

} // namespace visgate
