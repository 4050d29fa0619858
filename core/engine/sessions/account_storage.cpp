// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that come in pairs: of the provider's volumes and of the user's own bucket. Each pair is one entry of the
// keychain, its two halves on two lines.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/foundation/file_error.h"
#include "core/foundation/redactor.h"
#include "core/secrets/session_store.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char16_t* kVolumes = u"runpod-volumes";
constexpr const char16_t* kStorage = u"storage";

StorageKeys pairFrom(const Secret& both)
{
    const std::string_view text = both.reveal();
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return {};
    return {QString::fromUtf8(text.data(), static_cast<qsizetype>(end)),
        std::make_shared<const Secret>(std::string(text.substr(end + 1)))};
}

bool isThisComputer(const QUrl& url)
{
    return url.host() == "127.0.0.1"_L1 || url.host() == "localhost"_L1;
}

} // namespace

Task<Result<StorageKeys>> ProviderSessions::keyPair(QString name)
{
    auto both = co_await load(name);
    if (!both)
        co_return fail(std::move(both.error()));
    if (!*both)
        co_return StorageKeys();
    StorageKeys keys = pairFrom(**both);
    if (keys.secretKey)
        m_config.redactor->addSecret(keys.secretKey->reveal());
    co_return keys;
}

Task<Result<void>> ProviderSessions::setKeyPair(QString name, StorageKeys keys, bool sessionOnly)
{
    if (!keys.secretKey || keys.secretKey->isEmpty() || keys.accessKeyId.isEmpty() || keys.accessKeyId.contains(u'\n'))
        co_return fail(ErrorCode::InvalidRequest, "keys");
    m_config.redactor->addSecret(keys.secretKey->reveal());
    Secret both(keys.accessKeyId.toStdString() + '\n' + std::string(keys.secretKey->reveal()));
    SecretStore& store = sessionOnly ? *m_session : keychain();
    auto written = co_await store.write(name, std::move(both));
    if (written && !sessionOnly) {
        [[maybe_unused]] auto replaced = co_await m_session->remove(name);
    }
    co_return written;
}

Task<Result<StorageKeys>> ProviderSessions::volumeKeys(AccountId target)
{
    if (target.isPractice())
        co_return practiceVolumeKeys();
    auto keys = co_await keyPair(QString::fromUtf16(kVolumes));
    if (keys && !keys->secretKey)
        co_return fail(ErrorCode::VolumeKeyMissing);
    co_return keys;
}

Task<Result<void>> ProviderSessions::setVolumeKeys(StorageKeys keys, bool sessionOnly)
{
    return setKeyPair(QString::fromUtf16(kVolumes), std::move(keys), sessionOnly);
}

S3Bucket ProviderSessions::volumeBucket(
    AccountId target, const VolumeId& volume, const QString& dataCenter, const StorageKeys& keys) const
{
    const QString place = dataCenter.toLower();
    QString endpoint = addressOf(target).volumes;
    endpoint.replace("%1"_L1, place);
    return {QUrl(endpoint), dataCenter, QString::fromStdString(volume.value()), keys.accessKeyId, keys.secretKey};
}

StorageSettings ProviderSessions::storageSettings() const
{
    const SettingsTable& table = Settings::table();
    return {QUrl(m_settings.value(table.storageEndpoint)), m_settings.value(table.storageRegion),
        m_settings.value(table.storageBucket), m_settings.value(table.storagePrefix)};
}

Result<void> ProviderSessions::setStorageSettings(const StorageSettings& settings)
{
    const SettingsTable& table = Settings::table();
    const bool kept = m_settings.set(table.storageEndpoint, settings.endpoint.toString())
        && m_settings.set(table.storageRegion, settings.region) && m_settings.set(table.storageBucket, settings.bucket)
        && m_settings.set(table.storagePrefix, settings.prefix);
    if (!kept)
        return fail(fileError(ErrorCode::FileUnwritable, Paths{m_config.dataFolder, {}, {}}.settings().toStdString()));
    return {};
}

Task<Result<void>> ProviderSessions::setStorageKeys(StorageKeys keys, bool sessionOnly)
{
    return setKeyPair(QString::fromUtf16(kStorage), std::move(keys), sessionOnly);
}

Task<Result<void>> ProviderSessions::forgetStorageKeys()
{
    return forgetEntry(QString::fromUtf16(kStorage));
}

Task<Result<StorageKeys>> ProviderSessions::storageKeys()
{
    return keyPair(QString::fromUtf16(kStorage));
}

Task<Result<std::optional<S3Bucket>>> ProviderSessions::storageBucket(AccountId target)
{
    const StorageSettings settings = storageSettings();
    // Practice writes nothing outside this computer.
    const bool isUsed = settings.isSet() && (!target.isPractice() || isThisComputer(settings.endpoint));
    if (!isUsed)
        co_return std::optional<S3Bucket>();
    auto keys = co_await keyPair(QString::fromUtf16(kStorage));
    if (!keys)
        co_return fail(std::move(keys.error()));
    if (!keys->secretKey)
        co_return std::optional<S3Bucket>();
    co_return std::optional(
        S3Bucket{settings.endpoint, settings.region, settings.bucket, keys->accessKeyId, keys->secretKey});
}

} // namespace visgate
