// SPDX-License-Identifier: GPL-3.0-or-later
// The endpoint calls, live against practice mode.
#include "core/catalog/gpu_snapshot.h"
#include "core/providers/runpod/runpod_graphql.h"
#include "tests/contract/runpod/practice_fixture.h"

#include <QElapsedTimer>

#include <algorithm>

namespace visgate {
namespace {

using test::await;
using test::becomesTrue;
using namespace std::chrono_literals;

using RunpodAtPractice = PracticeTest;

TEST_F(RunpodAtPractice, KnowsAGoodKeyFromABadOne)
{
    EXPECT_TRUE(await(provider->validateKey()).has_value());
    const auto stranger = providerWithKey("rpa_somebody_else");
    const auto refused = await(stranger->validateKey());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::KeyRejected);
    EXPECT_EQ(refused.error().providerStatus, 401);
    EXPECT_FALSE(refused.error().requestId.empty());
}

TEST_F(RunpodAtPractice, AKeyThatMayOnlyLookIsFoundOutWithoutCreating)
{
    EXPECT_TRUE(await(provider->checkMayCreate()).has_value());
    control("POST", "/account", {{QStringLiteral("readOnly"), true}});
    const auto refused = await(provider->checkMayCreate());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::KeyLacksPermission);
    EXPECT_TRUE(await(provider->validateKey()).has_value()) << "it may look";
    EXPECT_TRUE(await(provider->listEndpoints())->isEmpty());
}

TEST_F(RunpodAtPractice, ToldByGraphqlWhatTheAccountHasAndDoesWithoutWhereItIsOff)
{
    ASSERT_NE(provider->balance(), nullptr);
    control("POST", "/account", {{QStringLiteral("credit"), 12.5}});
    const auto balance = await(provider->balance()->readBalance());
    ASSERT_TRUE(balance.has_value()) << balance.error().detail;
    EXPECT_NEAR(balance->usd, 12.5, 0.01);
    EXPECT_EQ(balance->usdPerHour, 0.0);
    EXPECT_EQ(balance->spendLimitUsdPerHour, 80.0);

    const auto refused = await(providerWithKey("rpa_somebody_else")->balance()->readBalance());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::KeyRejected);

    RunpodSettings withoutGraphql;
    withoutGraphql.rest = address("rest");
    withoutGraphql.queue = address("queue");
    RunpodProvider plain(withoutGraphql, std::make_shared<const Secret>("rpa_practice_contract"));
    EXPECT_EQ(plain.balance(), nullptr);
    EXPECT_TRUE(await(plain.listEndpoints()).has_value()) << "everything else works without it";
}

TEST(RunpodGraphql, ReadsRefusalsThatComeAsSuccess)
{
    EXPECT_EQ(
        runpod::readBalance("{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"FORBIDDEN\"}}]}").error().code,
        ErrorCode::KeyLacksPermission);
    EXPECT_EQ(runpod::readBalance("{\"errors\":[{\"message\":\"odd\"}],\"data\":null}").error().detail, "odd");
    for (const char* body : {"", "[]", "{}", "{\"data\":{}}", "{\"data\":{\"myself\":{\"clientBalance\":\"12\"}}}"})
        EXPECT_EQ(runpod::readBalance(body).error().code, ErrorCode::UnexpectedReply) << body;
}

TEST_F(RunpodAtPractice, OffersCarryPriceStockAndPlaces)
{
    const auto offers = await(provider->offers());
    ASSERT_TRUE(offers.has_value()) << offers.error().detail;
    const auto a40 = std::find_if(
        offers->begin(), offers->end(), [](const GpuOffer& offer) { return offer.name == QStringLiteral("A40"); });
    ASSERT_NE(a40, offers->end());
    EXPECT_EQ(a40->pool, QStringLiteral("AMPERE_48"));
    EXPECT_EQ(a40->memoryGb, 48.0);
    EXPECT_GT(a40->usdPerHour, 0.0);
    EXPECT_NE(a40->stock, Stock::Unknown);
    EXPECT_FALSE(a40->dataCenters.isEmpty());
    const GpuPlan plan = planGpus(*offers, 10.5, {});
    EXPECT_FALSE(plan.entries.isEmpty());
    for (const GpuOffer& known : builtInGpuSnapshot().offers) {
        EXPECT_TRUE(std::any_of(offers->begin(), offers->end(), [&known](const GpuOffer& live) {
            return live.typeId == known.typeId && live.pool == known.pool && live.name == known.name;
        })) << known.typeId.toStdString();
    }
}

