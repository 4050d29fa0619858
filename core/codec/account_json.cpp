// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, endpoints, clean-up, health.
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/request.h"
#include "core/domain/deployment/worker_image.h"
#include "core/domain/errors/error_catalog.h"
#include "core/domain/provider/provider_descriptor.h"

#include <QCoreApplication>

namespace visgate {

using namespace codec;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Nobody knows whether there is a key where the keychain could not be asked.
void writePresence(QJsonObject& object, const KeyState& state)
{
    object.insert("present"_L1, state.problem ? QJsonValue() : QJsonValue(state.present));
}

void readPresence(const QJsonObject& object, KeyState& state)
{
    state.present = object.value("present"_L1).toBool();
}

/// In this program's language.
QJsonValue message(const KeyVerdict& verdict)
{
    return verdict.error ? describe(*verdict.error).message
                         : QCoreApplication::translate("Preflight", "The key works and may create");
}

} // namespace

template <> struct Table<KeyState> {
    static auto fields()
    {
        return std::tuple(needed("key", &KeyState::kind), custom<1>(writePresence, readPresence),
            field("session_only", &KeyState::sessionOnly), field("backend", &KeyState::backend),
            field("problem", &KeyState::problem), field("account", &KeyState::account));
    }
};
template struct Codec<KeyState>;

template <> struct Table<KeyVerdict> {
    static auto fields()
    {
        return std::tuple(needed("valid", &KeyVerdict::valid), shown("message", message),
            field("scope", &KeyVerdict::scope), field("error", &KeyVerdict::error));
    }
};
template struct Codec<KeyVerdict>;

template <> struct Table<CleanupItem> {
    static auto fields()
    {
        return std::tuple(needed("target", &CleanupItem::target), field("endpoint_id", &CleanupItem::endpoint),
            field("endpoint_name", &CleanupItem::endpointName), field("deployment_id", &CleanupItem::deployment),
            shown("ours", [](const CleanupItem& item) { return QJsonValue(item.owner == EndpointOwner::Ours); }),
            word("owner", &CleanupItem::owner), field("taken", &CleanupItem::taken),
            field("problem", &CleanupItem::problem));
    }
};
template struct Codec<CleanupItem>;

template <> struct Table<VolumeTerms> {
    static auto fields()
    {
        return std::tuple(field("least_gb", &VolumeTerms::leastGb), field("most_gb", &VolumeTerms::mostGb),
            field("usd_per_gb_month", &VolumeTerms::usdPerGbMonth),
            field("cheaper_beyond_gb", &VolumeTerms::cheaperBeyondGb),
            field("usd_per_gb_month_beyond", &VolumeTerms::usdPerGbMonthBeyond),
            field("mount_path", &VolumeTerms::mountPath));
    }
};
template struct Codec<VolumeTerms>;

template <> struct Table<ProviderDescriptor> {
    static auto fields()
    {
        return std::tuple(field("id", &ProviderDescriptor::id), field("name", &ProviderDescriptor::name),
            field("needs_key", &ProviderDescriptor::needsKey), field("has_logs", &ProviderDescriptor::hasLogs),
            field("has_bills", &ProviderDescriptor::hasBills), field("has_releases", &ProviderDescriptor::hasReleases),
            field("is_here", &ProviderDescriptor::isHere), field("volumes", &ProviderDescriptor::volumes),
            field("key_page", &ProviderDescriptor::keyPage), field("billing_page", &ProviderDescriptor::billingPage),
            field("starts_public_images", &ProviderDescriptor::startsPublicImages),
            field("start_limit_variable", &ProviderDescriptor::startLimitVariable));
    }
};
template struct Codec<ProviderDescriptor>;

template <> struct Table<ProviderAccount> {
    static auto fields()
    {
        return std::tuple(needed("account", &ProviderAccount::id), field("name", &ProviderAccount::name),
            field("provider", &ProviderAccount::provider), field("default", &ProviderAccount::isDefault));
    }
};
template struct Codec<ProviderAccount>;

template <> struct Table<EngineHealth> {
    static auto fields()
    {
        return std::tuple(field("secret_backend", &EngineHealth::secretBackend),
            field("secrets_session_only", &EngineHealth::secretsSessionOnly),
            field("secrets_problem", &EngineHealth::secretsProblem),
            field("store_problem", &EngineHealth::storeProblem));
    }
};
template struct Codec<EngineHealth>;

template <> struct Table<WorkerImage> {
    static auto fields()
    {
        return std::tuple(field("own", &WorkerImage::own), field("public_image", &WorkerImage::publicImage),
            field("install_seconds", &WorkerImage::install));
    }
};
template struct Codec<WorkerImage>;

template <> struct Table<AccountHolding> {
    static auto fields()
    {
        return std::tuple(needed("kind", &AccountHolding::kind), field("id", &AccountHolding::id),
            field("name", &AccountHolding::name));
    }
};
template struct Codec<AccountHolding>;

template <> struct Table<AccountHoldings> {
    static auto fields()
    {
        return std::tuple(needed("account", &AccountHoldings::account), field("holdings", &AccountHoldings::holdings),
            field("problem", &AccountHoldings::problem));
    }
};
template struct Codec<AccountHoldings>;

template <> struct Table<AccountEndpoint> {
    static auto fields()
    {
        return std::tuple(needed("target", &AccountEndpoint::target), field("endpoint_id", &AccountEndpoint::id),
            text("endpoint_name", &AccountEndpoint::name), needed("owner", &AccountEndpoint::owner),
            field("hf_model_id", &AccountEndpoint::modelId), field("deployment_ids", &AccountEndpoint::deployments),
            field("gpu_pools", &AccountEndpoint::gpuPools), field("image", &AccountEndpoint::image),
            field("workers_min", &AccountEndpoint::workersMin), field("workers_max", &AccountEndpoint::workersMax),
            field("usd_per_hour", &AccountEndpoint::usdPerHour), field("created_at", &AccountEndpoint::createdAt),
            field("seen_at", &AccountEndpoint::seenAt), field("problem", &AccountEndpoint::problem));
    }
};
template struct Codec<AccountEndpoint>;

} // namespace visgate
