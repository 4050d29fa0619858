// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"
#include "core/secrets/credentials_folder_store.h"
#include "core/secrets/keychain_store.h"
#include "core/secrets/session_store.h"
#include "tests/support/await.h"
#include "tests/support/private_keyring.h"

#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <functional>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Entries of this run only: the keyring may be shared with other tests.
QString ownService()
{
    return u"visgate-test-"_s + QString::fromStdString(randomHex(6));
}

std::string valueOf(const Result<std::optional<Secret>>& read)
{
    return read && *read ? std::string((*read)->reveal()) : std::string("(nothing)");
}

/// The environment without a session bus, for the life of the object.
class NoSessionBus {
public:
    NoSessionBus() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/bus"); }
    ~NoSessionBus()
    {
        if (m_before.isNull())
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        else
            qputenv("DBUS_SESSION_BUS_ADDRESS", m_before);
    }
    NoSessionBus(const NoSessionBus&) = delete;
    NoSessionBus& operator=(const NoSessionBus&) = delete;

private:
    QByteArray m_before = qgetenv("DBUS_SESSION_BUS_ADDRESS");
};

TEST(SessionStore, KeepsReplacesAndForgets)
{
    SessionStore store;
    EXPECT_TRUE(store.isSessionOnly());
    EXPECT_TRUE(test::await(store.probe()));
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "(nothing)");
    EXPECT_TRUE(test::await(store.write(u"runpod"_s, Secret("one"))));
    EXPECT_TRUE(test::await(store.write(u"runpod"_s, Secret("two"))));
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "two");
    EXPECT_TRUE(test::await(store.remove(u"runpod"_s)));
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "(nothing)");
}

TEST(CredentialsFolder, ReadsOnlyWhatNobodyElseMayRead)
{
    const QTemporaryDir folder;
    const auto put = [&](const QString& name, const QByteArray& bytes, QFile::Permissions permissions) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        ASSERT_TRUE(file.setPermissions(permissions));
    };
    put(u"runpod"_s, "rpa_planted\n", QFile::ReadOwner | QFile::WriteOwner);
    put(u"hf"_s, "hf_open", QFile::ReadOwner | QFile::ReadGroup);
    CredentialsFolderStore store(folder.path());
    EXPECT_TRUE(test::await(store.probe()));
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "rpa_planted");
    EXPECT_EQ(valueOf(test::await(store.read(u"local-api"_s))), "(nothing)");
    const auto refused = test::await(store.read(u"hf"_s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::FileUnreadable);
    EXPECT_FALSE(test::await(store.write(u"runpod"_s, Secret("x"))));
    EXPECT_FALSE(test::await(CredentialsFolderStore(u"/dev/null"_s).probe()));
}

TEST(Keychain, RoundTripThroughTheDesktopsOwn)
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        GTEST_SKIP() << "no D-Bus session here; ./test starts one with an unlocked keyring";
    const QString service = ownService();
    KeychainStore store(service);
    if (const auto probe = test::await(store.probe()); !probe)
        GTEST_SKIP() << "no keychain service on this session bus: " << probe.error().detail;
    EXPECT_FALSE(store.isSessionOnly());
    EXPECT_FALSE(store.backendName().isEmpty());
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "(nothing)");
    EXPECT_TRUE(test::await(store.write(u"runpod"_s, Secret("rpa_ğüş_1"))));
    // Another object, as the next program start would have it.
    KeychainStore later(service);
    EXPECT_EQ(valueOf(test::await(later.read(u"runpod"_s))), "rpa_ğüş_1");
    EXPECT_TRUE(test::await(later.write(u"runpod"_s, Secret("rpa_2"))));
    EXPECT_EQ(valueOf(test::await(store.read(u"runpod"_s))), "rpa_2");
    EXPECT_TRUE(test::await(store.remove(u"runpod"_s)));
    EXPECT_EQ(valueOf(test::await(later.read(u"runpod"_s))), "(nothing)");
}

// QtKeychain keeps the first bus connection of a process, so each of these runs in a fresh one.
int inOwnProcess(const std::function<bool()>& holds)
{
    return holds() ? 0 : 1;
}

ErrorCode codeOf(const Result<std::optional<Secret>>& read)
{
    return read ? ErrorCode::Internal : read.error().code;
}

TEST(Keychain, WithoutABusNothingIsSaidToBeAbsent)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            const NoSessionBus noBus;
            KeychainStore store(ownService());
            std::_Exit(inOwnProcess([&] {
                return codeOf(test::await(store.read(u"runpod"_s))) == ErrorCode::KeychainUnavailable
                    && test::await(store.write(u"runpod"_s, Secret("x"))).error().code == ErrorCode::KeychainUnavailable
                    && test::await(store.remove(u"runpod"_s)).error().code == ErrorCode::KeychainUnavailable
                    && test::await(store.probe()).error().code == ErrorCode::KeychainUnavailable;
            }));
        },
        testing::ExitedWithCode(0), "");
}

/// The life of one store through all that a keyring can be.
bool tellsAbsentFromUnreadable()
{
    std::signal(SIGTERM, SIG_IGN); // what GLib sends to itself when the bus goes, at the end
    test::PrivateKeyring keyring;
    qputenv("DBUS_SESSION_BUS_ADDRESS", keyring.address().toUtf8());
    const QString service = ownService();
    KeychainStore store(service);
    const QString name = u"runpod"_s;
    const auto is = [&](ErrorCode code) { return codeOf(test::await(store.read(name), 60s)) == code; };
    const auto has = [&](const char* value) { return valueOf(test::await(store.read(name), 60s)) == value; };
    if (!is(ErrorCode::KeychainUnavailable))
        return std::fputs("absent\n", stderr), false;
    keyring.start();
    if (!has("(nothing)") || !test::await(store.write(name, Secret("rpa_1")), 60s) || !has("rpa_1"))
        return std::fputs("unlocked\n", stderr), false;
    keyring.silence();
    if (!is(ErrorCode::KeychainLocked))
        return std::fputs("silent\n", stderr), false;
    keyring.answerAgain();
    if (!has("rpa_1"))
        return std::fputs("answers again\n", stderr), false;
    keyring.lock();
    if (!is(ErrorCode::KeychainLocked) || test::await(store.write(name, Secret("rpa_2")), 60s)
        || test::await(store.remove(name), 60s) || test::await(store.probe(), 60s))
        return std::fputs("locked\n", stderr), false;
    keyring.kill();
    if (!is(ErrorCode::KeychainUnavailable))
        return std::fputs("gone\n", stderr), false;
    keyring.start();
    if (!has("rpa_1"))
        return std::fputs("back again\n", stderr), false;
    return true;
}

TEST(Keychain, LockedSilentOrGoneIsNotAbsentAndBackAgainIsFound)
{
    if (!test::PrivateKeyring().isAvailable())
        GTEST_SKIP() << "no dbus-daemon or gnome-keyring-daemon here";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(std::_Exit(inOwnProcess(tellsAbsentFromUnreadable)), testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace visgate
