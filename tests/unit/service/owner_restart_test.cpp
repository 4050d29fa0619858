// SPDX-License-Identifier: GPL-3.0-or-later
// The owner goes away while a client lives: another one is started, and the client speaks to it.
#include "core/api/api_server.h"
#include "core/operations/deployments.h"
#include "core/service/owner_restart.h"
#include "core/service/remote_service.h"
#include "tests/support/await.h"
#include "tests/unit/service/fake_service.h"

#include <QMetaObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::FakeService;
using test::FakeWorld;
using test::waitUntil;

TEST(OwnerRestart, StartsAnotherOwnerWhenTheOneThatServedIsGone)
{
    const QTemporaryDir folder;
    const QString socket = folder.filePath(u"owner.sock"_s);
    FakeWorld world;
    world.deployment.id = DeploymentId("dep_2026_0123abcd");
    world.deployment.modelId = u"org/model"_s;
    std::unique_ptr<ApiServer> owner;
    int started = 0;
    QObject here;
    const auto serve = [&] {
        ++started;
        owner = *ApiServer::start(socket, [&world] { return std::make_unique<FakeService>(world); });
    };
    serve();
    RemoteService remote(socket);
    const OwnerRestart keeper(remote, [&] { QMetaObject::invokeMethod(&here, serve, Qt::QueuedConnection); });
    std::optional<bool> connected;
    QObject::connect(&remote, &DeploymentService::connectionChanged, &here, [&](bool now) { connected = now; });
    ASSERT_TRUE(waitUntil([&] { return connected == true; }, 30s));
    EXPECT_EQ(started, 1) << "an owner that answers is left alone";

    connected.reset();
    owner.reset();
    ASSERT_TRUE(waitUntil([&] { return started == 2 && connected == true; }, 30s));
    EXPECT_TRUE(test::await(remote.call(ListDeployments{5, {}})));
}

} // namespace
} // namespace visgate
