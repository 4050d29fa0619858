// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/model/model.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/operations/operation.h"

#include <QList>
#include <QString>

// What can be deployed: models, GPUs, and what a deployment would cost.
namespace visgate {

struct ListPresets {
    using Reply = QList<ModelSpec>;
    static constexpr OperationInfo kInfo{"list_presets", Effect::Reads};
};

/// At the target's hub.
struct SearchModels {
    using Reply = QList<ModelSpec>;
    static constexpr OperationInfo kInfo{"search_models", Effect::Reads};
    AccountId target = AccountId::runpod();
    QString text;
};

/// One model: a preset at once from disk, any other from the target's hub. ModelNotFound, LanguageModel ...
struct GetModelDetails {
    using Reply = ModelDetails;
    static constexpr OperationInfo kInfo{"get_model_details", Effect::Reads};
    AccountId target = AccountId::runpod();
    QString idOrLink;
};

struct ListGpuOffers {
    using Reply = QList<GpuOffer>;
    static constexpr OperationInfo kInfo{"list_gpu_offers", Effect::Reads};
    AccountId target = AccountId::runpod();
};

/// The preflight list, the plan and the price on the button.
struct GetQuote {
    using Reply = DeployQuote;
    static constexpr OperationInfo kInfo{"get_quote", Effect::Reads};
    CreateRequest request;
};

/// Done once the model's licence is accepted; asks the hub again and again, so nobody has to press anything.
/// LicenceNotAccepted when it was not within nine minutes: ask again.
struct WatchLicence {
    using Reply = void;
    static constexpr OperationInfo kInfo{"watch_licence", Effect::Repeatable, Audience::User};
    AccountId target = AccountId::runpod();
    QString modelId;
};

} // namespace visgate
