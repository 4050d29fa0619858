// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"
#include "core/secrets/credentials_folder_store.h"
#include "core/secrets/keychain_store.h"
#include "core/secrets/open_best_store.h"
#include "core/secrets/session_store.h"
#include "tests/support/await.h"

#include <QFile>
#include <QTemporaryDir>

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

TEST(Keychain, WithoutAServiceItSaysSoAndTheSessionKeepsTheKey)
{
    // QtKeychain keeps the first bus connection of a process, so the check runs in a fresh one.
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            const NoSessionBus noBus;
            std::vector<std::unique_ptr<SecretStore>> candidates;
            candidates.push_back(std::make_unique<KeychainStore>(ownService(), 3s));
            OpenedSecrets opened = test::await(openBestStore(std::move(candidates)));
            const bool said = opened.problem
                && (opened.problem->code == ErrorCode::KeychainUnavailable
                    || opened.problem->code == ErrorCode::KeychainLocked);
            const bool works = test::await(opened.store->write(u"runpod"_s, Secret("kept"))).has_value()
                && valueOf(test::await(opened.store->read(u"runpod"_s))) == "kept";
            std::fputs(opened.problem ? opened.problem->detail.c_str() : "no problem was reported", stderr);
            std::_Exit(said && works && opened.store->isSessionOnly() ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

TEST(OpenBestStore, TakesTheFirstThatAnswersAndKeepsTheReason)
{
    const QTemporaryDir folder;
    std::vector<std::unique_ptr<SecretStore>> candidates;
    candidates.push_back(std::make_unique<CredentialsFolderStore>(u"/dev/null"_s));
    candidates.push_back(std::make_unique<CredentialsFolderStore>(folder.path()));
    const OpenedSecrets opened = test::await(openBestStore(std::move(candidates)));
    EXPECT_EQ(opened.store->backendName(), u"credentials folder"_s);
    ASSERT_TRUE(opened.problem);
    EXPECT_EQ(opened.problem->code, ErrorCode::FileUnreadable);
}

} // namespace
} // namespace visgate
