// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/image_registry.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/sessions/model_source.h"
#include "core/engine/sessions/stored_keys.h"
#include "core/providers/provider.h"

#include <QFuture>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

class QThreadPool;

namespace visgate {

class Settings;

/// Which key at an account: the stored one, or one that came with a request.
struct AccountRef {
    AccountRef(AccountId where) : target(std::move(where)) { } // the stored key needs no further name
    AccountRef(AccountId where, QString userHash) : target(std::move(where)), guest(std::move(userHash)) { }
    AccountId target;
    QString guest; ///< user hash of the request's key; empty: the stored key
    [[nodiscard]] bool operator==(const AccountRef& other) const = default;
    [[nodiscard]] bool operator<(const AccountRef& other) const
    {
        return std::tie(target, guest) < std::tie(other.target, other.guest);
    }
};

/// The accounts, opened: a provider and a model source for each, made from its key. Engine thread only.
class ProviderSessions {
public:
    /// All of them outlive this object.
    ProviderSessions(const EngineConfig& config, Settings& settings, const AccountBook& book, StoredKeys& keys);
    ~ProviderSessions();
    ProviderSessions(const ProviderSessions&) = delete;
    ProviderSessions& operator=(const ProviderSessions&) = delete;

    /// Ends the calls under way (they return Cancelled) and takes no more.
    void stop();
    [[nodiscard]] bool isStopped() const { return m_stopped; }

    /// Makes sure that the target can be called: its key is loaded, practice runs. KeyMissing (there is none),
    /// KeychainLocked and KeychainUnavailable (that is not known), PracticeUnavailable, AccountUnknown. `speed` is
    /// practice's time factor, 0 keeps it.
    Task<Result<void>> open(AccountRef account, double speed);
    /// Whether open() succeeded and nothing changed since.
    [[nodiscard]] bool isOpen(const AccountRef& account) const;
    /// Only after open(). The pointers go stale when a key changes: ask again after each wait.
    [[nodiscard]] Provider* provider(const AccountRef& account);
    [[nodiscard]] ModelSource* models(const AccountRef& account);
    [[nodiscard]] ImageRegistry* images(const AccountRef& account);
    [[nodiscard]] QString userHash(const AccountRef& account) const;
    [[nodiscard]] QUrl hubUrl(const AccountId& target) const;
    /// Where an account answers; of one with a key also before it was opened.
    [[nodiscard]] TargetAddress addressOf(const AccountId& target) const;
    /// Where every account of a cloud answers, by the settings.
    [[nodiscard]] TargetAddress cloudAddress() const;
    /// The keys of practice's volumes, which it tells itself.
    [[nodiscard]] StorageKeys practiceVolumeKeys() const;
    /// Practice's time factor, as it was asked for last.
    [[nodiscard]] double practiceSpeed() const;
    /// Takes in a key that came with a request: kept in memory only, known by its user hash from then on.
    QString addGuest(const AccountId& target, std::shared_ptr<const Secret> key);
    [[nodiscard]] bool hasGuest(const AccountId& target, const QString& userHash) const;
    /// Drops what open() made and ends the calls under way: a key changed.
    void close(const AccountRef& account);
    /// How often it was closed: what was learnt before is another account's, perhaps.
    [[nodiscard]] quint64 closings(const AccountRef& account) const;
    /// Its service seems to be gone: the next open() looks for it again. Calls under way go on.
    void doubt(const AccountRef& account);
    /// Presets and names, without any account.
    [[nodiscard]] ModelSource& registry() const { return *m_registry; }

private:
    struct Account;

    Task<Result<void>> openNow(AccountRef ref, double speed);
    Task<Result<void>> openPractice(double speed);
    /// On the pool, because it may block.
    [[nodiscard]] QFuture<Result<PracticeAddress>> startPractice(double speed);
    /// Made when it is first named; one that is not known never opens.
    [[nodiscard]] Account& of(const AccountRef& ref) const;
    void use(const AccountRef& ref, TargetAddress address, std::shared_ptr<const Secret> key);

    const EngineConfig& m_config;
    Settings& m_settings;
    const AccountBook& m_book;
    StoredKeys& m_keys;
    std::unique_ptr<ModelSource> m_registry;
    mutable std::map<AccountRef, std::unique_ptr<Account>> m_accounts;
    std::map<AccountRef, std::shared_ptr<const Secret>> m_guestKeys;
    http::CancelToken m_ending;          ///< ends what blocks a thread of the pool
    std::unique_ptr<QThreadPool> m_pool; ///< startPractice may block
    double m_practiceSpeed = 0.0;        ///< 0: never asked for another than the settings'
    bool m_stopped = false;
};

/// The name of an account's key among the stored ones.
[[nodiscard]] inline QString keyEntry(const AccountId& account)
{
    return toString(account);
}

} // namespace visgate
