// SPDX-License-Identifier: GPL-3.0-or-later
// Runpod without an image of one's own: a public image is started with our package in its environment. Practice really
// runs the arguments, with a shell; for the package stands one that starts this
// program's own worker with its demo model (tests/support/stand_in_package.h).
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/keys.h"
#include "tests/support/engine_harness.h"
#include "tests/support/stand_in_package.h"

#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

const std::string kPublicKey = "rpa_practice_PUBLIC_31c7";

class PublicImageOnRunpod : public testing::Test {
protected:
    PublicImageOnRunpod()
    {
        const TargetAddress address = m_practice.address().address;
        test::actAsRunpod(m_harness.folder(), address);
        Settings(Paths{m_harness.folder(), {}, {}}.settings())
            .set(Settings::table().runpodGraphqlUrl, address.graphql.toString());
        m_harness.start([](EngineConfig& config) { config.publicImage = test::standInPackage(); });
    }
    static void onRunpod(CreateRequest& request)
    {
        request.target = AccountId::runpod();
        request.providerKey = std::make_shared<const Secret>(kPublicKey);
    }
    [[nodiscard]] QJsonObject endpoint() const { return m_practice.state()["endpoints"_L1][0].toObject(); }
    [[nodiscard]] DeployQuote quote()
    {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        onRunpod(request);
        const auto quoted = await(m_harness.engine().call(GetQuote{request}));
        EXPECT_TRUE(quoted);
        return quoted.value_or(DeployQuote());
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(PublicImageOnRunpod, DrawsAPictureWithNothingButAKey)
{
    const auto created = m_harness.create(onRunpod);
    ASSERT_TRUE(created) << created.error().detail;
    ASSERT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    const Job job = m_harness.waitForEnd(created->firstJob);
    EXPECT_EQ(job.status, JobStatus::Completed);
    EXPECT_EQ(job.artifacts.size(), 1);

    const QJsonObject config = endpoint();
    EXPECT_THAT(config["image"_L1].toString().toStdString(), testing::MatchesRegex("runpod/pytorch@sha256:[0-9a-f]+"))
        << "what was looked at is what starts, whatever becomes of the tag";
    EXPECT_EQ(m_practice.calls(QStringList{u"HEAD"_s, u"GET"_s}, u"/manifests/"_s).size(), 1)
        << "the check before the creation has its digest already";
    EXPECT_EQ(config["args"_L1].toString(), test::standInPackage().args);
    EXPECT_EQ(
        config["env"_L1]["VISGATE_PACKAGE_1"_L1].toString(), test::standInPackage().package[u"VISGATE_PACKAGE_1"_s]);
    EXPECT_FALSE(config["args"_L1].toString().contains(QString::fromStdString(kPublicKey)));
    EXPECT_FALSE(m_harness.messages(created->id).join(u' ').contains(u"VISGATE_PACKAGE"_s));
}

TEST_F(PublicImageOnRunpod, TakesTheTagWhereTheRegistryIsSilent)
{
    m_harness.stop();
    Settings(Paths{m_harness.folder(), {}, {}}.settings())
        .set(Settings::table().imageRegistryUrl, u"http://127.0.0.1:1"_s);
    m_harness.start([](EngineConfig& config) { config.publicImage = test::standInPackage(); });
    const auto created = m_harness.create(onRunpod);
    ASSERT_TRUE(created);
    ASSERT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_EQ(endpoint()["image"_L1].toString(), test::publicImage());
    EXPECT_THAT(m_harness.messages(created->id).join(u'\n').toStdString(),
        testing::HasSubstr("the registry does not tell which image"));
}

TEST_F(PublicImageOnRunpod, IsTheSameEndpointForTheSameThing)
{
    const Deployment first = m_harness.deployReady(onRunpod);
    const Deployment second = m_harness.deployReady(onRunpod);
    EXPECT_EQ(first.endpointId, second.endpointId) << "its name is made of the tag, not of what that stands for today";
    EXPECT_EQ(m_practice.endpointCount(), 1);
}

TEST_F(PublicImageOnRunpod, SaysWhatInstallingCostsAndAnOwnImageDoesNot)
{
    const DeployQuote installing = quote();
    ASSERT_TRUE(await(m_harness.engine().call(SetWorkerImage{test::imageOfNobody()})));
    const DeployQuote own = quote();
    EXPECT_GT(installing.readyLow, own.readyLow);
    EXPECT_GT(installing.price.firstPicture, own.price.firstPicture);
    const auto line = std::find_if(installing.preflight.lines.begin(), installing.preflight.lines.end(),
        [](const PreflightLine& one) { return one.id == "worker_image"_L1; });
    ASSERT_NE(line, installing.preflight.lines.end());
    EXPECT_EQ(line->level, PreflightLevel::Ok);
    EXPECT_THAT(line->detail.toStdString(), testing::HasSubstr("each cold start installs what draws, about 2 min ($"));
}

TEST_F(PublicImageOnRunpod, GivesWayToAnOwnImage)
{
    const auto known = await(m_harness.engine().call(GetWorkerImage{}));
    ASSERT_TRUE(known);
    EXPECT_EQ(*known, (WorkerImage{{}, test::publicImage(), 90s}));
    ASSERT_TRUE(await(m_harness.engine().call(SetWorkerImage{test::imageOfNobody()})));
    const auto created = m_harness.create(onRunpod);
    ASSERT_TRUE(created);
    ASSERT_TRUE(test::waitUntil([&] { return m_practice.endpointCount() == 1; }));
    EXPECT_EQ(endpoint()["image"_L1].toString(), test::imageOfNobody());
    EXPECT_EQ(endpoint()["args"_L1].toString(), QString());
}

} // namespace
} // namespace visgate
