// SPDX-License-Identifier: GPL-3.0-or-later
// Several accounts of one provider: named, told apart by their ids, each with a key and a world of its own.
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/money.h"
#include "tests/support/two_accounts.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class Accounts : public test::TwoAccounts {
protected:
    ProviderAccount account(const AccountId& id)
    {
        const auto accounts = ask(ListAccounts{});
        for (const ProviderAccount& known : accounts.value_or(QList<ProviderAccount>())) {
            if (known.id == id)
                return known;
        }
        return {};
    }
    ErrorCode refusalOf(const QString& provider, const QString& name)
    {
        const auto added = ask(AddAccount{provider, name});
        return added ? ErrorCode::Internal : added.error().code;
    }
};

TEST_F(Accounts, AreAddedRenamedAndMadeTheDefaultAndOutliveTheProgram)
{
    EXPECT_EQ(ids(), (QStringList{u"practice"_s, u"runpod"_s})) << "nothing new where there is one";
    EXPECT_TRUE(account(AccountId::runpod()).isDefault);
    const auto added = ask(AddAccount{u"runpod"_s, u"  Stüdyo  "_s});
    ASSERT_TRUE(added) << added.error().detail;
    EXPECT_EQ(added->name, u"Stüdyo"_s);
    EXPECT_EQ(toString(added->id), u"runpod:studyo"_s);
    EXPECT_EQ(ask(RenameAccount{added->id, u"Film"_s})->id, added->id) << "records carry the id";
    ASSERT_TRUE(ask(RenameAccount{AccountId::runpod(), u"Mine"_s}));
    ASSERT_TRUE(ask(SetDefaultAccount{added->id}));
    restart();
    EXPECT_EQ(ids(), (QStringList{u"practice"_s, u"runpod:studyo"_s, u"runpod"_s})) << "the default first";
    EXPECT_EQ(account(added->id).name, u"Film"_s);
    EXPECT_EQ(account(AccountId::runpod()).name, u"Mine"_s);
    EXPECT_TRUE(account(added->id).isDefault);
    EXPECT_FALSE(account(AccountId::runpod()).isDefault);
}

TEST_F(Accounts, NamesThatCannotBeToldApartAreRefused)
{
    ASSERT_TRUE(ask(AddAccount{u"runpod"_s, u"Studio"_s}));
    for (const QString& name : {u"studio"_s, u"RUNPOD"_s, u" "_s, QString(41, u'a'), u"a\u0007b"_s})
        EXPECT_EQ(refusalOf(u"runpod"_s, name), ErrorCode::InvalidRequest) << name.toStdString();
    EXPECT_EQ(refusalOf(u"practice"_s, u"Second"_s), ErrorCode::InvalidRequest) << "practice is there once";
    EXPECT_EQ(refusalOf(u"moon"_s, u"Base"_s), ErrorCode::InvalidRequest);
    EXPECT_EQ(ask(RenameAccount{AccountId::practice(), u"Play"_s}).error().code, ErrorCode::Conflict);
    EXPECT_EQ(ask(SetDefaultAccount{AccountId::practice()}).error().code, ErrorCode::Conflict);
    EXPECT_EQ(ask(SetDefaultAccount{*accountIdFromString(u"runpod:nobody"_s)}).error().code, ErrorCode::AccountUnknown);
    EXPECT_TRUE(ask(RenameAccount{studio(), u"STUDIO"_s})) << "its own name in another case";
}

