// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// Whose an endpoint of the user's account is, as far as its name and our records tell.
enum class EndpointOwner {
    Ours,     ///< a deployment of this data folder lives on it
    OtherApp, ///< our naming, and no record: another computer's Visgate, or one whose records were lost
    NotOurs,  ///< made by something else; never touched
};

[[nodiscard]] QString toString(EndpointOwner owner); ///< "ours", "other_app", "not_ours"
[[nodiscard]] std::optional<EndpointOwner> endpointOwnerFromString(const QString& text);

/// One endpoint of an account, whoever made it.
struct AccountEndpoint {
    AccountId target = AccountId::practice();
    EndpointId id;
    QString name;
    EndpointOwner owner = EndpointOwner::NotOurs;
    QString modelId;                 ///< of our naming; empty otherwise
    QList<DeploymentId> deployments; ///< that live on it
    QStringList gpuPools;
    QString image;
    int workersMin = 0;
    int workersMax = 0;
    double usdPerHour = 0.0; ///< what its minimum of workers costs day and night, at the dearest of its GPUs
    std::optional<TimePoint> createdAt;
    TimePoint seenAt;               ///< when the account's list said so
    std::optional<Error> problem{}; ///< no endpoint, but why the target could not be asked
    bool operator==(const AccountEndpoint&) const = default;
};

} // namespace visgate
