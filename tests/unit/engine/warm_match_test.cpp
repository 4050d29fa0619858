// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/warm_match.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

EndpointSetup setup()
{
    EndpointSetup setup;
    setup.userHash = u"0123456789abcdef"_s;
    setup.modelId = u"org/model"_s;
    setup.revision = u"c0ffee"_s;
    setup.image = u"worker@sha256:1"_s;
    return setup;
}

WarmQuery query()
{
    return {setup(), {}, false, {}};
}

/// As another program on this account would have made it for the same set-up.
ProviderEndpoint made(const QString& name)
{
    ProviderEndpoint endpoint;
    endpoint.id = EndpointId("e1");
    endpoint.name = name;
    endpoint.image = u"worker@sha256:1"_s;
    endpoint.gpuPools = {u"ADA_24"_s};
    endpoint.workersMax = 1;
    endpoint.idleTimeout = 5s;
    endpoint.executionTimeout = 600s;
    endpoint.env = {{u"HF_MODEL_ID"_s, u"org/model"_s}, {u"HF_REVISION"_s, u"c0ffee"_s}};
    return endpoint;
}

TEST(WarmMatch, TheVeryNameIsTheSetUp)
{
    EXPECT_EQ(matchOf(made(endpointName(setup())), query()), WarmMatch::Exact);
    WarmQuery other = query();
    other.setup.limits.workersMax = 2;
    EXPECT_EQ(matchOf(made(endpointName(setup())), other), WarmMatch::None) << "other limits, other suffix";
    other = query();
    other.setup.userHash = u"ffff456789abcdef"_s;
    EXPECT_EQ(matchOf(made(endpointName(setup())), other), WarmMatch::None) << "another account";
    other.earlierHashes = {u"aaaa"_s, setup().userHash};
    EXPECT_EQ(matchOf(made(endpointName(setup())), other), WarmMatch::Exact) << "the key this account had before";
}

TEST(WarmMatch, ARevisionCountsWhereItIsKnown)
{
    WarmQuery newer = query();
    newer.setup.revision = u"decade"_s;
    EXPECT_EQ(matchOf(made(endpointName(setup())), newer), WarmMatch::None);
    newer.anyRevision = true;
    EXPECT_EQ(matchOf(made(endpointName(setup())), newer), WarmMatch::Exact) << "whichever it has";
}

TEST(WarmMatch, NamesWithoutASuffixCountIfTheirSettingsAgree)
{
    const QString name = u"visgate-0123456789-org--model"_s;
    EXPECT_EQ(legacyName(setup().userHash, setup().modelId), name);
    EXPECT_EQ(matchOf(made(name), query()), WarmMatch::Legacy);
    struct Row {
        const char* what;
        std::function<void(ProviderEndpoint&)> change;
    };
    for (const Row& row : {Row{"image", [](ProviderEndpoint& e) { e.image = u"other"_s; }},
             {"model", [](ProviderEndpoint& e) { e.env[u"HF_MODEL_ID"_s] = u"org/other"_s; }},
             {"task", [](ProviderEndpoint& e) { e.env[u"TASK"_s] = u"image_to_image"_s; }},
             {"revision", [](ProviderEndpoint& e) { e.env[u"HF_REVISION"_s] = u"decade"_s; }},
             {"no revision", [](ProviderEndpoint& e) { e.env.remove(u"HF_REVISION"_s); }},
             {"execution limit", [](ProviderEndpoint& e) { e.executionTimeout = 60s; }},
             {"idle time-out", [](ProviderEndpoint& e) { e.idleTimeout = 600s; }},
             {"minimum workers", [](ProviderEndpoint& e) { e.workersMin = 1; }},
             {"maximum workers", [](ProviderEndpoint& e) { e.workersMax = 5; }},
             {"suffix of others", [](ProviderEndpoint& e) { e.name += u"-deadbeef"_s; }}}) {
        ProviderEndpoint endpoint = made(name);
        row.change(endpoint);
        EXPECT_EQ(matchOf(endpoint, query()), WarmMatch::None) << row.what;
    }
    ProviderEndpoint asleep = made(name);
    asleep.workersMax = 0;
    EXPECT_EQ(matchOf(asleep, query()), WarmMatch::Legacy) << "paused or parked";
}

TEST(WarmMatch, APoolIsForEverybodyWhateverItsLimits)
{
    ProviderEndpoint pool = made(u"visgate-pool-org--model"_s);
    pool.workersMin = 1;
    pool.workersMax = 9;
    pool.idleTimeout = 3600s;
    EXPECT_EQ(matchOf(pool, query()), WarmMatch::Pool);
    pool.image = u"other"_s;
    EXPECT_EQ(matchOf(pool, query()), WarmMatch::None);
    WarmQuery forced = query();
    forced.setup.distinct = u"dep_1"_s;
    EXPECT_EQ(matchOf(made(u"visgate-pool-org--model"_s), forced), WarmMatch::None) << "one of its own was asked for";
}

TEST(WarmMatch, TheBestOneThatMayRun)
{
    ProviderEndpoint asleep = made(endpointName(setup()));
    asleep.id = EndpointId("asleep");
    asleep.workersMax = 0;
    ProviderEndpoint legacy = made(legacyName(setup().userHash, setup().modelId));
    legacy.id = EndpointId("legacy");
    ProviderEndpoint pool = made(poolName(setup().modelId));
    pool.id = EndpointId("pool");
    EXPECT_EQ(bestMatch({asleep, pool, legacy}, query())->id, EndpointId("legacy"));
    EXPECT_EQ(bestMatch({asleep, pool}, query())->id, EndpointId("pool"));
    EXPECT_EQ(bestMatch({asleep}, query())->id, EndpointId("asleep"));
    EXPECT_FALSE(bestMatch({made(u"somebody-elses"_s)}, query()));
    WarmQuery onOtherGpu = query();
    onOtherGpu.gpuPools = {u"AMPERE_80"_s};
    EXPECT_FALSE(bestMatch({asleep, pool, legacy}, onOtherGpu)) << "the GPU that was named";
}

} // namespace
} // namespace visgate
