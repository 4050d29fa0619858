// SPDX-License-Identifier: GPL-3.0-or-later
// Answers and signals arrive on ways of their own: an answer that comes last may be older than what was told before it.
#include "tests/support/await.h"
#include "tests/unit/service/fake_service.h"
#include "ui/item_models/deployment_items.h"

#include <gtest/gtest.h>

namespace visgate::ui {
namespace {

Deployment deploymentAt(DeploymentStatus status)
{
    Deployment deployment;
    deployment.id = DeploymentId("dep_1");
    deployment.status = status;
    return deployment;
}

class DeploymentList : public testing::Test {
protected:
    DeploymentList() { world.deployment = deploymentAt(DeploymentStatus::Validating); }

    test::FakeWorld world;
    test::FakeService service{world};
    DeploymentItems model{service};
};

TEST_F(DeploymentList, AnAnswerDoesNotHideWhatWasToldMeanwhile)
{
    Q_EMIT service.deploymentChanged(deploymentAt(DeploymentStatus::SelectingGpu));
    ASSERT_TRUE(test::waitUntil([&] { return model.isLoaded(); }));
    EXPECT_EQ(model.find(world.deployment.id)->status, DeploymentStatus::SelectingGpu);
    model.takeCreated(world.deployment);
    EXPECT_EQ(model.find(world.deployment.id)->status, DeploymentStatus::SelectingGpu);
}

TEST_F(DeploymentList, AnAnswerMakesUpForWhatWasMissed)
{
    Q_EMIT service.deploymentChanged(deploymentAt(DeploymentStatus::SelectingGpu));
    ASSERT_TRUE(test::waitUntil([&] { return model.isLoaded(); }));
    world.deployment = deploymentAt(DeploymentStatus::Ready);
    model.reload(); // as after a broken connection
    EXPECT_TRUE(test::waitUntil([&] { return model.find(world.deployment.id)->status == DeploymentStatus::Ready; }));
}

} // namespace
} // namespace visgate::ui
