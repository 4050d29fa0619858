// SPDX-License-Identifier: GPL-3.0-or-later
// A keychain that is locked: the key cards say that it could not be read, and the system's dialog comes when the button
// is pressed that announces it, not before.
#include "core/secrets/session_store.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>

#include <atomic>
#include <gmock/gmock.h>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// What the test and the store, which lives on the engine's thread, both know.
struct Lock {
    std::atomic<bool> locked = true;
    std::atomic<int> dialogs = 0;
};

/// A keychain that opens when its dialog is shown.
class LockedStore final : public SecretStore {
public:
    explicit LockedStore(std::shared_ptr<Lock> lock) : m_lock(std::move(lock)) { }
    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override
    {
        if (m_lock->locked)
            co_return fail(ErrorCode::KeychainLocked);
        auto read = co_await m_entries.read(name);
        co_return read;
    }
    QCoro::Task<Result<void>> write(QString name, Secret value) override
    {
        if (m_lock->locked)
            co_return fail(ErrorCode::KeychainLocked);
        auto written = co_await m_entries.write(name, std::move(value));
        co_return written;
    }
    QCoro::Task<Result<void>> remove(QString name) override
    {
        if (m_lock->locked)
            co_return fail(ErrorCode::KeychainLocked);
        auto removed = co_await m_entries.remove(name);
        co_return removed;
    }
    QCoro::Task<Result<void>> probe() override
    {
        co_return m_lock->locked ? Result<void>(fail(ErrorCode::KeychainLocked)) : Result<void>();
    }
    QCoro::Task<Result<void>> unlock(std::chrono::milliseconds) override
    {
        ++m_lock->dialogs;
        m_lock->locked = false;
        co_return Result<void>();
    }
    [[nodiscard]] QString backendName() const override { return u"Test Keyring"_s; }
    [[nodiscard]] bool isSessionOnly() const override { return false; }

private:
    std::shared_ptr<Lock> m_lock;
    SessionStore m_entries;
};

TEST(KeychainOnScreen, WhatCouldNotBeReadIsNotSaidToBeMissingAndTheDialogIsAnnounced)
{
    const auto lock = std::make_shared<Lock>();
    WindowHarness harness(u"en"_s, Look::Light,
        [&lock](EngineConfig& config) { config.makeSecrets = [lock] { return std::make_unique<LockedStore>(lock); }; });
    harness.show();
    harness.click(u"navSettings"_s);
    ASSERT_TRUE(harness.says(u"Could not be read"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.words().contains(u"No key"_s));
    EXPECT_TRUE(harness.says(u"your system then asks for the keychain's password"_s));
    EXPECT_EQ(lock->dialogs, 0) << "nothing opens before it is announced and asked for";

    // A key that is pasted now is not lost: it is stored once the keychain is open.
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    const auto* remedy = harness.find<QAbstractButton>(u"runpodRemedy"_s);
    EXPECT_EQ(remedy->text(), u"Unlock the keychain"_s);
    EXPECT_EQ(lock->dialogs, 0);
    harness.click(u"runpodRemedy"_s);
    EXPECT_TRUE(harness.says(u"Stored"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(lock->dialogs, 1);
    EXPECT_TRUE(waitUntil([&] { return !harness.words().contains(u"Could not be read"_s); }, 30s))
        << "the token's card is not told that the keychain is open";
}

} // namespace
} // namespace visgate::ui
