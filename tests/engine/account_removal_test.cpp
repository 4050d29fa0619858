// SPDX-License-Identifier: GPL-3.0-or-later
// An account is removed only once nothing of the user's runs or stands there; then its key is gone, and what is left of
// it are records.
#include "core/operations/deployments.h"
#include "core/operations/money.h"
#include "core/store/database.h"
#include "tests/support/two_accounts.h"

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class AccountRemoval : public test::TwoAccounts {
protected:
    ErrorCode refusal(const AccountId& account)
    {
        const auto removed = ask(RemoveAccount{account});
        return removed ? ErrorCode::Internal : removed.error().code;
    }
    /// One that fails before anything is made.
    Deployment failedAt(const AccountId& account)
    {
        const auto created = m_harness.create([&account](CreateRequest& request) {
            request.target = account;
            request.modelId = u"nobody/has-this-model"_s;
        });
        EXPECT_TRUE(created) << created.error().detail;
        return created ? m_harness.waitFor(created->id, DeploymentStatus::Failed) : Deployment();
    }
};

TEST_F(AccountRemoval, OneThatIsEmptyGoesWithItsKeyAndItsIdIsNotGivenAgain)
{
    addStudio();
    ASSERT_TRUE(ask(SetDefaultAccount{studio()}));
    EXPECT_EQ(refusal(AccountId::runpod()), ErrorCode::Conflict) << "a provider's first account stays";
    EXPECT_EQ(refusal(AccountId::practice()), ErrorCode::Conflict);
    EXPECT_TRUE(ask(GetAccountHoldings{studio()})->isEmpty());
    ASSERT_TRUE(ask(RemoveAccount{studio()}));
    EXPECT_EQ(ids(), (QStringList{u"practice"_s, u"runpod"_s}));
    EXPECT_THAT(*m_secrets, testing::ElementsAre(testing::Pair(u"runpod"_s, "rpa_practice_FIRST")));
    EXPECT_TRUE(ask(ListAccounts{})->at(1).isDefault);
    EXPECT_EQ(refusal(studio()), ErrorCode::AccountUnknown);
    EXPECT_EQ(ask(ListKeys{})->size(), 2);
    restart();
    EXPECT_EQ(ids(), (QStringList{u"practice"_s, u"runpod"_s}));
    EXPECT_EQ(toString(ask(AddAccount{u"runpod"_s, u"Studio"_s})->id), u"runpod:studio-2"_s);
}

TEST_F(AccountRemoval, WhatStillStandsIsToldAndCanBeEndedFirst)
{
    addStudio();
    const Deployment ready = deployAt(studio());
    const auto held = ask(GetAccountHoldings{studio()});
    ASSERT_TRUE(held);
    ASSERT_EQ(held->holdings.size(), 1);
    EXPECT_EQ(held->holdings.first().kind, HoldingKind::Deployment);
    EXPECT_EQ(held->holdings.first().id.toStdString(), ready.id.value());
    const auto refused = ask(RemoveAccount{studio()});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::AccountInUse);
    EXPECT_THAT(refused.error().arguments, testing::ElementsAre("Studio"));
    EXPECT_EQ(m_secrets->count(u"runpod:studio"_s), 1U) << "nobody else could stop it";
    ASSERT_TRUE(ask(PauseDeployment{ready.id}));
    EXPECT_EQ(refusal(studio()), ErrorCode::AccountInUse) << "paused, and still there";
    EXPECT_EQ(m_second.endpointCount(), 1);

    const auto removed = ask(RemoveAccount{studio(), true});
    ASSERT_TRUE(removed) << toString(removed.error().code) << removed.error().detail;
    EXPECT_EQ(m_second.remains().toStdString(), "0 endpoints, 0 workers");
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Deleted);
    EXPECT_EQ(ids(), (QStringList{u"practice"_s, u"runpod"_s}));
    EXPECT_EQ(m_secrets->count(u"runpod:studio"_s), 0U);
    SpendQuery query;
    query.target = studio();
    query.to = std::chrono::system_clock::now() + 1h;
    const auto spent = ask(GetSpend{query});
    ASSERT_TRUE(spent) << "what was spent there stays counted";
    EXPECT_GT(spent->summary.countedUsd, 0.0);
}

TEST_F(AccountRemoval, WhereItCannotBeAskedItStays)
{
    addStudio();
    m_second.fault(
        u"GET"_s, u"/rest/v2/serverless*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 0}});
    EXPECT_EQ(refusal(studio()), ErrorCode::ProviderFailed);
    EXPECT_TRUE(ask(GetAccountHoldings{studio()})->problem.has_value());
    m_second.clearFaults();
    m_second.fault(
        u"GET"_s, u"/rest/v2/serverless*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 401}, {u"count"_s, 0}});
    EXPECT_TRUE(ask(RemoveAccount{studio()})) << "its key opens nothing any more, and nothing is recorded there";
}

TEST_F(AccountRemoval, ARecordWithoutItsAccountCanBeForgottenWhereNothingWasMade)
{
    addStudio();
    const Deployment failed = failedAt(studio());
    ASSERT_EQ(failed.status, DeploymentStatus::Failed);
    ASSERT_TRUE(ask(RemoveAccount{studio()})) << "a record alone keeps nothing running";
    restart();
    EXPECT_EQ(m_harness.deployment(failed.id).target, studio());
    ASSERT_TRUE(ask(DeleteDeployment{failed.id}));
    EXPECT_EQ(m_harness.waitFor(failed.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
}

TEST_F(AccountRemoval, ARecordOfWhatMayStillRunIsNotForgotten)
{
    addStudio();
    const Deployment ready = deployAt(studio());
    m_harness.stop();
    {
        // As in a data folder whose list of accounts came from elsewhere.
        const auto database = Database::open(m_harness.folder() + "/visgate.db"_L1);
        ASSERT_TRUE(database);
        ASSERT_TRUE((*database)->run(u"DELETE FROM accounts"_s));
    }
    start();
    const auto isWithoutAccount = [&] {
        const Deployment shown = m_harness.deployment(ready.id);
        return shown.error && shown.error->code == ErrorCode::AccountUnknown;
    };
    EXPECT_TRUE(test::waitUntil(isWithoutAccount)) << "it is shown as such";
    ASSERT_TRUE(ask(DeleteDeployment{ready.id}));
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(ready.id).status == DeploymentStatus::Deleting; }));
    EXPECT_TRUE(isWithoutAccount());
    EXPECT_EQ(m_second.endpointCount(), 1);
    ASSERT_TRUE(ask(AddAccount{u"runpod"_s, u"Studio"_s})); // the same word again, for no row speaks of it any more
    ASSERT_TRUE(ask(SetKey{KeyKind::Runpod, key("rpa_practice_STUDIO_NEW"), false, studio()}));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_second.remains().toStdString(), "0 endpoints, 0 workers");
}

} // namespace
} // namespace visgate
