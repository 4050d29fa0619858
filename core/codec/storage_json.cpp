// SPDX-License-Identifier: GPL-3.0-or-later
// The model cache and the user's own storage.
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"

namespace visgate {

using namespace codec;
using namespace Qt::Literals::StringLiterals;

template <> struct Table<ModelVolume> {
    static auto fields()
    {
        return std::tuple(needed("target", &ModelVolume::target), field("volume_id", &ModelVolume::id),
            text("name", &ModelVolume::name), field("size_gb", &ModelVolume::sizeGb),
            text("data_center", &ModelVolume::dataCenter), field("monthly_usd", &ModelVolume::monthlyUsd),
            field("hf_model_id", &ModelVolume::modelId), field("revision", &ModelVolume::revision),
            needed("state", &ModelVolume::state), field("bytes_done", &ModelVolume::bytesDone),
            field("bytes_total", &ModelVolume::bytesTotal), field("error", &ModelVolume::error),
            field("used_by", &ModelVolume::usedBy), field("unconfirmed", &ModelVolume::unconfirmed),
            shown("unused", [](const ModelVolume& volume) { return QJsonValue(volume.isUnused()); }),
            field("ours", &ModelVolume::ours));
    }
};
template struct Codec<ModelVolume>;

template <> struct Table<StorageSettings> {
    static auto fields()
    {
        return std::tuple(
            custom<1>([](QJsonObject& object,
                          const StorageSettings& it) { object.insert("endpoint"_L1, it.endpoint.toString()); },
                [](const QJsonObject& object, StorageSettings& it) {
                    it.endpoint = QUrl(object.value("endpoint"_L1).toString());
                }),
            text("region", &StorageSettings::region), text("bucket", &StorageSettings::bucket),
            text("prefix", &StorageSettings::prefix));
    }
};
template struct Codec<StorageSettings>;

/// Only on its way to the one who keeps them.
template <> struct Table<StorageKeys> {
    static auto fields()
    {
        return std::tuple(
            field("access_key_id", &StorageKeys::accessKeyId), field("secret_key", &StorageKeys::secretKey));
    }
};
template struct Codec<StorageKeys>;

template <> struct Table<StorageState> {
    static auto fields()
    {
        return std::tuple(flat(&StorageState::settings),
            shown("configured", [](const StorageState& state) { return QJsonValue(state.settings.isSet()); }),
            needed("has_keys", &StorageState::hasKeys), field("access_key_id", &StorageState::accessKeyId));
    }
};
template struct Codec<StorageState>;

} // namespace visgate
