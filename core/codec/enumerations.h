// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/words.h"
#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"
#include "core/domain/model/model.h"
#include "core/domain/money/cost.h"
#include "core/domain/money/spend.h"
#include "core/domain/picture_engine/picture_engine.h"
#include "core/domain/preflight/preflight.h"
#include "core/domain/provider/account_holdings.h"
#include "core/domain/storage/volume.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/logs/log_line.h"

// The words of the domain's enumerations.
namespace visgate {

template <> struct Codec<AccountId> {
    static QJsonValue write(const AccountId& account) { return toString(account); }
    static Result<AccountId> read(const QJsonValue& value)
    {
        const auto account = accountIdFromString(value.toString());
        if (!account)
            return codec::unexpected("an account");
        return *account;
    }
};
template <> struct Words<DeploymentStatus> : codec::SpeltWords<DeploymentStatus, toString, deploymentStatusFromString> {
};
template <> struct Words<GenerationTask> : codec::SpeltWords<GenerationTask, toString, generationTaskFromString> {
};
template <> struct Words<PoolMode> : codec::SpeltWords<PoolMode, toString, poolModeFromString> {
};
template <> struct Words<EndpointOwner> : codec::SpeltWords<EndpointOwner, toString, endpointOwnerFromString> {
};
template <> struct Words<FillState> : codec::SpeltWords<FillState, toString, fillStateFromString> {
};
template <> struct Words<LimitScope> : codec::SpeltWords<LimitScope, toString, limitScopeFromString> {
};
template <> struct Words<LimitLevel> : codec::SpeltWords<LimitLevel, toString, limitLevelFromString> {
};
template <> struct Words<KeyKind> : codec::SpeltWords<KeyKind, toString, keyKindFromString> {
};
template <> struct Words<CostCause> : codec::SpeltWords<CostCause, toString, costCauseFromString> {
};

template <> struct Words<JobStatus> {
    static QString write(JobStatus value) { return toString(value); }
    static std::optional<JobStatus> read(const QString& text) { return jobStatusFromString(text); }
};

template <> struct Words<LogLevel> {
    static QString write(LogLevel value) { return QLatin1String(toString(value)); }
    static std::optional<LogLevel> read(const QString& text) { return logLevelFromString(text.toStdString()); }
};

template <> struct Words<Stock> : codec::ListedWords<Stock, Words<Stock>> {
    static constexpr codec::WordList<Stock, 5> kList{{{Stock::None, "none"}, {Stock::Low, "low"},
        {Stock::Medium, "medium"}, {Stock::High, "high"}, {Stock::Unknown, "unknown"}}};
};

template <> struct Words<Evidence> : codec::ListedWords<Evidence, Words<Evidence>> {
    static constexpr codec::WordList<Evidence, 4> kList{{{Evidence::Measured, "measured"},
        {Evidence::Published, "published"}, {Evidence::Computed, "computed"}, {Evidence::Estimated, "estimated"}}};
};

template <> struct Words<Gating> : codec::ListedWords<Gating, Words<Gating>> {
    static constexpr codec::WordList<Gating, 3> kList{
        {{Gating::Open, "open"}, {Gating::Automatic, "automatic"}, {Gating::Manual, "manual"}}};
};

template <> struct Words<CommercialUse> : codec::ListedWords<CommercialUse, Words<CommercialUse>> {
    static constexpr codec::WordList<CommercialUse, 4> kList{
        {{CommercialUse::Unknown, "unknown"}, {CommercialUse::Allowed, "allowed"},
            {CommercialUse::Conditional, "conditional"}, {CommercialUse::Forbidden, "forbidden"}}};
};

template <> struct Words<HoldingKind> : codec::ListedWords<HoldingKind, Words<HoldingKind>> {
    static constexpr codec::WordList<HoldingKind, 3> kList{{{HoldingKind::Deployment, "deployment"},
        {HoldingKind::Endpoint, "endpoint"}, {HoldingKind::Volume, "volume"}}};
};

template <> struct Words<PreflightLevel> : codec::ListedWords<PreflightLevel, Words<PreflightLevel>> {
    static constexpr codec::WordList<PreflightLevel, 3> kList{
        {{PreflightLevel::Ok, "ok"}, {PreflightLevel::Warning, "warning"}, {PreflightLevel::Blocked, "blocked"}}};
};

template <> struct Words<PictureEngineStatus> : codec::ListedWords<PictureEngineStatus, Words<PictureEngineStatus>> {
    static constexpr codec::WordList<PictureEngineStatus, 5> kList{{{PictureEngineStatus::Absent, "absent"},
        {PictureEngineStatus::Installing, "installing"}, {PictureEngineStatus::Paused, "paused"},
        {PictureEngineStatus::Installed, "installed"}, {PictureEngineStatus::Removing, "removing"}}};
};

template <> struct Words<StartBilling> : codec::ListedWords<StartBilling, Words<StartBilling>> {
    static constexpr codec::WordList<StartBilling, 3> kList{
        {{StartBilling::Unknown, "unknown"}, {StartBilling::Billed, "billed"}, {StartBilling::Free, "free"}}};
};

} // namespace visgate
