// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop whose country writes 0,5: what programs tell each other must not go through its habits.
#include "tests/support/cli_harness.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliLocale : public testing::TestWithParam<const char*>, protected CliHarness { };

TEST_P(CliLocale, PracticeStartsKeepsItsSpeedAndDraws)
{
    if (!liveIn(QString::fromLatin1(GetParam())))
        GTEST_SKIP() << "localedef cannot make " << GetParam() << " here";
    const auto deploy = [this](const QStringList& more) {
        return run(QStringList{u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
                       u"--prompt"_s, u"a red circle"_s, u"--out"_s, file(u"a.png"_s), u"--json"_s}
            + more);
    };
    // The speed of the settings travels as an argument; that of a wish, to a practice that runs, in a body.
    setting(u"practice/speed"_s, 62.5);
    const Ran first = deploy({});
    ASSERT_EQ(first.code, 0) << first.out.toStdString() << first.err.toStdString();
    EXPECT_EQ(control("GET", u"/state"_s).value("speed"_L1).toDouble(), 62.5);
    const Ran second = deploy({u"--force"_s, u"--speed"_s, u"37.5"_s});
    ASSERT_EQ(second.code, 0) << second.out.toStdString() << second.err.toStdString();
    EXPECT_EQ(control("GET", u"/state"_s).value("speed"_L1).toDouble(), 37.5);

    const QJsonObject report = second.json();
    EXPECT_EQ(report.value("artifact"_L1).toString(), file(u"a.png"_s));
    EXPECT_GT(report.value("cost"_L1).toObject().value("estimated_usd"_L1).toDouble(), 0.0);
    for (const Ran* ran : {&first, &second})
        EXPECT_EQ(run({u"delete"_s, ran->json().value("deployment_id"_L1).toString()}).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Countries, CliLocale, testing::Values("tr_TR.UTF-8", "de_DE.UTF-8"),
    [](const auto& locale) { return std::string(locale.param).substr(0, 2); });

} // namespace
} // namespace visgate
