// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts at the command line: added, named, chosen and removed, by one process after the other.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"

#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliAccounts : public testing::Test, protected CliHarness {
protected:
    /// "id name" of each, with a star at the default.
    QStringList accounts() const
    {
        const Ran ran = run({u"accounts"_s, u"list"_s, u"--json"_s});
        EXPECT_EQ(ran.code, 0) << ran.err.toStdString();
        QStringList found;
        const QJsonArray list = ran.json()["accounts"_L1].toArray();
        for (const QJsonValue& account : list)
            found.append(account["account"_L1].toString() + u' ' + account["name"_L1].toString()
                + (account["default"_L1].toBool() ? u" *"_s : QString()));
        return found;
    }
    int code(const QStringList& arguments) const { return run(arguments).code; }
};

TEST_F(CliAccounts, LiveFromOneProcessToTheNext)
{
    const Ran added = run({u"accounts"_s, u"add"_s, u"Studio"_s});
    ASSERT_EQ(added.code, 0) << added.err.toStdString();
    EXPECT_THAT(added.out.toStdString(), testing::HasSubstr("visgatectl keys set runpod --target runpod:studio"));
    EXPECT_THAT(accounts(), testing::IsSupersetOf({u"runpod Runpod *"_s, u"runpod:studio Studio"_s}));
    EXPECT_EQ(code({u"accounts"_s, u"rename"_s, u"studio"_s, u"Film studio"_s}), 0) << "by its name, in any case";
    EXPECT_EQ(code({u"accounts"_s, u"default"_s, u"runpod:studio"_s}), 0);
    EXPECT_THAT(accounts(), testing::IsSupersetOf({u"runpod Runpod"_s, u"runpod:studio Film studio *"_s}));

    const Ran spent = run({u"spend"_s, u"--json"_s});
    EXPECT_EQ(spent.code, 0) << spent.err.toStdString();
    const Ran keys = run({u"keys"_s, u"--json"_s});
    EXPECT_THAT(keys.out.toStdString(), testing::HasSubstr("runpod:studio"));
    const Ran check = run({u"keys"_s, u"check"_s, u"runpod"_s, u"--target"_s, u"runpod:studio"_s, u"--json"_s});
    // Without a session bus there is no keychain that could say that it has none.
    EXPECT_THAT(check.out.toStdString(),
        testing::AnyOf(testing::HasSubstr("KEY_MISSING"), testing::HasSubstr("KEYCHAIN_UNAVAILABLE")));

    EXPECT_EQ(code({u"accounts"_s, u"remove"_s, u"Film studio"_s}), 0);
    EXPECT_THAT(accounts(), testing::Contains(u"runpod Runpod *"_s));
    EXPECT_THAT(accounts(),
        testing::Not(testing::Contains(testing::Property(&QString::toStdString, testing::HasSubstr("studio")))));
}

TEST_F(CliAccounts, WhatMakesNoSenseIsRefused)
{
    const Ran twice = run({u"accounts"_s, u"add"_s, u"runpod"_s, u"--json"_s});
    EXPECT_NE(twice.code, 0);
    EXPECT_THAT(twice.out.toStdString(), testing::HasSubstr("INVALID_REQUEST"));
    const Ran unknown = run({u"accounts"_s, u"remove"_s, u"nobody"_s, u"--json"_s});
    EXPECT_THAT(unknown.out.toStdString(), testing::HasSubstr("ACCOUNT_UNKNOWN"));
    const Ran first = run({u"accounts"_s, u"remove"_s, u"runpod"_s, u"--json"_s});
    EXPECT_NE(first.code, 0);
    EXPECT_THAT(first.out.toStdString(), testing::HasSubstr("CONFLICT"));
    EXPECT_NE(code({u"keys"_s, u"check"_s, u"hf"_s, u"--target"_s, u"runpod"_s}), 0);
}

} // namespace
} // namespace visgate
