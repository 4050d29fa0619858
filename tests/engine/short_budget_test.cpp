// SPDX-License-Identifier: GPL-3.0-or-later
// The hour's request quota is nearly used, by another client of the same account: what a user wants stopped, deleted or
// made leaves at once, whatever is being polled; over sockets, with practice counting.
#include "core/foundation/http/client.h"
#include "core/operations/accounts.h"
#include "core/operations/deployments.h"
#include "core/operations/money.h"
#include "tests/support/engine_harness.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

constexpr int kQuota = 3000;
/// Calls that may have been on their way when the wish came; those that wait for their turn let an urgent one past.
/// However busy the computer is, that is what "at once" means: waiting behind what is polled let hundreds go first.
constexpr int kOnTheirWay = 4;

class ShortBudget : public testing::TestWithParam<int> {
protected:
    void SetUp() override
    {
        m_practice.control(
            "POST", u"/limits"_s, {{u"minute"_s, 1'000'000}, {u"hour"_s, kQuota}, {u"day"_s, 1'000'000}});
        m_harness.start();
        const auto created = m_harness.create([](CreateRequest& request) { request.limits.initTimeout = 24h; });
        if (!created)
            throw std::runtime_error("create was refused: " + created.error().detail);
        m_id = created->id;
        EXPECT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
        EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
        // A second one that never gets a machine keeps the engine looking.
        m_practice.condition(u"throttled"_s);
        const auto waiting = m_harness.create([](CreateRequest& request) {
            request.force = true;
            request.firstInput.reset();
            request.limits.initTimeout = 24h;
        });
        if (!waiting)
            throw std::runtime_error("create was refused: " + waiting.error().detail);
        EXPECT_TRUE(test::waitUntil([&] { return !m_harness.deployment(waiting->id).endpointId.isEmpty(); }));
        useUpTo(GetParam());
    }

    [[nodiscard]] int admitted() const { return m_practice.control("GET", u"/limits"_s)["admitted"_L1].toInt(); }

    /// As another client of the account, until so many requests of the hour are used and ours has noticed.
    void useUpTo(int used)
    {
        const bool isNearlyAll = used == kQuota - 1;
        while (admitted() < used - (isNearlyAll ? 20 : 0))
            askAsAnother();
        if (isNearlyAll) {
            // Ours looks on its own until it has noticed; then one question of somebody who waits tells it the rest.
            int before = -1;
            ASSERT_TRUE(test::waitUntil([&] { return std::exchange(before, admitted()) == admitted(); }));
            while (admitted() < used - 1)
                askAsAnother();
            // A look of its own may still be on its way: that question joins it and is no call of its own.
            for (int asked = 0; asked < 5 && admitted() < used; ++asked)
                ASSERT_TRUE(await(m_harness.engine().call(ListEndpoints{true})));
            // Or its last look told it already how little is left, and it keeps that for what is urgent.
            if (admitted() < used)
                askAsAnother();
            ASSERT_EQ(admitted(), used);
        }
        m_practice.control("DELETE", u"/requests"_s);
    }

    void askAsAnother() const
    {
        http::Peer peer;
        peer.port = static_cast<std::uint16_t>(m_practice.addresses()["port"_L1].toInt());
        http::Client client(peer);
        const PracticeAddress own = m_practice.address();
        http::Request request;
        request.method = "GET";
        request.target = own.address.rest.path().toStdString() + "/serverless";
        request.headers.set("Authorization", "Bearer " + std::string(own.key->reveal()));
        [[maybe_unused]] const auto reply = client.send(request, 20s);
    }

    /// A call of this kind is taken, and what is polled does not go before it.
    void expectAtOnce(const QString& method, const QString& path)
    {
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_TRUE(test::waitUntil([&] { return isTaken(m_practice.calls(method, path)); }, 120s))
            << method.toStdString() << " never left: " << m_practice.calls(method, path).join(u'\n').toStdString();
        const auto took = std::chrono::steady_clock::now() - begin;
        RecordProperty(
            "milliseconds", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
        int polled = 0;
        const QStringList calls = m_practice.calls({method, u"GET"_s}, u"/rest/v2/serverless"_s);
        for (const QString& call : calls) {
            if (call.startsWith(method + u' ' + path))
                break;
            ++polled;
        }
        EXPECT_LE(polled, kOnTheirWay) << calls.join(u'\n').toStdString();
        EXPECT_FALSE(calls.filter(method + u' ' + path).constFirst().endsWith(" 429"_L1)) << "it had to be sent again";
    }
    static bool isTaken(const QStringList& calls)
    {
        return std::any_of(
            calls.begin(), calls.end(), [](const QString& call) { return call.section(u' ', -1).startsWith(u'2'); });
    }
    [[nodiscard]] QString ownPath() const
    {
        return u"/rest/v2/serverless/"_s
            + QString::fromStdString(m_endpoint.isEmpty() ? std::string() : m_endpoint.value());
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    DeploymentId m_id;
    EndpointId m_endpoint;
};

TEST_P(ShortBudget, ADeleteLeavesAtOnce)
{
    m_endpoint = m_harness.deployment(m_id).endpointId;
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{m_id})));
    expectAtOnce(u"DELETE"_s, ownPath());
}

TEST_P(ShortBudget, APauseLeavesAtOnce)
{
    m_endpoint = m_harness.deployment(m_id).endpointId;
    const auto paused = m_harness.engine().call(PauseDeployment{m_id});
    expectAtOnce(u"PATCH"_s, ownPath());
}

TEST_P(ShortBudget, StopEverythingLeavesAtOnce)
{
    const auto stopped = m_harness.engine().call(StopEverything{});
    expectAtOnce(u"PATCH"_s, u"/rest/v2/serverless/"_s);
}

TEST_P(ShortBudget, WhatAUserAsksForIsCreatedAtOnce)
{
    const auto created = await(m_harness.engine().call(CreateDeployment{[] {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        request.force = true;
        return request;
    }()}));
    ASSERT_TRUE(created) << created.error().detail;
    expectAtOnce(u"POST"_s, u"/rest/v2/serverless"_s);
}

// More than half of the hour, by which the second half is rationed; and all of it but one request.
INSTANTIATE_TEST_SUITE_P(Used, ShortBudget, testing::Values(1600, kQuota - 1), testing::PrintToStringParamName());

} // namespace
} // namespace visgate
