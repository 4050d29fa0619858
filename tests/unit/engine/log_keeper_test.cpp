// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/logs/deployment_logs.h"
#include "core/foundation/redactor.h"
#include "core/providers/provider.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

TEST(DeploymentLogs, ALineWithoutAnIdIsKeptOnceHoweverOftenItIsSent)
{
    const QTemporaryDir folder;
    const DeploymentId id("dep_1");
    const ProviderLogLine line{{}, u"2026-11-30T06:00:00.000001Z"_s, u"container"_s, u"step 1/20"_s};
    ProviderLogLine later = line;
    later.timestamp = u"2026-11-30T06:00:00.000002Z"_s;
    ProviderLogLine other = line;
    other.line = u"step 2/20"_s;
    for (const bool isFirst : {true, false}) { // the second stands for the next owner, which reads from the beginning
        DeploymentLogs keeper(folder.path(), std::make_shared<Redactor>());
        for (const ProviderLogLine& sent : {line, later, other})
            EXPECT_EQ(keeper.addProviderLine(id, u"w1"_s, sent, DeploymentStatus::Ready), isFirst);
        EXPECT_TRUE(keeper.addProviderLine(id, isFirst ? u"w2"_s : u"w3"_s, line, DeploymentStatus::Ready))
            << "of another worker";
        EXPECT_EQ(keeper.lastProviderId(id, u"w1"_s), QString()) << "a time is no place to go on from";
    }
}

} // namespace
} // namespace visgate
