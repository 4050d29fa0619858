// SPDX-License-Identifier: GPL-3.0-or-later
// The system's password dialog is announced before it appears: a keychain of the test's own on a bus of its own, which
// is open once its dialog was answered.
#include "tests/support/await.h"
#include "tests/support/cli_harness.h"
#include "tests/support/private_keyring.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using testing::HasSubstr;

constexpr auto kRoot = "/org/freedesktop/secrets"_L1;

/// The Secret Service of a desktop whose one collection is locked.
class LockedSecrets final : public QDBusVirtualObject {
public:
    explicit LockedSecrets(const QString& address) : m_bus(QDBusConnection::connectToBus(address, u"locked-secrets"_s))
    {
        m_bus.registerVirtualObject(kRoot, this, QDBusConnection::SubPath);
        m_bus.registerService(u"org.freedesktop.secrets"_s);
    }
    ~LockedSecrets() override { QDBusConnection::disconnectFromBus(u"locked-secrets"_s); }
    LockedSecrets(const LockedSecrets&) = delete;
    LockedSecrets& operator=(const LockedSecrets&) = delete;

    /// What happens when the dialog appears; it opens the collection if the answer is yes.
    std::function<bool()> onDialog;

    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override
    {
        const auto path
            = [](const char* name) { return QVariant::fromValue(QDBusObjectPath(kRoot + QLatin1StringView(name))); };
        const QVariant none = QVariant::fromValue(QList<QDBusObjectPath>());
        const QString method = message.member();
        QList<QVariant> answer;
        if (method == "ReadAlias"_L1)
            answer = {path("/collection/login")};
        else if (method == "Get"_L1)
            answer = {QVariant::fromValue(QDBusVariant(!m_isOpen))};
        else if (method == "SearchItems"_L1)
            answer = {none, none};
        else if (method == "Unlock"_L1)
            answer = {none, path("/prompt/1")};
        else if (method != "Prompt"_L1)
            return false;
        bus.send(message.createReply(answer));
        if (method == "Prompt"_L1)
            showDialog(message.path());
        return true;
    }

private:
    void showDialog(const QString& dialog)
    {
        m_isOpen = onDialog();
        QDBusMessage completed = QDBusMessage::createSignal(dialog, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s);
        completed << !m_isOpen << QVariant::fromValue(QDBusVariant(u""_s));
        m_bus.send(completed);
    }

    QDBusConnection m_bus;
    bool m_isOpen = false;
};

class CliUnlock : public testing::Test, protected test::CliHarness {
protected:
    void SetUp() override
    {
        if (!m_bus.isAvailable())
            GTEST_SKIP() << "no dbus-daemon or gnome-keyring-daemon here";
        set(u"DBUS_SESSION_BUS_ADDRESS"_s, m_bus.address());
    }
    /// `keys unlock` with that answer in the dialog; what it had said by the time that the dialog appeared.
    int unlock(bool agrees)
    {
        LockedSecrets secrets(m_bus.address());
        QProcess unlocking;
        secrets.onDialog = [&] {
            ++m_dialogs;
            // What was written before the dialog was asked for is in the pipe; nothing is waited for.
            unlocking.setReadChannel(QProcess::StandardError);
            unlocking.waitForReadyRead(0);
            m_saidBefore += unlocking.readAllStandardError();
            return agrees;
        };
        start(unlocking, {u"keys"_s, u"unlock"_s});
        EXPECT_TRUE(test::waitUntil([&] { return unlocking.state() == QProcess::NotRunning; }));
        m_saidAfter = unlocking.readAllStandardOutput() + unlocking.readAllStandardError();
        return unlocking.exitCode();
    }

    test::PrivateKeyring m_bus; ///< without its keyring
    int m_dialogs = 0;
    QByteArray m_saidBefore;
    QByteArray m_saidAfter;
};

TEST_F(CliUnlock, TheDialogIsAnnouncedBeforeItAppearsAndOpensTheKeychain)
{
    EXPECT_EQ(unlock(true), 0) << m_saidAfter.toStdString();
    EXPECT_EQ(m_dialogs, 1);
    EXPECT_THAT(m_saidBefore.toStdString(), HasSubstr("asks for its password"));
    EXPECT_THAT(m_saidAfter.toStdString(), HasSubstr("The keychain is open"));
}

TEST_F(CliUnlock, ADialogThatIsDismissedLeavesItLockedAndSaysSo)
{
    EXPECT_EQ(unlock(false), 3);
    EXPECT_EQ(m_dialogs, 1);
    EXPECT_THAT(m_saidAfter.toStdString(), HasSubstr("locked"));
}

} // namespace
} // namespace visgate