TEST_F(RunpodAtPractice, AnEndpointIsCreatedFoundChangedAndDeleted)
{
    EndpointSpec wanted = spec();
    wanted.limits.idleTimeout = 7s;
    const auto created = await(provider->createEndpoint(wanted));
    ASSERT_TRUE(created.has_value()) << created.error().detail;
    EXPECT_EQ(created->name, wanted.name);
    EXPECT_EQ(created->gpuPools, wanted.gpuPools);
    EXPECT_EQ(created->workersMax, 1);
    EXPECT_EQ(created->idleTimeout, 7s);
    EXPECT_EQ(created->executionTimeout, 600s);
    EXPECT_EQ(created->env.value(QStringLiteral("RUNPOD_INIT_TIMEOUT")), QStringLiteral("420"));
    EXPECT_FALSE(created->env.contains(QStringLiteral("HF_TOKEN")));
    EXPECT_TRUE(created->createdAt.has_value());
    EXPECT_FALSE(created->url.isEmpty());

    const auto listed = await(provider->listEndpoints());
    ASSERT_EQ(listed->size(), 1);
    EXPECT_EQ(listed->first().id, created->id);
    EXPECT_EQ(await(provider->endpoint(created->id))->name, wanted.name);

    const auto scaled = await(provider->scale(created->id, 0, 2, 30s));
    ASSERT_TRUE(scaled.has_value()) << scaled.error().detail;
    EXPECT_EQ(scaled->workersMax, 2);
    EXPECT_EQ(scaled->idleTimeout, 30s);
    EXPECT_EQ(scaled->executionTimeout, 600s) << "a patch leaves the rest alone";

    const auto releases = await(provider->releases()->listReleases(created->id));
    ASSERT_TRUE(releases.has_value()) << releases.error().detail;
    EXPECT_FALSE(releases->releases.isEmpty());

    ASSERT_TRUE(await(provider->deleteEndpoint(created->id)).has_value());
    EXPECT_TRUE(await(provider->deleteEndpoint(created->id)).has_value()) << "a second time is as good";
    EXPECT_TRUE(await(provider->listEndpoints())->isEmpty());
    EXPECT_EQ(await(provider->endpoint(created->id)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(provider->workers(created->id)).error().code, ErrorCode::EndpointVanished);
}

TEST_F(RunpodAtPractice, RefusalsOfACreateAreTold)
{
    EndpointSpec greedy = spec();
    greedy.limits.workersMax = 500;
    const auto quota = await(provider->createEndpoint(greedy));
    ASSERT_FALSE(quota.has_value());
    EXPECT_EQ(quota.error().code, ErrorCode::WorkerQuotaExceeded) << quota.error().detail;
    EXPECT_EQ(quota.error().arguments.size(), 1U);

    EndpointSpec unknown = spec();
    unknown.image = QStringLiteral("registry.example/no/such:1");
    const auto image = await(provider->createEndpoint(unknown));
    ASSERT_FALSE(image.has_value());
    EXPECT_EQ(image.error().code, ErrorCode::WorkerImageUnknown) << image.error().detail;
    EXPECT_EQ(image.error().arguments, std::vector<std::string>{"registry.example/no/such:1"});

    EndpointSpec odd = spec();
    odd.gpuPools.clear();
    const auto schema = await(provider->createEndpoint(odd));
    ASSERT_FALSE(schema.has_value());
    EXPECT_EQ(schema.error().code, ErrorCode::ProviderRefused) << schema.error().detail;
    EXPECT_EQ(schema.error().providerStatus, 422);
    EXPECT_TRUE(await(provider->listEndpoints())->isEmpty());
}

TEST_F(RunpodAtPractice, AParkedEndpointShowsMaxZero)
{
    const EndpointId id = create();
    control("POST", "/park", {{QStringLiteral("endpoint"), QString::fromStdString(id.value())}});
    EXPECT_EQ(await(provider->endpoint(id))->workersMax, 0);
}

TEST_F(RunpodAtPractice, BillingGrowsWithWhatRan)
{
    const EndpointId id = create();
    (void)jobOnceIt(
        id, submit(id, {{QStringLiteral("echo"), QJsonObject{{QStringLiteral("a"), 1}}}}), JobStatus::Completed);
    const auto now = std::chrono::system_clock::now();
    double billed = 0.0;
    EXPECT_TRUE(becomesTrue([&] {
        const auto records
            = await(provider->billing()->readBills(now - std::chrono::hours(48), now + std::chrono::hours(24)));
        billed = 0.0;
        for (const BillingRecord& record : records.value_or(QList<BillingRecord>{})) {
            EXPECT_EQ(record.endpoint, id);
            EXPECT_LT(record.start, record.end);
            billed += record.usd;
        }
        return records.has_value() && billed > 0.0;
    })) << billed;
    control("POST", "/account", {{QStringLiteral("noBilling"), true}});
    EXPECT_EQ(await(provider->billing()->readBills(now - 1h, now)).error().code, ErrorCode::KeyLacksPermission);
}

} // namespace
} // namespace visgate
