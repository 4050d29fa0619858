// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that are stopped for minutes, as a laptop's are, and two that start at once on one data folder; the real
// programs, practice behind them.
#include "core/foundation/http/client.h"
#include "tests/support/await.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <chrono>
#include <csignal>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::chrono::seconds kPatience{120}; ///< several programs under sanitizers take part

class Asleep : public testing::Test {
protected:
    Asleep()
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        QDir(m_folder.path()).mkpath(u"run"_s);
        m_environment.insert(u"VISGATE_DATA_DIR"_s, m_folder.filePath(u"data"_s));
        m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
        m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
        m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    }

    void TearDown() override
    {
        if (const qint64 practice = addresses()["pid"_L1].toInteger(); practice > 0)
            ::kill(static_cast<pid_t>(practice), SIGTERM);
    }

    void start(QProcess& process, const QStringList& arguments) const
    {
        process.setProcessEnvironment(m_environment);
        process.start(QCoreApplication::applicationDirPath() + "/visgatectl"_L1, arguments);
        process.closeWriteChannel();
    }

    /// Until it owns the data folder; a command that comes earlier would become the owner itself.
    [[nodiscard]] bool serve(QProcess& owner) const
    {
        start(owner, {u"serve"_s});
        QByteArray said;
        return test::waitUntil(
            [&] {
                said += owner.readAllStandardError();
                return said.contains("Serving ");
            },
            kPatience);
    }

    QJsonObject run(const QStringList& arguments) const
    {
        QProcess process;
        start(process, arguments);
        EXPECT_TRUE(process.waitForFinished(1'200'000)) << arguments.join(u' ').toStdString();
        EXPECT_EQ(process.exitCode(), 0) << process.readAllStandardError().toStdString();
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }

    [[nodiscard]] QJsonObject addresses() const
    {
        QFile file(m_folder.filePath(u"data/practice/practice.json"_s));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }

    [[nodiscard]] QJsonObject control(const char* method, const std::string& path, const std::string& body = {}) const
    {
        http::Peer peer;
        peer.port = static_cast<std::uint16_t>(addresses()["port"_L1].toInt());
        http::Client client(peer);
        const std::string token = addresses()["token"_L1].toString().toStdString();
        http::Request request{method, "/__practice__" + path,
            {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}}, body, {}};
        const auto reply = client.send(request, std::chrono::seconds(20), {}, 64 * 1024 * 1024);
        EXPECT_TRUE(reply);
        return reply ? QJsonDocument::fromJson(QByteArray::fromStdString(reply->body)).object() : QJsonObject();
    }

    [[nodiscard]] qsizetype countOf(QLatin1String what) const
    {
        return control("GET", "/state")[what].toArray().size();
    }

    [[nodiscard]] QString statusOf(const QString& id) const
    {
        return run({u"show"_s, id, u"--json"_s})["status"_L1].toString();
    }

    void deleteAndExpectNothing(const QString& id) const
    {
        run({u"delete"_s, id, u"--json"_s});
        EXPECT_EQ(countOf("endpoints"_L1), 0);
        EXPECT_EQ(countOf("workers"_L1), 0);
    }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

TEST_F(Asleep, AnOwnerThatIsStoppedForMinutesGoesOnWhereItWas)
{
    QProcess owner;
    ASSERT_TRUE(serve(owner));
    const auto pid = static_cast<pid_t>(owner.processId());
    const QString id = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a red circle"_s, u"--json"_s})["deployment_id"_L1]
                           .toString();
    ASSERT_FALSE(id.isEmpty());
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    // Ten minutes pass for the provider and its worker; nobody watches.
    static_cast<void>(control("POST", "/time", R"({"advance_seconds": 600})"));
    EXPECT_TRUE(test::waitUntil([this] { return countOf("workers"_L1) == 0; }, kPatience))
        << "the endpoint's own limits end the worker";
    const double spent = control("GET", "/state")["money"_L1]["spent"_L1].toDouble();
    ASSERT_EQ(::kill(pid, SIGCONT), 0);
    EXPECT_EQ(statusOf(id), u"ready"_s);
    EXPECT_TRUE(test::waitUntil(
        [&] {
            const QJsonObject workers = run({u"show"_s, id, u"--json"_s})["workers"_L1].toObject();
            return workers["running"_L1].toInt() + workers["idle"_L1].toInt() == 0;
        },
        kPatience))
        << "it has noticed that the worker is gone";
    EXPECT_EQ(control("GET", "/state")["money"_L1]["spent"_L1].toDouble(), spent) << "nothing was started by waking up";
    deleteAndExpectNothing(id);
    owner.terminate();
    EXPECT_TRUE(owner.waitForFinished(300'000));
}

TEST_F(Asleep, StoppedInTheMiddleOfAStartItStillEndsInReadyOrInNothing)
{
    QProcess owner;
    ASSERT_TRUE(serve(owner));
    const auto pid = static_cast<pid_t>(owner.processId());
    const QString id
        = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--json"_s})["deployment_id"_L1]
              .toString();
    ASSERT_TRUE(test::waitUntil([this] { return !addresses().isEmpty() && countOf("endpoints"_L1) == 1; }, kPatience));
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    static_cast<void>(control("POST", "/time", R"({"advance_seconds": 180})"));
    ASSERT_EQ(::kill(pid, SIGCONT), 0);
    QString status;
    EXPECT_TRUE(test::waitUntil(
        [&] {
            status = statusOf(id);
            return status == "ready"_L1 || status == "failed"_L1;
        },
        kPatience));
    EXPECT_EQ(countOf("endpoints"_L1), 1) << "one deployment, one endpoint: " << status.toStdString();
    deleteAndExpectNothing(id);
    owner.terminate();
    EXPECT_TRUE(owner.waitForFinished(300'000));
}

TEST_F(Asleep, TwoProgramsThatStartAtOnceOnOneFolderShareAnOwner)
{
    const QStringList deploy{u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--json"_s};
    QProcess first;
    QProcess second;
    start(first, deploy);
    start(second, deploy);
    QStringList ids;
    for (QProcess* const process : {&first, &second}) {
        ASSERT_TRUE(process->waitForFinished(1'200'000));
        ASSERT_EQ(process->exitCode(), 0) << process->readAllStandardError().toStdString();
        const QByteArray out = process->readAllStandardOutput();
        ids.append(QJsonDocument::fromJson(out).object()["deployment_id"_L1].toString());
    }
    EXPECT_NE(ids.constFirst(), ids.constLast());
    for (const QString& id : ids)
        EXPECT_TRUE(test::waitUntil([&] { return statusOf(id) == "ready"_L1; }, kPatience))
            << statusOf(id).toStdString();
    EXPECT_EQ(countOf("endpoints"_L1), 1) << "the same set-up, asked for twice, is one endpoint";
    run({u"delete"_s, ids.constFirst(), u"--json"_s});
    EXPECT_EQ(countOf("endpoints"_L1), 1) << "the other one still uses it";
    deleteAndExpectNothing(ids.constLast());
}

} // namespace
} // namespace visgate
