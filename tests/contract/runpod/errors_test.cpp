// SPDX-License-Identifier: GPL-3.0-or-later
// What the provider's refusals mean, in each of the forms they come in.
#include "core/providers/runpod/runpod_errors.h"

#include <gtest/gtest.h>

namespace visgate::runpod {
namespace {

struct Case {
    const char* name;
    int status;
    const char* body;
    ErrorCode code;
    const char* detail; ///< must be part of it
    std::vector<std::string> arguments = {};
};

HttpReply replyOf(const Case& one)
{
    HttpReply reply;
    reply.status = one.status;
    reply.body = one.body;
    reply.headers = {{"X-Request-Id", "req-42"}, {"Retry-After", "12"}};
    return reply;
}

class RunpodErrors : public testing::TestWithParam<Case> { };

TEST_P(RunpodErrors, AreToldApart)
{
    const Case& one = GetParam();
    const Error error = errorFromReply(replyOf(one), {ErrorCode::EndpointVanished, QStringLiteral("me/worker:1")});
    EXPECT_EQ(toString(error.code), toString(one.code));
    EXPECT_EQ(error.providerStatus, one.status);
    EXPECT_EQ(error.requestId, "req-42");
    EXPECT_NE(error.detail.find(one.detail), std::string::npos) << error.detail;
    EXPECT_EQ(error.arguments, one.arguments);
}

INSTANTIATE_TEST_SUITE_P(Table, RunpodErrors,
    testing::Values(Case{"missingKey", 401, R"({"title":"Unauthorized","status":401,"detail":"missing bearer token"})",
                        ErrorCode::KeyRejected, "missing bearer token"},
        Case{"forbidden", 403, R"({"title":"Forbidden","status":403,"detail":"access denied"})",
            ErrorCode::KeyLacksPermission, "access denied"},
        Case{"firewall", 403, "error code: 1010", ErrorCode::ProviderRefused, "1010"},
        Case{"gone", 404, R"({"title":"Not Found","status":404,"detail":"resource not found"})",
            ErrorCode::EndpointVanished, "resource not found"},
        Case{"conflict", 409, R"({"error":"ENDPOINT_PAUSED"})", ErrorCode::Conflict, "ENDPOINT_PAUSED"},
        Case{"tooMany", 429,
            R"({"title":"Too Many Requests","status":429,"detail":"rate limit exceeded for the minute window"})",
            ErrorCode::RateLimited, "minute", {"12"}},
        Case{"quotaV2", 400,
            R"({"title":"Bad Request","status":400,"detail":"Max workers across all endpoints must not exceed your workers quota (5). Lower it."})",
            ErrorCode::WorkerQuotaExceeded, "quota", {"5"}},
        Case{"quotaOld", 500,
            R"({"error":"create endpoint: create endpoint: graphql: Max workers across all endpoints must not exceed your workers quota (30). Please","status":500})",
            ErrorCode::WorkerQuotaExceeded, "quota", {"30"}},
        Case{"quotaReworded", 400, R"({"detail":"Your worker quota is 10; this would need 12."})",
            ErrorCode::WorkerQuotaExceeded, "quota", {"10"}},
        Case{"quotaWithoutNumber", 400, R"({"detail":"Max workers across all endpoints exceeded."})",
            ErrorCode::WorkerQuotaExceeded, "Max workers"},
        Case{"capacity", 400,
            R"({"detail":"There are no longer any instances available with the requested specifications. Please refresh and try again."})",
            ErrorCode::NoCapacity, "instances"},
        Case{"credit", 402, R"({"detail":"payment required"})", ErrorCode::NoCredit, "payment"},
        Case{"balance", 400, R"({"detail":"Insufficient balance to create this endpoint"})", ErrorCode::NoCredit,
            "balance"},
        Case{"image", 422,
            R"({"title":"Unprocessable Entity","status":422,"detail":"image 'me/worker:1' was not found in the registry"})",
            ErrorCode::WorkerImageUnknown, "image", {"me/worker:1"}},
        Case{"manifest", 422, R"({"detail":"manifest unknown"})", ErrorCode::WorkerImageUnknown, "manifest",
            {"me/worker:1"}},
        Case{"schema", 422,
            R"({"title":"Unprocessable Entity","status":422,"detail":"Request validation failed.","errors":["$: additional properties 'gpu', 'name' not allowed","$: missing property 'scaling'"]})",
            ErrorCode::ProviderRefused, "$: missing property 'scaling'; $: additional properties"},
        Case{"enumeration", 422,
            R"({"detail":"Request validation failed.","errors":["$.flashboot: value must be one of 'OFF', 'FLASHBOOT'"]})",
            ErrorCode::ProviderRefused, "must be one of"},
        Case{"dataCenter", 400, R"({"detail":"data center XX does not support network volumes; these do: EU-RO-1"})",
            ErrorCode::ProviderRefused, "EU-RO-1"},
        Case{"method", 405, R"({"detail":"method not allowed"})", ErrorCode::ProviderRefused, "method"},
        Case{"messageOnly", 400, R"({"message":"bad body"})", ErrorCode::ProviderRefused, "bad body"},
        Case{"nestedError", 400, R"({"error":{"message":"inside"}})", ErrorCode::ProviderRefused, "inside"},
        Case{"titleOnly", 418, R"({"title":"I'm a teapot"})", ErrorCode::ProviderRefused, "teapot"},
        Case{"serverError", 500, R"({"detail":"internal"})", ErrorCode::ProviderFailed, "internal"},
        Case{"proxyPage", 524, "<!DOCTYPE html><title>A timeout occurred</title>", ErrorCode::ProviderFailed, ""},
        Case{"plainText", 503, "upstream connect error", ErrorCode::ProviderFailed, "upstream connect error"},
        Case{"empty", 500, "", ErrorCode::ProviderFailed, ""},
        Case{"list", 400, "[1,2]", ErrorCode::ProviderRefused, ""},
        Case{"redirect", 302, "", ErrorCode::UnexpectedReply, ""}),
    [](const testing::TestParamInfo<Case>& row) { return row.param.name; });

TEST(RunpodErrorText, IsBounded)
{
    HttpReply reply;
    reply.status = 400;
    reply.body = "{\"detail\":\"" + QByteArray(1'000'000, 'x') + "\"}";
    EXPECT_LE(errorFromReply(reply, {}).detail.size(), 2000U);
    reply.body = QByteArray(1'000'000, 'y');
    EXPECT_LE(errorFromReply(reply, {}).detail.size(), 2000U);
}

} // namespace
} // namespace visgate::runpod
