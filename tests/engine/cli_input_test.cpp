// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker would refuse is refused before anything is made, in every way in; what it shows can be given back.
#include "tests/support/cli_harness.h"

#include <QFile>
#include <QJsonArray>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliInputTest : public testing::Test, protected CliHarness {
protected:
    Ran deploy(const QString& prompt, const QStringList& more = {}) const
    {
        return run(QStringList{u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
                       u"--json"_s, u"--prompt"_s, prompt}
            + more);
    }
    static QString codeOf(const Ran& ran)
    {
        return ran.json().value("details"_L1).toObject().value("code"_L1).toString();
    }
};

TEST_F(CliInputTest, ASeedThatIsShownMakesTheSamePictureAgain)
{
    const Ran first = deploy(u"a large red circle on a white background"_s);
    ASSERT_EQ(first.code, 0) << first.out.toStdString() << first.err.toStdString();
    const QJsonObject report = first.json();
    const QString id = report.value("deployment_id"_L1).toString();
    const auto picture = [](const QJsonObject& job) { return job.value("artifacts"_L1).toArray().at(0).toObject(); };
    const QJsonObject drawn = picture(report.value("job"_L1).toObject());
    const qint64 seed = drawn.value("seed"_L1).toInteger();
    for (const qint64 wanted : {seed, (qint64{1} << 53) - 1}) {
        const Ran again = run({u"jobs"_s, u"run"_s, id, u"a large red circle on a white background"_s, u"--seed"_s,
            QString::number(wanted), u"--wait"_s, u"--json"_s});
        ASSERT_EQ(again.code, 0) << again.out.toStdString() << again.err.toStdString();
        const QJsonObject second = picture(again.json());
        EXPECT_EQ(second.value("seed"_L1).toInteger(), wanted);
        if (wanted == seed) {
            EXPECT_EQ(second.value("sha256"_L1), drawn.value("sha256"_L1));
        }
    }
    EXPECT_NE(run({u"jobs"_s, u"run"_s, id, u"a circle"_s, u"--seed"_s, u"9007199254740992"_s}).code, 0);
    const Ran esc = run({u"jobs"_s, u"run"_s, id, u"a red\u001b[31m circle"_s, u"--json"_s});
    EXPECT_NE(esc.code, 0) << "control characters";
    EXPECT_EQ(codeOf(esc), u"PROMPT_UNUSABLE"_s) << esc.out.toStdString();
}

TEST_F(CliInputTest, WhatNoWorkerTakesMakesNoEndpoint)
{
    const QJsonObject addresses = practice();
    const auto made = [this] { return control("GET", u"/state"_s).value("endpoints"_L1).toArray().size(); };
    ASSERT_FALSE(addresses.isEmpty());
    const Ran tooLong = deploy(QString(4001, u'ş'));
    EXPECT_NE(tooLong.code, 0);
    EXPECT_EQ(codeOf(tooLong), u"PROMPT_TOO_LONG"_s) << tooLong.out.toStdString();
    EXPECT_TRUE(tooLong.out.contains("4001")) << tooLong.out.toStdString();
    QFile recipe(file(u"r.visgate"_s));
    for (const char* prompts :
        {R"({"prompt":"a red circle","seed":6687881544318117707})", R"({"prompt":"a red \u0000circle"})"}) {
        ASSERT_TRUE(recipe.open(QIODevice::WriteOnly | QIODevice::Truncate));
        recipe.write(R"({"visgate_recipe":1,"model":{"id":"stabilityai/sdxl-turbo"},"prompts":[)");
        recipe.write(prompts);
        recipe.write("]}");
        recipe.close();
        for (const QStringList& verb : {QStringList{u"recipe"_s, u"show"_s}, QStringList{u"recipe"_s, u"deploy"_s}})
            EXPECT_NE(run(verb + QStringList{recipe.fileName(), u"--target"_s, u"practice"_s}).code, 0) << prompts;
    }
    EXPECT_EQ(made(), 0);
}

TEST_F(CliInputTest, ALongTurkishPromptIsCountedInCharactersAndDrawn)
{
    QString prompt = u"büyük kırmızı daire, "_s.repeated(180);
    ASSERT_GT(prompt.toUtf8().size(), 4000);
    const Ran drawn = deploy(prompt.trimmed());
    EXPECT_EQ(drawn.code, 0) << drawn.out.toStdString() << drawn.err.toStdString();
}

} // namespace
} // namespace visgate
