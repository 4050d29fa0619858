// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/secret.h"

#include <QString>
#include <QUrl>

#include <memory>
#include <optional>

namespace visgate {

/// The user's own bucket, as the settings hold it. Its keys are in the keychain.
struct StorageSettings {
    QUrl endpoint;  ///< "https://s3.eu-central-1.amazonaws.com"; buckets are addressed by path
    QString region; ///< "eu-central-1", "auto"
    QString bucket;
    QString prefix; ///< of every object: "visgate/"; may be empty
    bool operator==(const StorageSettings&) const = default;

    [[nodiscard]] bool isSet() const { return endpoint.isValid() && !endpoint.isEmpty() && !bucket.isEmpty(); }
};

struct StorageKeys {
    QString accessKeyId;
    std::shared_ptr<const Secret> secretKey;
};

/// What is set up, without secrets.
struct StorageState {
    StorageSettings settings;
    bool hasKeys = false;
    QString accessKeyId;
    bool operator==(const StorageState&) const = default;
};

/// What people paste, made into what is meant: spaces around it, a missing https://, the bucket in the address (as a
/// path or before the host, as dashboards show it), "s3://bucket/folder", a prefix without its slash or with one too
/// many.
[[nodiscard]] StorageSettings storageFromText(QString endpoint, QString region, QString bucket, QString prefix);

/// Why the settings cannot be used: the field's name; empty if they can. Plain http is taken for this computer only.
[[nodiscard]] QString firstBadField(const StorageSettings& settings);

} // namespace visgate
