// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a person uses it: the real programs, a data folder of their own, practice behind them.
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

class CliJourneyTest : public testing::Test {
protected:
    CliJourneyTest()
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        QDir(m_folder.path()).mkpath(u"run"_s);
        m_environment.insert(u"VISGATE_DATA_DIR"_s, m_folder.filePath(u"data"_s));
        m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
        m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
        m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    }

    ~CliJourneyTest() override
    {
        const qint64 practice = practiceProcess();
        if (practice > 0)
            ::kill(static_cast<pid_t>(practice), SIGTERM);
    }

    void start(QProcess& process, const QStringList& arguments) const
    {
        process.setProcessEnvironment(m_environment);
        process.start(QCoreApplication::applicationDirPath() + "/visgatectl"_L1, arguments);
        process.closeWriteChannel();
    }

    Ran run(const QStringList& arguments) const
    {
        QProcess process;
        start(process, arguments);
        EXPECT_TRUE(process.waitForFinished(120'000)) << arguments.join(u' ').toStdString();
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    [[nodiscard]] qint64 practiceProcess() const
    {
        QFile file(m_folder.filePath(u"data/practice/practice.json"_s));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return QJsonDocument::fromJson(file.readAll()).object().value("pid"_L1).toInteger();
    }

    /// Clean-up lists whatever is left at practice.
    void expectNothingLeft() const
    {
        const Ran left = run({u"cleanup"_s, u"--all"_s, u"--dry-run"_s, u"--json"_s});
        EXPECT_EQ(left.code, 0) << left.out.toStdString() << left.err.toStdString();
        EXPECT_TRUE(left.json().value("items"_L1).toArray().isEmpty()) << left.out.toStdString();
    }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

TEST_F(CliJourneyTest, FromAPromptToAPictureAndBackToNothing)
{
    const QString picture = m_folder.filePath(u"a.png"_s);
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a large red circle on a white background with a dragon"_s, u"--out"_s, picture, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    const QJsonObject report = deployed.json();
    EXPECT_EQ(report.value("status"_L1).toString(), u"ready"_s);
    EXPECT_FALSE(report.value("gpu_allocated"_L1).toString().isEmpty());
    EXPECT_GT(report.value("cost"_L1).toObject().value("estimated_usd"_L1).toDouble(), 0.0);
    EXPECT_EQ(report.value("stages"_L1).toArray().size(), 5);
    EXPECT_EQ(report.value("artifact"_L1).toString(), picture);
    EXPECT_TRUE(report.value("label"_L1).toString().contains("demo model"_L1));
    EXPECT_TRUE(report.value("unknown_words"_L1).toArray().contains(QJsonValue(u"dragon"_s)));
    EXPECT_TRUE(deployed.err.contains("Making the picture")) << deployed.err.toStdString();
    QFile file(picture);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().startsWith("\x89PNG"));

    const QString id = report.value("deployment_id"_L1).toString();
    EXPECT_TRUE(run({u"list"_s}).out.contains(id.toUtf8()));
    EXPECT_TRUE(run({u"logs"_s, id}).out.contains("Finished."));
    const Ran deleted = run({u"delete"_s, id});
    EXPECT_EQ(deleted.code, 0) << deleted.err.toStdString();
    expectNothingLeft();
}

TEST_F(CliJourneyTest, WithoutWaitingABackgroundProcessCarriesOnAndIsShared)
{
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--target"_s, u"practice"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    const QString id = deployed.json().value("deployment_id"_L1).toString();
    // A second server finds that the folder has an owner.
    EXPECT_EQ(run({u"serve"_s}).code, 1);
    const Ran deleted = run({u"delete"_s, id, u"--json"_s});
    EXPECT_EQ(deleted.code, 0) << deleted.err.toStdString();
    EXPECT_EQ(deleted.json().value("status"_L1).toString(), u"deleted"_s);
    expectNothingLeft();
}

TEST_F(CliJourneyTest, InterruptedByAScriptItCleansUp)
{
    QProcess process;
    start(process,
        {u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--speed"_s, u"1"_s});
    QByteArray said;
    process.setReadChannel(QProcess::StandardError);
    while (!said.contains("Getting the model") && process.waitForReadyRead(60'000))
        said += process.readAllStandardError();
    process.terminate();
    ASSERT_TRUE(process.waitForFinished(120'000));
    EXPECT_EQ(process.exitCode(), 5) << said.toStdString() << process.readAllStandardError().toStdString();
    expectNothingLeft();
}

TEST_F(CliJourneyTest, EveryRefusalIsASentenceARemedyAndACode)
{
    struct Case {
        QStringList arguments;
        int code;
    };
    const QList<Case> cases{{{u"dance"_s}, 2}, {{u"deploy"_s, u"a/b"_s, u"--out"_s, u"x.png"_s}, 2},
        {{u"show"_s, u"dep_2026_00000000"_s}, 4},
        {{u"deploy"_s, u"no/such"_s, u"--target"_s, u"practice"_s, u"--wait"_s}, 4},
        {{u"deploy"_s, u"openai-community/gpt2"_s, u"--target"_s, u"practice"_s, u"--wait"_s}, 1},
        {{u"deploy"_s, u"stabilityai/sdxl-turbo"_s}, 3}, {{u"keys"_s, u"check"_s, u"runpod"_s}, 3}};
    for (const Case& wrong : cases) {
        const std::string line = wrong.arguments.join(u' ').toStdString();
        const Ran english = run(wrong.arguments);
        EXPECT_EQ(english.code, wrong.code) << line << ": " << english.err.toStdString();
        EXPECT_TRUE(english.out.isEmpty()) << line;
        EXPECT_GE(english.err.trimmed().count('\n'), 1) << line << ": " << english.err.toStdString();
        const Ran turkish = run(wrong.arguments + QStringList{u"--lang"_s, u"tr"_s});
        EXPECT_EQ(turkish.code, wrong.code) << line;
        EXPECT_NE(turkish.err, english.err) << line;
        const Ran json = run(wrong.arguments + QStringList{u"--json"_s});
        EXPECT_EQ(json.code, wrong.code) << line;
        EXPECT_FALSE(json.json().value("error"_L1).toString().isEmpty()) << line << ": " << json.out.toStdString();
    }
}

} // namespace
} // namespace visgate
