// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/provider/account_id.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

TEST(AccountIds, NameAProviderAndPerhapsOneOfItsAccounts)
{
    const auto first = accountIdFromString(u"runpod"_s);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(*first, AccountId::runpod());
    EXPECT_EQ(first->provider(), u"runpod"_s);
    const auto second = accountIdFromString(u"runpod:studio-2"_s);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->provider(), u"runpod"_s);
    EXPECT_EQ(toString(*second), u"runpod:studio-2"_s);
    EXPECT_NE(*second, *first);
    EXPECT_TRUE(accountIdFromString(u"practice"_s)->isPractice());
    EXPECT_FALSE(accountIdFromString(u"practice:2"_s)->isPractice()) << "there is one practice";
    EXPECT_TRUE(AccountId().isEmpty());
}

TEST(AccountIds, AreWordsAndNothingElse)
{
    for (const QString& text : {u""_s, u":"_s, u"runpod:"_s, u":studio"_s, u"a:b:c"_s, u"Runpod"_s, u"run pod"_s,
             u"ığ"_s, u"../x"_s, u"a\n"_s, QString(41, u'a')})
        EXPECT_FALSE(accountIdFromString(text).has_value()) << text.toStdString();
}

TEST(AccountWord, IsMadeOfWhatAnIdMayHold)
{
    EXPECT_EQ(accountWord(u"Studio"_s), u"studio"_s);
    EXPECT_EQ(accountWord(u"Stüdyo Işık 2!"_s), u"studyo-isik-2"_s);
    EXPECT_EQ(accountWord(u"  IŞIK & Gölge  "_s), u"isik-golge"_s);
    EXPECT_EQ(accountWord(u"工作室"_s), u"account"_s);
    EXPECT_TRUE(accountIdFromString(u"runpod:"_s + accountWord(QString(200, u'ä'))));
}

} // namespace
} // namespace visgate
