// SPDX-License-Identifier: GPL-3.0-or-later
// A bucket of one's own set up at the command line, with what a dashboard's clipboard holds.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliStorage : public testing::Test, protected CliHarness {
protected:
    CliStorage() : CliHarness(Keychain::OfTheSession) { }
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus, so no keychain (tests/support/with_session brings one)";
    }
    void TearDown() override { std::ignore = run({u"storage"_s, u"forget"_s}); }
    /// The account's S3 side, without its bucket.
    QString endpoint() const { return m_practice.addresses()["volumes"_L1].toString().replace(u"%1"_s, u"bucket"_s); }
    Ran set(const QString& endpoint, const QString& bucket, const QString& prefix, const QStringList& more = {}) const
    {
        return run(QStringList{u"storage"_s, u"set"_s, u"--endpoint"_s, endpoint, u"--region"_s, u"any-1"_s,
                       u"--bucket"_s, bucket, u"--prefix"_s, prefix, u"--key-id"_s, u"user_practice"_s}
                + more,
            "rps_practice_play_storage\n");
    }

    test::PracticeProcess m_practice;
};

TEST_F(CliStorage, TakesWhatADashboardShows)
{
    const QString withoutScheme = endpoint().section(u"://"_s, 1);
    for (const QString& pasted :
        {endpoint() + u"/practice-pictures"_s, withoutScheme, u"  "_s + endpoint() + u"/ "_s}) {
        SCOPED_TRACE(pasted.toStdString());
        const Ran kept = set(pasted, u"s3://practice-pictures"_s, u"görseller/Ağustos 2026"_s);
        ASSERT_EQ(kept.code, 0) << kept.err.toStdString();
        EXPECT_THAT(kept.out.toStdString(), testing::HasSubstr(endpoint().toStdString() + '\n'));
        EXPECT_THAT(kept.out.toStdString(), testing::HasSubstr("görseller/Ağustos 2026/\n"));
        const Ran tested = run({u"storage"_s, u"test"_s});
        EXPECT_EQ(tested.code, 0) << tested.err.toStdString();
    }
    EXPECT_EQ(m_practice.calls(u"PUT"_s, u"/s3/bucket/practice-pictures/g"_s).size(), 3)
        << "the bucket stands in the address once";
}

TEST_F(CliStorage, ARefusalSaysTheRuleInBothLanguages)
{
    const Ran english = set(endpoint(), u"practice-pictures"_s, u"../x"_s);
    EXPECT_NE(english.code, 0);
    EXPECT_THAT(english.err.toStdString(), testing::HasSubstr("“Prefix” has a value that cannot be used. At most 200"));
    const Ran turkish = set(endpoint(), u"practice-pictures"_s, u"../x"_s, {u"--lang"_s, u"tr"_s});
    EXPECT_THAT(turkish.err.toStdString(), testing::HasSubstr("“Ön ek” için verilen değer kullanılamaz. En çok 200"));
    EXPECT_THAT(turkish.err.toStdString(), testing::Not(testing::HasSubstr("prefix")));
}

} // namespace
} // namespace visgate
