// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/release.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

ReleaseHistory history()
{
    return {4, false,
        {{u"r4"_s, 4, {}, {}, 0, {{u"disk"_s, u"40"_s, u"30"_s}, {u"env.TASK"_s, u"x"_s, {}}}},
            {u"r3"_s, 3, {}, {}, 0, {{u"disk"_s, u"20"_s, u"40"_s}, {u"image"_s, u"worker:1"_s, u"worker:2"_s}}},
            {u"r2"_s, 2, {}, {}, 0, {{u"env.TASK"_s, {}, u"x"_s}}}, {u"r1"_s, 1, {}, {}, 0, {}}}};
}

TEST(Releases, TheDifferenceOfTwoIsWhatIsLeftOfTheStepsBetween)
{
    EXPECT_EQ(changesBetween(history(), 1, 4),
        (QList<ReleaseChange>{{u"disk"_s, u"20"_s, u"30"_s}, {u"image"_s, u"worker:1"_s, u"worker:2"_s}}))
        << "what was set and unset again is no difference";
    EXPECT_EQ(changesBetween(history(), 4, 1),
        (QList<ReleaseChange>{{u"disk"_s, u"30"_s, u"20"_s}, {u"image"_s, u"worker:2"_s, u"worker:1"_s}}));
    EXPECT_EQ(changesBetween(history(), 1, 2), (QList<ReleaseChange>{{u"env.TASK"_s, {}, u"x"_s}}));
    EXPECT_TRUE(changesBetween(history(), 3, 3).isEmpty());
    EXPECT_TRUE(history().has(2));
    EXPECT_FALSE(history().has(5));
}

TEST(Releases, ChangesAreSaidInWords)
{
    EXPECT_EQ(inWords({{u"image"_s, u"a"_s, u"b"_s}, {u"env.TASK"_s, {}, u"x"_s}, {u"unheard.of"_s, u"1"_s, {}}}),
        (QStringList{u"Worker image changed from a to b"_s, u"TASK set to x"_s, u"unheard.of removed (it was 1)"_s}));
}

} // namespace
} // namespace visgate
