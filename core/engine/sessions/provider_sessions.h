// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/image_registry.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/sessions/model_source.h"
#include "core/net/s3_client.h"
#include "core/providers/provider.h"

#include <QFuture>
#include <QHash>
#include <QString>

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

class QThreadPool;

namespace visgate {

class SessionStore;
class Settings;

/// Which account at a target: that of the stored key, or that of a key which came with a request.
struct AccountRef {
    AccountRef(AccountId where) : target(where) { } // every target has one account that needs no further name
    AccountRef(AccountId where, QString userHash) : target(where), guest(std::move(userHash)) { }
    AccountId target;
    QString guest; ///< user hash of the request's key; empty: the stored key
    [[nodiscard]] bool operator==(const AccountRef& other) const = default;
    [[nodiscard]] bool operator<(const AccountRef& other) const
    {
        return std::tie(target, guest) < std::tie(other.target, other.guest);
    }
};

/// The accounts at the targets: their keys, and a provider and a model source for each. Engine thread only.
class ProviderSessions {
public:
    ProviderSessions(const EngineConfig& config, Settings& settings);
    ~ProviderSessions();

    /// Ends the calls under way (they return Cancelled) and takes no more.
    void stop();

    /// Every account that the program knows, practice first.
    [[nodiscard]] const QList<ProviderAccount>& all() const { return m_known; }
    /// AccountUnknown where there is none of that name.
    [[nodiscard]] Result<void> checkKnown(const AccountId& account) const;
    /// What its cloud is like; of a cloud without anything where there is no such account.
    [[nodiscard]] const ProviderDescriptor& descriptor(const AccountId& account) const;

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
    [[nodiscard]] QUrl hubUrl(AccountId target) const;
    /// Practice's time factor, as it was asked for last.
    [[nodiscard]] double practiceSpeed() const;
    /// Takes in a key that came with a request: kept in memory only, known by its user hash from then on.
    QString addGuest(AccountId target, std::shared_ptr<const Secret> key);
    [[nodiscard]] bool hasGuest(AccountId target, const QString& userHash) const;
    /// Drops what open() made and ends the calls under way: a key changed.
    void close(const AccountRef& account);
    /// Its service seems to be gone: the next open() looks for it again. Calls under way go on.
    void doubt(const AccountRef& account);
    /// Presets and names, without any account.
    [[nodiscard]] ModelSource& registry() { return *m_registry; }

    /// The account's endpoints, at most `age` old: one list call serves every deployment.
    Task<Result<QList<ProviderEndpoint>>> endpoints(AccountRef account, std::chrono::milliseconds age);
    /// The provider's places, asked once an hour.
    Task<Result<QList<DataCenter>>> dataCenters(AccountRef account);
    /// The list has come by another way.
    void noteEndpoints(const AccountRef& account, const QList<ProviderEndpoint>& endpoints);
    /// Live offers, at most a minute old.
    Task<Result<QList<GpuOffer>>> offers(AccountRef account);

    /// The price of one GPU of this type, from the offers last seen; USD an hour.
    [[nodiscard]] std::optional<double> priceOf(const AccountRef& account, const QString& gpuTypeId) const;
    /// The dearest GPU of these pools, from the offers last seen, else as published. USD an hour.
    [[nodiscard]] double dearestOf(const AccountRef& account, const QStringList& pools) const;
    /// Also when they were never asked for.
    [[nodiscard]] bool arePricesOlderThan(AccountId target, std::chrono::milliseconds age) const;
    /// The pool of this GPU type; empty if it is not known.
    [[nodiscard]] QString poolOf(const AccountRef& account, const QString& gpuTypeId) const;
    /// The account's worker quota, once a refusal has told it; forgotten after ten minutes, because credit raises it.
    [[nodiscard]] std::optional<int> workerQuota(const AccountRef& account) const;
    void noteRefusal(const AccountRef& account, const Error& error);

    /// The user's hub token for this model, or null. Practice, whose hub gates like the real one, is only ever given
    /// one of its own tokens, and is not worth a question to the keychain for a model that is open.
    Task<Result<std::shared_ptr<const Secret>>> hubToken(AccountId target, QString modelId);

    /// Whether this token may be sent to the target's hub: practice is never given a real one.
    [[nodiscard]] static bool mayUseToken(AccountId target, const Secret& token);

