// SPDX-License-Identifier: GPL-3.0-or-later
// A hub, or a proxy before it, that takes the connection and says nothing: commands say for whom they wait, and end.
#include "tests/support/cli_harness.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using test::ScriptedServer;

// Ten times what these take on an idle computer; they took 90 and 180 s once.
constexpr qint64 kMostMs = 60'000;

class CliSilence : public testing::Test {
protected:
    CliSilence() : m_hub([](http::Exchange&) {}) { m_cli.setting(u"hub/url"_s, m_hub.url().toString()); }
    Ran timed(const QStringList& arguments, const QStringList& language = {})
    {
        QElapsedTimer timer;
        timer.start();
        Ran ran = m_cli.run(arguments + language);
        EXPECT_LT(timer.elapsed(), kMostMs) << arguments.join(u' ').toStdString();
        return ran;
    }

    ScriptedServer m_hub;
    CliHarness m_cli;
};

TEST_F(CliSilence, APreflightEndsWhenItHasPrinted)
{
    for (const QString& model : {u"stabilityai/sdxl-turbo"_s, u"some/other"_s}) {
        const Ran ran = timed({u"preflight"_s, model, u"--target"_s, u"runpod"_s});
        EXPECT_THAT(ran.out.toStdString(), testing::HasSubstr("No answer in time; this could not be checked"));
        EXPECT_THAT(ran.out.toStdString(), testing::Not(testing::HasSubstr("suitable GPU")))
            << "what nobody knows the size of is not too large";
    }
}

TEST_F(CliSilence, ASearchSaysForWhomItWaitsAndEnds)
{
    const Ran english = timed({u"models"_s, u"search"_s, u"anything"_s, u"--target"_s, u"runpod"_s});
    EXPECT_NE(english.code, 0);
    EXPECT_THAT(english.err.toStdString(), testing::HasSubstr("Waiting for an answer of Hugging Face ...\n"));
    EXPECT_THAT(english.err.toStdString(), testing::HasSubstr("did not answer in time."));
    const Ran turkish
        = timed({u"models"_s, u"search"_s, u"anything"_s, u"--target"_s, u"runpod"_s}, {u"--lang"_s, u"tr"_s});
    EXPECT_THAT(turkish.err.toStdString(), testing::HasSubstr("Hugging Face yanıtı bekleniyor ...\n"));
}

TEST_F(CliSilence, TheDoctorEnds)
{
    const Ran ran = timed({u"doctor"_s});
    EXPECT_THAT(ran.err.toStdString(), testing::HasSubstr("Waiting for an answer of Hugging Face ..."));
    EXPECT_THAT(ran.out.toStdString(), testing::HasSubstr("did not answer in time."));
}

} // namespace
} // namespace visgate