TEST_F(Accounts, EachHasAKeyOfItsOwn)
{
    addStudio();
    EXPECT_THAT(*m_secrets,
        testing::UnorderedElementsAre(testing::Pair(u"runpod"_s, "rpa_practice_FIRST"),
            testing::Pair(u"runpod:studio"_s, "rpa_practice_STUDIO")));
    const auto keys = ask(ListKeys{});
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 3);
    EXPECT_EQ(keys->at(1).account, studio());
    EXPECT_TRUE(keys->at(1).present);
    EXPECT_EQ(keys->at(2).kind, KeyKind::HuggingFace);
    EXPECT_EQ(keys->at(2).account, std::nullopt);
    const auto same = ask(SetKey{KeyKind::Runpod, key("rpa_practice_FIRST"), false, studio()});
    ASSERT_FALSE(same) << "one account under two names is counted twice";
    EXPECT_EQ(same.error().code, ErrorCode::KeyOfOtherAccount);
    EXPECT_THAT(same.error().arguments, testing::ElementsAre("Runpod"));
    EXPECT_EQ(ask(SetKey{KeyKind::Runpod, key("rpa_practice_x"), false, AccountId::practice()}).error().code,
        ErrorCode::Conflict);
    ASSERT_TRUE(ask(ForgetKey{KeyKind::Runpod, AccountId::runpod()}));
    EXPECT_EQ(ask(CheckKey{KeyKind::Runpod, AccountId::runpod()}).error().code, ErrorCode::KeyMissing);
    EXPECT_TRUE(ask(CheckKey{KeyKind::Runpod, studio()}));
    EXPECT_EQ(ask(ListGpuOffers{studio()})->isEmpty(), false);
    EXPECT_FALSE(m_second.calls(u"GET"_s, u"/rest/v2"_s).isEmpty());
}

TEST_F(Accounts, WhatIsDeployedLivesInItsOwnAndStopEverythingReachesBoth)
{
    addStudio();
    const Deployment here = deployAt(AccountId::runpod());
    const Deployment there = deployAt(studio());
    EXPECT_EQ(there.target, studio());
    EXPECT_EQ(m_first.endpointCount(), 1);
    EXPECT_EQ(m_second.endpointCount(), 1);
    const auto listed = ask(ListEndpoints{true});
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->size(), 2);
    EXPECT_EQ(listed->at(0).deployments, QList<DeploymentId>{here.id});
    EXPECT_EQ(listed->at(1).target, studio());
    EXPECT_EQ(listed->at(1).deployments, QList<DeploymentId>{there.id});
    SpendQuery query;
    query.target = studio();
    query.to = std::chrono::system_clock::now() + 1h;
    EXPECT_GT(ask(GetSpend{query})->summary.countedUsd, 0.0);

    restart();
    EXPECT_EQ(m_harness.waitFor(there.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    const auto report = ask(StopEverything{});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->endpoints.size(), 2);
    EXPECT_EQ(m_first.workerCount() + m_second.workerCount(), 0);
    EXPECT_EQ(m_harness.waitFor(here.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    EXPECT_EQ(m_harness.waitFor(there.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    const auto cleaned = ask(CleanUp{{.all = true, .apply = true}});
    ASSERT_TRUE(cleaned);
    EXPECT_EQ(cleaned->size(), 2);
    EXPECT_EQ(m_harness.waitFor(there.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_harness.waitFor(here.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_first.endpointCount() + m_second.endpointCount(), 0);
}

TEST_F(Accounts, AnotherKeyKeepsWhatTheOldOneMade)
{
    addStudio();
    const Deployment ready = deployAt(studio());
    const QString lost = u"visgate-%1-org--model"_s.arg(ready.userHash.left(10));
    m_second.makeElsewhere(lost, 1); // without a record here: only its name says whose key made it
    ASSERT_TRUE(ask(SetKey{KeyKind::Runpod, key("rpa_practice_STUDIO_2"), false, studio()}));
    const QString hash = QString::fromStdString(key("rpa_practice_STUDIO_2")->sha256Hex());
    ASSERT_TRUE(test::waitUntil([&] { return m_harness.deployment(ready.id).userHash == hash; }));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Ready);
    restart();
    const auto items = ask(CleanUp{});
    ASSERT_TRUE(items);
    ASSERT_EQ(items->size(), 2);
    for (const CleanupItem& item : *items) {
        EXPECT_EQ(item.target, studio());
        EXPECT_EQ(item.owner, item.endpointName == lost ? EndpointOwner::OtherApp : EndpointOwner::Ours);
    }
    const QString foreign = u"visgate-0123456789-org--model"_s;
    m_second.makeElsewhere(foreign, 1);
    const auto again = ask(CleanUp{});
    ASSERT_TRUE(again);
    const auto other = std::find_if(
        again->cbegin(), again->cend(), [&](const CleanupItem& item) { return item.endpointName == foreign; });
    ASSERT_NE(other, again->cend());
    EXPECT_EQ(other->owner, EndpointOwner::NotOurs) << "no key of this account made it";
    ASSERT_TRUE(ask(DeleteDeployment{ready.id}));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
}

} // namespace
} // namespace visgate
