// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is stopped for minutes, as a laptop's are: the real ones, practice behind them.
#include "core/foundation/http/client.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <csignal>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

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

    ~Asleep() override
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

    QJsonObject run(const QStringList& arguments) const
    {
        QProcess process;
        start(process, arguments);
        EXPECT_TRUE(process.waitForFinished(120'000)) << arguments.join(u' ').toStdString();
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
        http::Request request{method, "/__practice__" + path, {{"Content-Type", "application/json"}}, body, {}};
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

    /// Looks again until it is so; false after two minutes.
    template <typename Condition> [[nodiscard]] static bool becomes(Condition condition)
    {
        const QDeadlineTimer deadline(120'000);
        while (!condition()) {
            if (deadline.hasExpired())
                return false;
            QThread::msleep(100); // between two looks
        }
        return true;
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

TEST_F(Asleep, StoppedInTheMiddleOfAStartItStillEndsInReadyOrInNothing)
{
    QProcess owner;
    start(owner, {u"serve"_s});
    ASSERT_TRUE(owner.waitForStarted());
    const auto pid = static_cast<pid_t>(owner.processId());
    const QString id
        = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--json"_s})["deployment_id"_L1]
              .toString();
    ASSERT_TRUE(becomes([this] { return !addresses().isEmpty() && countOf("endpoints"_L1) == 1; }));
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    static_cast<void>(control("POST", "/time", R"({"advance_seconds": 180})"));
    ASSERT_EQ(::kill(pid, SIGCONT), 0);
    QString status;
    EXPECT_TRUE(becomes([&] {
        status = statusOf(id);
        return status == "ready"_L1 || status == "failed"_L1;
    }));
    EXPECT_EQ(countOf("endpoints"_L1), 1) << "one deployment, one endpoint: " << status.toStdString();
    deleteAndExpectNothing(id);
    owner.terminate();
    EXPECT_TRUE(owner.waitForFinished(30'000));
}

} // namespace
} // namespace visgate
