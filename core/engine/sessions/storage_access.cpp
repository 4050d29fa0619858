// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/storage_access.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/foundation/file_error.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "runpod-volumes", "runpod-volumes:studio"
QString volumesEntry(const AccountId& account)
{
    return account.provider() + "-volumes"_L1 + account.text().mid(account.provider().size());
}

QString storageEntry()
{
    return u"storage"_s;
}

bool isThisComputer(const QUrl& url)
{
    return url.host() == "127.0.0.1"_L1 || url.host() == "localhost"_L1;
}

} // namespace

StorageAccess::StorageAccess(
    const EngineConfig& config, Settings& settings, StoredKeys& keys, const ProviderSessions& accounts)
    : m_config(config), m_settings(settings), m_keys(keys), m_accounts(accounts)
{
}

Task<Result<StorageKeys>> StorageAccess::volumeKeys(AccountId target)
{
    if (target.isPractice())
        co_return m_accounts.practiceVolumeKeys();
    auto keys = co_await m_keys.loadPair(volumesEntry(target));
    if (keys && !keys->secretKey)
        co_return fail(ErrorCode::VolumeKeyMissing);
    co_return keys;
}

Task<Result<void>> StorageAccess::setVolumeKeys(AccountId target, StorageKeys keys, bool sessionOnly)
{
    return m_keys.storePair(volumesEntry(target), std::move(keys), sessionOnly);
}

Task<Result<void>> StorageAccess::forgetVolumeKeys(AccountId target)
{
    return m_keys.forget(volumesEntry(target));
}

S3Bucket StorageAccess::volumeBucket(
    const AccountId& target, const VolumeId& volume, const QString& dataCenter, const StorageKeys& keys) const
{
    const QString place = dataCenter.toLower();
    QString endpoint = m_accounts.addressOf(target).volumes;
    endpoint.replace("%1"_L1, place);
    return {QUrl(endpoint), dataCenter, QString::fromStdString(volume.value()), keys.accessKeyId, keys.secretKey};
}

StorageSettings StorageAccess::storageSettings() const
{
    const SettingsTable& table = Settings::table();
    return {QUrl(m_settings.value(table.storageEndpoint)), m_settings.value(table.storageRegion),
        m_settings.value(table.storageBucket), m_settings.value(table.storagePrefix)};
}

Result<void> StorageAccess::setStorageSettings(const StorageSettings& settings)
{
    const SettingsTable& table = Settings::table();
    const bool kept = m_settings.set(table.storageEndpoint, settings.endpoint.toString())
        && m_settings.set(table.storageRegion, settings.region) && m_settings.set(table.storageBucket, settings.bucket)
        && m_settings.set(table.storagePrefix, settings.prefix);
    if (!kept)
        return fail(fileError(ErrorCode::FileUnwritable, Paths{m_config.dataFolder, {}, {}}.settings().toStdString()));
    return {};
}

Task<Result<void>> StorageAccess::setStorageKeys(StorageKeys keys, bool sessionOnly)
{
    return m_keys.storePair(storageEntry(), std::move(keys), sessionOnly);
}

Task<Result<void>> StorageAccess::forgetStorageKeys()
{
    return m_keys.forget(storageEntry());
}

Task<Result<StorageKeys>> StorageAccess::storageKeys()
{
    return m_keys.loadPair(storageEntry());
}

Task<Result<std::optional<S3Bucket>>> StorageAccess::storageBucket(AccountId target)
{
    const StorageSettings settings = storageSettings();
    // Practice writes nothing outside this computer.
    const bool isUsed = settings.isSet() && (!target.isPractice() || isThisComputer(settings.endpoint));
    if (!isUsed)
        co_return std::optional<S3Bucket>();
    auto keys = co_await m_keys.loadPair(storageEntry());
    if (!keys)
        co_return fail(std::move(keys.error()));
    if (!keys->secretKey)
        co_return std::optional<S3Bucket>();
    co_return std::optional(
        S3Bucket{settings.endpoint, settings.region, settings.bucket, keys->accessKeyId, keys->secretKey});
}

} // namespace visgate
