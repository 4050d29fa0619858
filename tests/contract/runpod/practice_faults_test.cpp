// SPDX-License-Identifier: GPL-3.0-or-later
// What the provider makes of a service that misbehaves: practice mode's faults, over the same wire.
#include "tests/contract/runpod/practice_fixture.h"

#include <QJsonArray>

namespace visgate {
namespace {

using test::await;
using namespace std::chrono_literals;

class RunpodFaultsAtPractice : public PracticeTest {
protected:
    void fault(const char* method, const char* effect, QJsonObject more = {})
    {
        more.insert(QStringLiteral("method"), QString::fromLatin1(method));
        more.insert(QStringLiteral("path"), QStringLiteral("/rest/v2/serverless*"));
        more.insert(QStringLiteral("effect"), QString::fromLatin1(effect));
        control("POST", "/faults", more);
    }
    [[nodiscard]] qsizetype endpointCount()
    {
        return control("GET", "/state")[QLatin1String("endpoints")].toArray().size();
    }
};

TEST_F(RunpodFaultsAtPractice, AListIsAskedForAgainUntilItComes)
{
    (void)create();
    for (const char* effect : {"status", "reset_before", "reset_after"}) {
        fault("GET", effect, {{QStringLiteral("status"), 503}, {QStringLiteral("count"), 1}});
        const auto list = await(provider->listEndpoints());
        ASSERT_TRUE(list.has_value()) << effect << ": " << list.error().detail;
        EXPECT_EQ(list->size(), 1);
    }
}

TEST_F(RunpodFaultsAtPractice, ALostReplyToACreateLeavesExactlyOneEndpointToBeFound)
{
    fault("POST", "reset_after");
    const auto created = await(provider->createEndpoint(spec()));
    ASSERT_FALSE(created.has_value());
    EXPECT_EQ(created.error().code, ErrorCode::NetworkUnreachable);
    const auto list = await(provider->listEndpoints());
    ASSERT_TRUE(list.has_value()) << list.error().detail;
    ASSERT_EQ(list->size(), 1) << "created once, and never sent again";
    EXPECT_EQ(list->first().name, spec().name);
}

TEST_F(RunpodFaultsAtPractice, ACreateThatNeverArrivedIsNotRepeatedEither)
{
    fault("POST", "reset_before");
    EXPECT_FALSE(await(provider->createEndpoint(spec())).has_value());
    EXPECT_EQ(endpointCount(), 0);
}

TEST_F(RunpodFaultsAtPractice, GarbageIsAnUnexpectedReply)
{
    fault("POST", "garbage");
    const auto created = await(provider->createEndpoint(spec()));
    ASSERT_FALSE(created.has_value());
    EXPECT_EQ(created.error().code, ErrorCode::UnexpectedReply);
    EXPECT_EQ(endpointCount(), 1) << "the caller reads the list to find out";
}

TEST_F(RunpodFaultsAtPractice, BytesThatAreNoHttpAreAnError)
{
    fault("POST", "wire_garbage");
    EXPECT_FALSE(await(provider->createEndpoint(spec())).has_value());
    EXPECT_EQ(endpointCount(), 0);
}

TEST_F(RunpodFaultsAtPractice, ADeleteIsRepeatedUntilItIsDone)
{
    const EndpointId id = create();
    fault("DELETE", "status", {{QStringLiteral("status"), 500}});
    EXPECT_TRUE(await(provider->deleteEndpoint(id)).has_value());
    EXPECT_EQ(endpointCount(), 0);
}

TEST_F(RunpodFaultsAtPractice, CapacityAndQuotaTextsKeepTheirMeaning)
{
    fault("POST", "status",
        {{QStringLiteral("status"), 400}, {QStringLiteral("content_type"), QStringLiteral("application/problem+json")},
            {QStringLiteral("body"),
                QStringLiteral(
                    R"({"title":"Bad Request","status":400,"detail":"There are no longer any instances available with the requested specifications. Please refresh and try again."})")}});
    const auto created = await(provider->createEndpoint(spec()));
    ASSERT_FALSE(created.has_value());
    EXPECT_EQ(created.error().code, ErrorCode::NoCapacity) << created.error().detail;
}

} // namespace
} // namespace visgate