    /// The commit that the hub named for this model and wish, if that was within the last minute.
    [[nodiscard]] std::optional<QString> knownRevision(
        AccountId target, const QString& modelId, const QString& wish) const;
    void noteRevision(AccountId target, const QString& modelId, const QString& wish, const QString& commit);

    /// Never a failure: that a key could not be read is part of its state.
    Task<KeyState> keyState(KeyKind kind);
    Task<Result<KeyState>> setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly);
    Task<Result<void>> checkKey(KeyKind kind);
    Task<Result<void>> forgetKey(KeyKind kind);
    /// What this Runpod key may do; it is kept nowhere.
    Task<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key);

    /// The keys of the provider's volumes (their S3 side); VolumeKeyMissing where none are stored.
    Task<Result<StorageKeys>> volumeKeys(AccountId target);
    Task<Result<void>> setVolumeKeys(StorageKeys keys, bool sessionOnly);
    [[nodiscard]] S3Bucket volumeBucket(
        AccountId target, const VolumeId& volume, const QString& dataCenter, const StorageKeys& keys) const;

    /// The user's own bucket; empty where none is set up, or not for this target.
    Task<Result<std::optional<S3Bucket>>> storageBucket(AccountId target);
    [[nodiscard]] StorageSettings storageSettings() const;
    Result<void> setStorageSettings(const StorageSettings& settings);
    Task<Result<StorageKeys>> storageKeys(); ///< empty ones if none are stored
    Task<Result<void>> setStorageKeys(StorageKeys keys, bool sessionOnly);
    Task<Result<void>> forgetStorageKeys();

    Task<EngineHealth> secretsHealth();
    /// Opens the desktop's own password dialog where the keychain is locked.
    Task<Result<void>> unlockKeychain();

private:
    struct Account;

    /// Asked anew at each use: one that was locked or absent when the program began is found when it answers.
    [[nodiscard]] SecretStore& keychain();
    Task<Result<void>> openNow(AccountRef ref, double speed);
    /// On the pool, because it may block.
    [[nodiscard]] QFuture<Result<PracticeAddress>> startPractice(double speed);
    Task<Result<std::shared_ptr<const Secret>>> load(QString name);
    Task<Result<StorageKeys>> keyPair(QString name);
    Task<Result<void>> setKeyPair(QString name, StorageKeys keys, bool sessionOnly);
    Task<Result<void>> forgetEntry(QString name);
    /// Made when it is first named; one that is not known never opens.
    [[nodiscard]] Account& of(const AccountRef& ref) const;
    [[nodiscard]] StorageKeys practiceVolumeKeys() const;
    [[nodiscard]] TargetAddress addressOf(AccountId target) const;
    Task<Result<std::shared_ptr<const Secret>>> loadKey(KeyKind kind);
    Task<Result<void>> checkWith(KeyKind kind, std::shared_ptr<const Secret> key);
    [[nodiscard]] TargetAddress runpodAddress() const;
    void use(const AccountRef& ref, TargetAddress address, std::shared_ptr<const Secret> key);

    const EngineConfig& m_config;
    Settings& m_settings;
    QList<ProviderAccount> m_known;
    const ProviderDescriptor m_none;
    std::unique_ptr<SecretStore> m_keychain; ///< made when first needed
    std::unique_ptr<SessionStore> m_session; ///< keys the user wanted kept for this session only
    std::unique_ptr<ModelSource> m_registry;
    std::list<std::unique_ptr<Provider>> m_checkedProviders; ///< of a key that is being tried
    std::list<std::unique_ptr<ModelSource>> m_checkedModels;
    mutable std::map<AccountRef, std::unique_ptr<Account>> m_accounts;
    std::map<AccountRef, std::shared_ptr<const Secret>> m_guestKeys;
    struct KnownRevision {
        QString commit;
        MonotonicPoint at;
    };
    QHash<QString, KnownRevision> m_revisions;
    http::CancelToken m_ending;          ///< ends what blocks a thread of the pool
    std::unique_ptr<QThreadPool> m_pool; ///< startPractice may block
    double m_practiceSpeed = 0.0;        ///< 0: never asked for another than the settings'
    bool m_stopped = false;
};

} // namespace visgate
