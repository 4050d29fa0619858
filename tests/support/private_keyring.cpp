// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/private_keyring.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QThread>
#include <QUuid>

#include <csignal>
#include <gtest/gtest.h>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kName = "org.freedesktop.secrets"_L1;
constexpr int kPatienceMs = 60'000;

const char* const kBus = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%1/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
)";

/// A connection for one question.
class Asking {
public:
    explicit Asking(const QString& address)
        : m_name(QUuid::createUuid().toString()), m_bus(QDBusConnection::connectToBus(address, m_name))
    {
    }
    ~Asking() { QDBusConnection::disconnectFromBus(m_name); }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    QDBusConnection& bus() { return m_bus; }

private:
    QString m_name;
    QDBusConnection m_bus;
};

} // namespace

PrivateKeyring::PrivateKeyring()
{
    for (const QString& folder : {u"home"_s, u"data"_s, u"run"_s})
        QDir(m_folder.path()).mkpath(folder);
    QFile config(m_folder.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        return;
    config.write(QString::fromUtf8(kBus).arg(m_folder.path()).toUtf8());
    config.close();
    m_bus.setStandardErrorFile(QProcess::nullDevice());
    m_bus.start(u"dbus-daemon"_s, {u"--config-file="_s + config.fileName(), u"--nofork"_s, u"--print-address"_s});
    const bool hasKeyring = !QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty();
    if (hasKeyring && m_bus.waitForReadyRead(kPatienceMs))
        m_address = QString::fromUtf8(m_bus.readLine()).trimmed();
}

PrivateKeyring::~PrivateKeyring()
{
    kill();
    m_bus.kill();
    m_bus.waitForFinished();
}

QProcessEnvironment PrivateKeyring::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_address);
    environment.insert(u"HOME"_s, m_folder.filePath(u"home"_s));
    environment.insert(u"XDG_DATA_HOME"_s, m_folder.filePath(u"data"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    environment.remove(u"GNOME_KEYRING_CONTROL"_s);
    return environment;
}

bool PrivateKeyring::waitForName(bool there) const
{
    Asking asking(m_address);
    QElapsedTimer waited;
    waited.start();
    while (asking.bus().isConnected() && waited.elapsed() < kPatienceMs) {
        if (asking.bus().interface()->isServiceRegistered(kName).value() == there)
            return true;
        QThread::msleep(20);
    }
    return false;
}

void PrivateKeyring::start(Begin begin)
{
    kill();
    QStringList arguments{
        u"--foreground"_s, u"--components=secrets"_s, u"--control-directory="_s + m_folder.filePath(u"run/keyring"_s)};
    if (begin == Begin::Unlocked)
        arguments.append(u"--unlock"_s);
    m_keyring.setProcessEnvironment(environment());
    m_keyring.setStandardErrorFile(QProcess::nullDevice());
    m_keyring.setStandardOutputFile(QProcess::nullDevice());
    m_keyring.start(u"gnome-keyring-daemon"_s, arguments);
    ASSERT_TRUE(m_keyring.waitForStarted());
    if (begin == Begin::Unlocked) {
        m_keyring.write("session");
        ASSERT_TRUE(m_keyring.waitForBytesWritten());
    }
    m_keyring.closeWriteChannel();
    ASSERT_TRUE(waitForName(true));
}

void PrivateKeyring::lock()
{
    Asking asking(m_address);
    QDBusMessage call = QDBusMessage::createMethodCall(
        kName, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    call << QVariant::fromValue(
        QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
    EXPECT_NE(asking.bus().call(call, QDBus::Block, kPatienceMs).type(), QDBusMessage::ErrorMessage);
}

void PrivateKeyring::kill()
{
    if (m_keyring.state() == QProcess::NotRunning)
        return;
    m_keyring.kill();
    m_keyring.waitForFinished();
    EXPECT_TRUE(waitForName(false));
}

void PrivateKeyring::silence()
{
    signalKeyring(SIGSTOP);
}

void PrivateKeyring::answerAgain()
{
    signalKeyring(SIGCONT);
}

void PrivateKeyring::signalKeyring(int number) const
{
    if (m_keyring.state() != QProcess::Running)
        return;
    EXPECT_EQ(::kill(static_cast<pid_t>(m_keyring.processId()), number), 0);
}

} // namespace visgate::test
