// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_catalog.h"

#include <gtest/gtest.h>
#include <string>

namespace visgate {
namespace {

TEST(ErrorCatalogue, EveryCodeHasASentenceAndARemedyOfItsOwn)
{
    const QString internal = describe({ErrorCode::Internal, {}, 0, {}, {}}).message;
    for (int value = 0; value <= static_cast<int>(ErrorCode::OwnerUnavailable); ++value) {
        const auto code = static_cast<ErrorCode>(value);
        const ErrorText text = describe({code, {}, 0, {}, {}});
        const std::string name(toString(code));
        EXPECT_TRUE(text.message.endsWith(u'.')) << name;
        EXPECT_TRUE(text.remedy.endsWith(u'.')) << name;
        EXPECT_FALSE(text.message.contains(u'%')) << name << ": an argument was left open";
        EXPECT_EQ(text.button.isEmpty(), text.action == RemedyAction::None) << name;
        if (code != ErrorCode::Internal) {
            EXPECT_NE(text.message, internal) << name << " has no row";
        }
        EXPECT_EQ(errorCodeFromString(name), code) << name;
    }
}

TEST(ErrorCatalogue, FillsInWhatIsKnown)
{
    const ErrorText text = describe({ErrorCode::ModelNotFound, {}, 404, {}, {"stabilityai/nothing"}});
    EXPECT_TRUE(text.message.contains(QStringLiteral("stabilityai/nothing")));
    EXPECT_EQ(text.action, RemedyAction::SearchModels);
}

TEST(ErrorCatalogue, KeepsTheProvidersWordsWhereTheyHelp)
{
    const ErrorText text = describe({ErrorCode::ProviderRefused, "volume shrink is not allowed", 400, "req-1", {}});
    EXPECT_TRUE(text.message.contains(QStringLiteral("volume shrink is not allowed")));
}

} // namespace
} // namespace visgate
