// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/storage_handlers.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/sessions/storage_access.h"
#include "core/foundation/ids.h"
#include "core/net/s3_client.h"
#include "core/operations/handlers.h"
#include "core/operations/storage.h"

#include <memory>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kTrialBytes = 4096;
constexpr std::size_t kTrialRandom = 16;

/// Shared with the coroutine that uses it: it may outlast a change of the settings.
std::shared_ptr<S3Client> makeClient(S3Bucket bucket, const EngineConfig& config)
{
    return std::make_shared<S3Client>(
        std::move(bucket), [clock = config.clock] { return clock->now(); },
        HttpClientSettings::loggingTo(config.log.network));
}

/// A trial knows no entry that may be missing, only a bucket.
Error ofTrial(Error error)
{
    if (error.code == ErrorCode::NotFound)
        error.code = ErrorCode::StorageRefused;
    return error;
}

} // namespace

void StorageHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetStorage>([this](GetStorage) { return present(); });
    handlers.add<SetStorage>([this](SetStorage op) { return set(std::move(op)); });
    handlers.add<TestStorage>([this](TestStorage) { return tryOut(); });
    handlers.add<ForgetStorage>([this](ForgetStorage) { return forget(); });
}

Task<Result<StorageState>> StorageHandlers::present()
{
    StorageState state;
    state.settings = m_storage.storageSettings();
    if (!state.settings.isSet())
        co_return state; // nobody is asked to unlock a keychain for what is not set up
    auto keys = co_await m_storage.storageKeys();
    if (!keys)
        co_return fail(std::move(keys.error()));
    state.hasKeys = keys->secretKey != nullptr;
    state.accessKeyId = keys->accessKeyId;
    co_return state;
}

Task<Result<StorageState>> StorageHandlers::set(SetStorage op)
{
    if (const QString field = firstBadField(op.settings); !field.isEmpty())
        co_return fail(invalidSetting(field.toStdString()));
    if (op.keys.secretKey) {
        auto kept = co_await m_storage.setStorageKeys(std::move(op.keys), op.sessionOnly);
        if (!kept)
            co_return fail(std::move(kept.error()));
    }
    if (auto kept = m_storage.setStorageSettings(op.settings); !kept)
        co_return fail(std::move(kept.error()));
    auto state = co_await present();
    co_return state;
}

Task<Result<void>> StorageHandlers::tryOut()
{
    auto bucket = co_await m_storage.storageBucket(AccountId::runpod());
    if (!bucket)
        co_return fail(std::move(bucket.error()));
    if (!*bucket)
        co_return fail(ErrorCode::StorageRefused, "no storage is set up");
    const QString prefix = m_storage.storageSettings().prefix;
    const auto client = makeClient(std::move(**bucket), m_config);
    const QString key = prefix + "visgate-test-"_L1 + QString::fromStdString(randomHex(kTrialRandom));
    const QByteArray sent = QByteArray::fromStdString(randomHex(kTrialRandom));
    auto put = co_await client->put(key, sent, "text/plain");
    if (!put)
        co_return fail(ofTrial(std::move(put.error())));
    auto got = co_await client->get(key, kTrialBytes);
    auto removed = co_await client->remove(key);
    if (!got)
        co_return fail(ofTrial(std::move(got.error())));
    if (*got != sent)
        co_return fail(ErrorCode::StorageRefused, "it gave back something else");
    co_return removed;
}

Task<Result<void>> StorageHandlers::forget()
{
    if (auto kept = m_storage.setStorageSettings({}); !kept)
        co_return kept;
    auto forgotten = co_await m_storage.forgetStorageKeys();
    co_return forgotten;
}

} // namespace visgate
