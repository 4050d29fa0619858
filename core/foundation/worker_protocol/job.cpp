// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/job.h"

#include "core/foundation/json/json_read.h"

#include <algorithm>
#include <array>
#include <utility>

namespace visgate::queue {
namespace {

using json::Json;
using std::chrono::milliseconds;

struct StateName {
    JobState state;
    std::string_view text;
};
constexpr std::array kStates{StateName{JobState::InQueue, "IN_QUEUE"}, StateName{JobState::InProgress, "IN_PROGRESS"},
    StateName{JobState::Completed, "COMPLETED"}, StateName{JobState::Failed, "FAILED"},
    StateName{JobState::Cancelled, "CANCELLED"}, StateName{JobState::TimedOut, "TIMED_OUT"}};

std::optional<milliseconds> duration(const Json& object, const char* name)
{
    const auto value = json::integer(object, name);
    return value ? std::optional(milliseconds(*value)) : std::nullopt;
}

Result<JobPolicy> readPolicy(const Json& object)
{
    JobPolicy policy;
    const Json* const value = json::find(object, "policy");
    if (value == nullptr || value->is_null())
        return policy;
    if (!value->is_object())
        return fail(ErrorCode::InvalidRequest, "policy");
    for (const char* const name : {"executionTimeout", "ttl"}) {
        const Json* const limit = json::find(*value, name);
        if (limit != nullptr && !limit->is_null() && duration(*value, name).value_or(milliseconds(-1)).count() < 0)
            return fail(ErrorCode::InvalidRequest, std::string("policy.") + name);
    }
    policy.executionTimeout = duration(*value, "executionTimeout");
    policy.ttl = duration(*value, "ttl");
    const Json* const priority = json::find(*value, "lowPriority");
    policy.isLowPriority = priority != nullptr && priority->is_boolean() && priority->get<bool>();
    return policy;
}

Json writePolicy(const JobPolicy& policy)
{
    Json object = Json::object();
    if (policy.executionTimeout)
        object["executionTimeout"] = policy.executionTimeout->count();
    if (policy.ttl)
        object["ttl"] = policy.ttl->count();
    if (policy.isLowPriority)
        object["lowPriority"] = true;
    return object;
}

void putIf(Json& object, const char* name, const std::string& value)
{
    if (!value.empty())
        object[name] = value;
}

} // namespace

Result<JobRequest> parseJobRequest(std::string_view text)
{
    std::optional<Json> object = json::parseObject(text);
    if (!object)
        return fail(ErrorCode::InvalidRequest, "the body is not a JSON object");
    const Json* const input = json::find(*object, "input");
    if (input == nullptr || !input->is_object())
        return fail(ErrorCode::InvalidRequest, "input");
    auto policy = readPolicy(*object);
    if (!policy)
        return tl::unexpected(policy.error());
    JobRequest request;
    request.id = ProviderJobId(json::text(*object, "id"));
    request.input = json::dump(*input);
    request.webhook = json::text(*object, "webhook");
    request.policy = *policy;
    if (const Json* const s3 = json::find(*object, "s3Config"); s3 != nullptr && s3->is_object()) {
        request.s3 = S3Config{json::text(*s3, "accessId"), Secret(json::text(*s3, "accessSecret")),
            json::text(*s3, "bucketName"), json::text(*s3, "endpointUrl")};
    }
    for (const char* const known : {"id", "input", "webhook", "policy", "s3Config"})
        object->erase(known);
    if (!object->empty())
        request.extra = json::dump(*object);
    return request;
}

Result<std::string> formatJobRequest(const JobRequest& request)
{
    std::optional<Json> object = json::parseObject(request.extra.empty() ? "{}" : std::string_view(request.extra));
    if (!object)
        return fail(ErrorCode::InvalidRequest, "extra");
    std::optional<Json> input = json::parseObject(request.input);
    if (!input)
        return fail(ErrorCode::InvalidRequest, "input");
    (*object)["input"] = std::move(*input);
    putIf(*object, "id", request.id.value());
    putIf(*object, "webhook", request.webhook);
    if (Json policy = writePolicy(request.policy); !policy.empty())
        (*object)["policy"] = std::move(policy);
    if (request.s3) {
        (*object)["s3Config"]
            = {{"accessId", request.s3->accessId}, {"accessSecret", std::string(request.s3->accessSecret.reveal())},
                {"bucketName", request.s3->bucketName}, {"endpointUrl", request.s3->endpointUrl}};
    }
    return json::dump(*object);
}

std::string_view toString(JobState state)
{
    const auto* const found
        = std::find_if(kStates.begin(), kStates.end(), [state](const StateName& name) { return name.state == state; });
    return found == kStates.end() ? "UNKNOWN" : found->text;
}

JobState jobStateFromString(std::string_view text)
{
    if (text == "RUNNING")
        return JobState::InProgress;
    const auto* const found
        = std::find_if(kStates.begin(), kStates.end(), [text](const StateName& name) { return name.text == text; });
    return found == kStates.end() ? JobState::Unknown : found->state;
}

bool isFinal(JobState state)
{
    return state == JobState::Completed || state == JobState::Failed || state == JobState::Cancelled
        || state == JobState::TimedOut;
}

Result<JobReport> parseJobReport(std::string_view text)
{
    const std::optional<Json> object = json::parseObject(text);
    if (!object)
        return fail(ErrorCode::UnexpectedReply, "the job is not a JSON object");
    JobReport report;
    report.id = ProviderJobId(json::text(*object, "id"));
    report.stateText = json::text(*object, "status");
    if (report.id.isEmpty() || report.stateText.empty())
        return fail(ErrorCode::UnexpectedReply, "the job has no id or no status");
    report.state = jobStateFromString(report.stateText);
    report.delayTime = duration(*object, "delayTime");
    report.executionTime = duration(*object, "executionTime");
    if (const Json* const output = json::find(*object, "output"); output != nullptr && !output->is_null())
        report.output = json::dump(*output);
    if (const Json* const error = json::find(*object, "error"); error != nullptr && !error->is_null())
        report.error = error->is_string() ? error->get<std::string>() : json::dump(*error);
    report.retries = json::intOr(*object, "retries", 0);
    report.worker = WorkerId(json::text(*object, "workerId"));
    return report;
}

std::string formatJobReport(const JobReport& report)
{
    Json object{{"id", report.id.value()},
        {"status", report.state == JobState::Unknown ? report.stateText : std::string(toString(report.state))}};
    if (report.delayTime)
        object["delayTime"] = report.delayTime->count();
    if (report.executionTime)
        object["executionTime"] = report.executionTime->count();
    if (!report.output.empty())
        object["output"] = json::parse(report.output).value_or(Json(report.output));
    putIf(object, "error", report.error);
    if (report.retries > 0)
        object["retries"] = report.retries;
    putIf(object, "workerId", report.worker.value());
    return json::dump(object);
}

} // namespace visgate::queue
