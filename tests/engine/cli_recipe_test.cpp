// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe from one person to another: exported from a deployment, looked at, deployed on another computer's account.
#include "tests/support/cli_harness.h"

#include <QFile>
#include <QJsonArray>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

TEST(CliRecipe, FromOnePersonToAnother)
{
    const CliHarness giver;
    const Ran made = giver.run(
        {u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--target"_s, u"practice"_s, u"--gpu"_s, u"AMPERE_48"_s, u"--wait"_s,
            u"--prompt"_s, u"a large blue square on a white background"_s, u"--seed"_s, u"5"_s, u"--json"_s});
    ASSERT_EQ(made.code, 0) << made.out.toStdString() << made.err.toStdString();
    const QString id = made.json()["deployment_id"_L1].toString();
    const QString path = giver.file(u"squares.visgate"_s);
    const Ran exported = giver.run({u"recipe"_s, u"export"_s, id, u"--out"_s, path});
    ASSERT_EQ(exported.code, 0) << exported.err.toStdString();
    EXPECT_EQ(giver.run({u"recipe"_s, u"export"_s, id}).out, contentsOf(path)) << "to standard output the same";
    const QJsonObject recipe = QJsonDocument::fromJson(contentsOf(path)).object();
    EXPECT_EQ(recipe["visgate_recipe"_L1].toInt(), 1);
    EXPECT_EQ(recipe["model"_L1]["id"_L1].toString(), u"stabilityai/sd-turbo"_s);
    EXPECT_EQ(recipe["gpu"_L1]["tier"_L1].toString(), u"AMPERE_48"_s);
    EXPECT_EQ(recipe["prompts"_L1][0]["seed"_L1].toInt(), 5);
    EXPECT_FALSE(contentsOf(path).contains(made.json()["user_hash"_L1].toString().toUtf8()))
        << "nothing of the account";

    const CliHarness taker;
    const Ran shown = taker.run({u"recipe"_s, u"show"_s, path, u"--target"_s, u"practice"_s});
    EXPECT_EQ(shown.code, 0) << shown.err.toStdString();
    EXPECT_THAT(shown.out.toStdString(), testing::HasSubstr("a large blue square on a white background"));
    const Ran asJson = taker.run({u"recipe"_s, u"show"_s, path, u"--target"_s, u"practice"_s, u"--json"_s});
    EXPECT_EQ(asJson.json()["recipe"_L1].toObject(), recipe);
    EXPECT_FALSE(asJson.json()["preflight"_L1]["blocked"_L1].toBool(true)) << asJson.out.toStdString();

    const QString picture = taker.file(u"a.png"_s);
    const Ran deployed = taker.run(
        {u"recipe"_s, u"deploy"_s, path, u"--target"_s, u"practice"_s, u"--wait"_s, u"--out"_s, picture, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    EXPECT_EQ(deployed.json()["revision"_L1].toString(), made.json()["revision"_L1].toString());
    EXPECT_EQ(deployed.json()["limits"_L1].toObject(), made.json()["limits"_L1].toObject());
    EXPECT_EQ(deployed.json()["gpu_planned"_L1].toArray(), made.json()["gpu_planned"_L1].toArray());
    EXPECT_EQ(deployed.json()["job"_L1]["input"_L1].toObject(), made.json()["job"_L1]["input"_L1].toObject());
    EXPECT_TRUE(contentsOf(picture).startsWith("\x89PNG"));
}

TEST(CliRecipe, OneThatKeepsWorkersRunningAsksBeforeAnythingIsPaid)
{
    const CliHarness cli;
    QFile file(cli.file(u"always.visgate"_s));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"visgate_recipe":1,"name":"Free pictures","model":{"id":"stabilityai/sd-turbo"},
        "sizes":{"num_images":4},"prompts":[{"prompt":"a red circle"}],
        "limits":{"workers_min":3,"workers_max":5,"idle_timeout_seconds":3600}})");
    file.close();
    const QStringList practice{u"--target"_s, u"practice"_s};
    const Ran shown = cli.run(QStringList{u"recipe"_s, u"show"_s, file.fileName()} + practice);
    EXPECT_EQ(shown.code, 0) << shown.err.toStdString();
    for (const char* told : {"3 running day and night", "a month", "3 to 5", "leaves after 60 min", "Pictures at once"})
        EXPECT_THAT(shown.out.toStdString(), testing::HasSubstr(told));

    const QStringList deploy = QStringList{u"recipe"_s, u"deploy"_s, file.fileName()} + practice;
    const Ran refused = cli.run(deploy);
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err.toStdString(), testing::HasSubstr("--yes"));
    EXPECT_THAT(refused.err.toStdString(), testing::ContainsRegex("costs \\$[0-9,.]+ a month"));
    EXPECT_THAT(cli.run(deploy + QStringList{u"--lang"_s, u"tr"_s}).err.toStdString(), testing::HasSubstr("--yes"));
    EXPECT_EQ(cli.control("GET", u"/state"_s)["endpoints"_L1].toArray().size(), 0) << "nothing was begun";

    const Ran agreed = cli.run(deploy + QStringList{u"--yes"_s, u"--wait"_s, u"--json"_s});
    ASSERT_EQ(agreed.code, 0) << agreed.out.toStdString() << agreed.err.toStdString();
    const QJsonArray endpoints = cli.control("GET", u"/state"_s)["endpoints"_L1].toArray();
    ASSERT_EQ(endpoints.size(), 1);
    EXPECT_EQ(endpoints[0]["workers"_L1]["min"_L1].toInt(), 3);
    EXPECT_EQ(cli.run({u"delete"_s, agreed.json()["deployment_id"_L1].toString()}).code, 0);
}

TEST(CliRecipe, WhatIsNoRecipeIsSaid)
{
    const CliHarness cli;
    const auto write = [&cli](const char* text) {
        QFile file(cli.file(u"x.visgate"_s));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    };
    const Ran missing = cli.run({u"recipe"_s, u"show"_s, cli.file(u"none.visgate"_s)});
    EXPECT_EQ(missing.code, 1);
    EXPECT_THAT(missing.err.toStdString(), testing::HasSubstr("cannot be read."));
    const Ran wrong = cli.run(
        {u"recipe"_s, u"deploy"_s, write(R"({"visgate_recipe":1,"model":{"id":"a/b"},"sizes":{"width":"wide"}})")});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_THAT(wrong.err.toStdString(), testing::HasSubstr("sizes.width"));
    const QString newer = write(R"({"visgate_recipe":2})");
    EXPECT_THAT(
        cli.run({u"recipe"_s, u"show"_s, newer}).err.toStdString(), testing::HasSubstr("newer version of Visgate"));
    EXPECT_THAT(cli.run({u"recipe"_s, u"show"_s, newer, u"--lang"_s, u"tr"_s}).err.toStdString(),
        testing::HasSubstr("daha yeni bir sürümü"));
    EXPECT_THAT(cli.run({u"recipe"_s}).out.toStdString(), testing::HasSubstr("recipe export"));
}

} // namespace
} // namespace visgate
