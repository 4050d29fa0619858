// SPDX-License-Identifier: GPL-3.0-or-later
// Every value and every operation, with each of its members set, as it comes back from its JSON. A member that a table
// forgets is missed here by its count, and by its value.
#include "core/codec/error_json.h"
#include "core/codec/values.h"
#include "core/domain/deployment/release.h"
#include "core/domain/metrics/metrics.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/money/spend.h"
#include "core/domain/picture_engine/picture_engine.h"
#include "core/domain/provider/account_holdings.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "core/operations/money.h"
#include "core/operations/statistics.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"
#include "tests/support/full_value.h"

#include <gtest/gtest.h>
#include <tuple>

namespace visgate {
namespace {

using test::fullValue;
using test::memberCount;

template <typename T> class RoundTrip : public testing::Test {
};

using Everything = testing::Types<Artifact, AccountEndpoint, AccountHolding, AccountHoldings, CleanupItem,
    CleanupRequest, CostShare, CreateRequest, Deployment, DeploymentCost, DeploymentMetrics, DeploymentPage,
    DeploymentQuestion, DeploymentSpend, DeployQuote, EndpointChange, EndpointLimits, EngineHealth, FrameRule,
    GenerationDefaults, GpuOffer, GpuPlan, GpuPlanEntry, Job, JobInput, JobPoint, KeepNear, KeyVerdict, LatencyFigures,
    LatencyGroup, LicenceTerms, LimitState, LogLine, MemoryNeed, ModelComponent, ModelDetails, ModelDownload, ModelSpec,
    ModelVolume>;
using EverythingElse = testing::Types<MonthForecast, OrchestrationLine, PoolPolicy, PreflightLine, PreflightReport,
    PictureEngine, PriceQuote, ProviderAccount, ProviderDescriptor, Release, ReleaseChange, ReleaseHistory,
    ScaleRequest, SpendLimit, SpendQuery, SpendReport, SpendSummary, StageSpan, StopReport, StorageKeys,
    StorageSettings, StorageState, VolumeSpend, VolumeTerms, WarmPrice, WorkerCounts, WorkerImage, WorkerSpan>;
using Operations = testing::Types<AddAccount, AnswerQuestion, CancelJob, CheckKey, CleanUp, CreateDeployment,
    CreateVolume, DeleteDeployment, DeleteVolume, ForgetKey, GetAccountHoldings, GetDeployment, GetJob, GetLatency,
    GetMetrics, GetModelDetails, GetQuote, GetSpend, GetWarmPrice, GrowVolume, KeepDeployment, KeepModelNear,
    ListDeployments, ListEndpoints, ListGpuOffers, ListJobs, ListReleases, ListVolumes, PauseDeployment, ReadLogs,
    RemoveAccount, RenameAccount, RestoreDeployment, ResumeDeployment, RetryJob, RollBack, ScaleDeployment,
    SearchModels, SetDefaultAccount, SetKey, SetPool, SetSpendLimit, SetStorage, SetVolumeKeys, SetWorkerImage,
    SubmitJob, TryKey, WatchLicence, WatchWorkers>;

/// By value where the type can be compared; what holds a key or a whole request by everything that it would say.
template <typename T> [[nodiscard]] bool isSame(const T& left, const T& right)
{
    if constexpr (requires {
                      {
                          left == right
                          } -> std::convertible_to<bool>;
                  }
        && !std::is_same_v<T, StorageKeys>)
        return left == right;
    else
        return encode(left) == encode(right);
}

template <typename T> void comesBackWhole()
{
    EXPECT_EQ(Codec<T>::memberCount(), memberCount<T>()) << "a member has no place in the table, or two";
    const T sent = fullValue<T>();
    const auto read = decode<T>(encode(sent));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_TRUE(isSame(*read, sent));
    EXPECT_EQ(encode(*read), encode(sent));
    EXPECT_FALSE(toJson(sent).isEmpty()) << "nothing of it is written";
}

TYPED_TEST_SUITE_P(RoundTrip);
TYPED_TEST_P(RoundTrip, ComesBackWhole)
{
    comesBackWhole<TypeParam>();
}
REGISTER_TYPED_TEST_SUITE_P(RoundTrip, ComesBackWhole);
INSTANTIATE_TYPED_TEST_SUITE_P(Values, RoundTrip, Everything);
INSTANTIATE_TYPED_TEST_SUITE_P(MoreValues, RoundTrip, EverythingElse);
INSTANTIATE_TYPED_TEST_SUITE_P(Operations, RoundTrip, Operations);

TEST(RoundTripOfKeys, WhetherThereIsOneIsUnknownWhereTheKeychainFailed)
{
    KeyState state = fullValue<KeyState>();
    EXPECT_EQ(Codec<KeyState>::memberCount(), memberCount<KeyState>());
    EXPECT_TRUE(toJson(state).value(QStringLiteral("present")).isNull());
    state.problem.reset();
    EXPECT_TRUE(decode<KeyState>(encode(state))->present);
}

} // namespace
} // namespace visgate
