// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/public_image.h"
#include "core/domain/provider/provider_descriptor.h"
#include "core/domain/storage/storage.h"
#include "core/foundation/clock.h"
#include "core/foundation/http/client.h"
#include "core/foundation/logs/own_log.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "core/picture_engine/engine_lock.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace visgate {

class ModelSource;
class Provider;
class Redactor;
class SecretStore;
class StepProbe;

/// Where a target answers. All are base URLs without a trailing slash.
struct TargetAddress {
    QUrl rest;         ///< "https://api.runpod.io/v2"
    QUrl queue;        ///< "https://api.runpod.ai/v2"
    QUrl hub;          ///< "https://huggingface.co"
    QUrl registry{};   ///< of worker images whose name has no host; empty: Docker's
    QString volumes{}; ///< S3 side of the volumes; %1 stands for the data center in lower case
    QUrl graphql{};    ///< "https://api.runpod.io/graphql"; empty: switched off
    bool operator==(const TargetAddress&) const = default;
};

/// A practice process that answers, and the key of its account.
struct PracticeAddress {
    TargetAddress address;
    std::shared_ptr<const Secret> key;
    StorageKeys volumeKeys{}; ///< of the S3 side of its volumes
};

/// How often the engine looks. Log streams carry most of the news; these are the ceilings without them.
struct EnginePace {
    std::chrono::milliseconds observe{1500};    ///< worker list while deploying
    std::chrono::milliseconds watch{30'000};    ///< endpoint list, of the whole account
    std::chrono::milliseconds risk{40'000};     ///< worker states where some exist
    std::chrono::milliseconds turn{1'800'000};  ///< worker states where none is known
    std::chrono::milliseconds job{700};         ///< job status while it runs
    std::chrono::milliseconds confirm{1000};    ///< reading back a delete or a pause
    std::chrono::milliseconds billing{300'000}; ///< what the provider has booked
    std::chrono::milliseconds licence{3000};    ///< whether a licence has been accepted
    std::chrono::seconds warmIdle{900};         ///< the endpoint's idle time-out while a warm window is held
    /// How long "there is no such job" must go on where the job's age does not explain it: a proxy's page, a queue that
    /// has not heard of the job yet, a part of the service that starts anew.
    std::chrono::milliseconds denied{300'000};
    std::chrono::milliseconds retryLow{500}; ///< back-off after a failed call
    std::chrono::milliseconds retryHigh{15'000};
};

/// The hooks of a deployment's callback receiver; empty when none listens.
struct CallbackAddress {
    QUrl base; ///< reachable by the worker: "http://127.0.0.1:40123"
};

/// Everything the engine needs, passed in. Factories are called on the engine thread unless said otherwise.
struct EngineConfig {
    QString dataFolder; ///< locked by the caller (DataFolderLock)
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Redactor> redactor; ///< learns every key the engine loads
    OwnLogs log{};
    std::shared_ptr<const void> logFile{}; ///< takes what is logged, as long as the engine lives

    PublicImage publicImage{}; ///< for clouds that start any image; none: a worker image has to be set
    std::function<EngineLock()> pictureEngineLock = EngineLock::builtIn;
    QList<ProviderDescriptor> providers; ///< each has an account of its own name; practice first
    std::function<std::unique_ptr<Provider>(AccountId, TargetAddress, std::shared_ptr<const Secret> key)> makeProvider;
    std::function<std::unique_ptr<ModelSource>(TargetAddress)> makeModels;
    /// Where keys are stored; unset: for the session only.
    std::function<std::unique_ptr<SecretStore>()> makeSecrets;
    /// Starts practice or finds the one that runs; `speed` 0 keeps its time factor. Called on a pool thread; may
    /// block. PracticeUnavailable.
    std::function<Result<PracticeAddress>(double speed, const http::CancelToken& cancel)> startPractice;

    std::shared_ptr<StepProbe> probe; ///< null in the program
    std::optional<EnginePace> pace;   ///< unset: the defaults, quicker for practice
};

} // namespace visgate
