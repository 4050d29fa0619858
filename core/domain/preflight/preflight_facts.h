// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/model/model.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <type_traits>

namespace visgate {

/// One question of the preflight. Not every one is asked (there is no bill to read without a key), and not every answer
/// comes in time.
template <typename T> struct Asked {
    bool asked = false;
    std::optional<Result<T>> answer;

    [[nodiscard]] bool isLate() const { return asked && !answer; }
    [[nodiscard]] bool succeeded() const { return answer && answer->has_value(); }
    /// Null unless it failed.
    [[nodiscard]] const Error* error() const { return answer && !*answer ? &answer->error() : nullptr; }
    /// Only after succeeded().
    [[nodiscard]] std::add_lvalue_reference_t<const T> value() const { return answer->value(); }
};

/// Who holds worker slots of the account.
struct SlotUse {
    QString endpointName;
    int workersMax = 0;
};

/// The account's money, where the provider tells it.
struct KnownBalance {
    double usd = 0.0;
    double usdPerHour = 0.0; ///< what runs now, of any kind
};

/// Everything that the preflight knows; the rules turn it into lines. Filled by the engine from parallel calls.
struct PreflightFacts {
    CreateRequest request;
    QString modelId;
    QString providerName;            ///< for sentences: "Runpod"
    QString image;                   ///< the worker image; empty if none is set
    std::chrono::seconds install{0}; ///< what its containers install at each start; none: it is an image of our worker
    QString cudaFloor;               ///< the oldest CUDA that the image runs with: "12.4"; empty: any
    bool keepsKeys = true;           ///< practice has no key to keep
    bool isHere = false;             ///< the workers are processes of this computer
    bool hasStorage = false;
    std::optional<std::chrono::seconds> coldStart;  ///< expected, until the model is loaded
    std::optional<std::chrono::seconds> picture;    ///< expected, for one result of the default size
    std::optional<int> knownQuota;                  ///< worker slots, once a refusal has told them
    std::optional<std::chrono::seconds> clockAhead; ///< this computer's clock against the provider's
    std::optional<double> volumeFreeGb;             ///< in the volume that the model would be loaded from
    bool modelIsCached = false;
    std::optional<Error> tokenProblem; ///< why it is not known whether a hub token is stored

    Asked<EngineHealth> keychain;
    Asked<void> account; ///< the key is there, or practice runs
    Asked<QList<SlotUse>> endpoints;
    Asked<void> mayCreate;
    Asked<void> runs; ///< whether something there can run the model; asked of this computer only
    Asked<void> mayReadBills;
    Asked<KnownBalance> balance;
    Asked<QList<GpuOffer>> offers;
    Asked<QString> manifest; ///< of the worker image, at its registry: its digest
    Asked<ModelSpec> model;
    Asked<void> access; ///< whether the token may download the model

    GpuPlan plan;       ///< from `offers` and `model`
    QString pricesAsOf; ///< the day of the published prices that `plan` is made of; empty: it is live

    /// What the hub said, or else what is on disk.
    [[nodiscard]] const ModelSpec* knownModel() const { return m_known ? &*m_known : nullptr; }
    void setKnownModel(ModelSpec known) { m_known = std::move(known); }

private:
    std::optional<ModelSpec> m_known;
};

} // namespace visgate
