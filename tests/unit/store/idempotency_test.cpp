// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "core/store/idempotency_repository.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

TEST(Idempotency, AnAnswerIsKeptForADay)
{
    const QTemporaryDir folder;
    auto database = Database::open(folder.filePath(u"visgate.db"_s));
    ASSERT_TRUE(database) << database.error().detail;
    IdempotencyRepository answers(**database);
    const TimePoint now = TimePoint() + 24h * 20'000;
    EXPECT_FALSE(*answers.find(u"k"_s, now));
    ASSERT_TRUE(answers.keep({u"k"_s, u"digest"_s, DeploymentId("dep_2026_00000001"), now}));
    const auto found = answers.find(u"k"_s, now + 23h + 59min);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->digest, u"digest"_s);
    EXPECT_EQ((*found)->deployment.value(), "dep_2026_00000001");
    EXPECT_FALSE(*answers.find(u"other"_s, now));
    EXPECT_FALSE(*answers.find(u"k"_s, now + 24h)) << "a day is over";
    // Another key's answer clears what is old.
    ASSERT_TRUE(answers.keep({u"later"_s, u"d"_s, DeploymentId("dep_2026_00000002"), now + 25h}));
    EXPECT_FALSE(*answers.find(u"k"_s, now)) << "it is gone, not only hidden";
    // And a key may be used again.
    ASSERT_TRUE(answers.keep({u"later"_s, u"e"_s, DeploymentId("dep_2026_00000003"), now + 26h}));
    EXPECT_EQ((*answers.find(u"later"_s, now + 26h))->digest, u"e"_s);
}

} // namespace
} // namespace visgate
