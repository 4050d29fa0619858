// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/item_models/attention.h"

#include <QCoreApplication>
#include <QString>

#include <array>

namespace visgate::ui {

/// How Home sorts its cards: what waits for the user comes first, then what may cost now.
enum class DeploymentGroup { NeedsYou, Live, Asleep, Parked, Removed };
inline constexpr std::array deploymentGroups{DeploymentGroup::NeedsYou, DeploymentGroup::Live, DeploymentGroup::Asleep,
    DeploymentGroup::Parked, DeploymentGroup::Removed};

class DeploymentGroups {
    Q_DECLARE_TR_FUNCTIONS(DeploymentGroups)

public:
    [[nodiscard]] static DeploymentGroup of(const Deployment& deployment)
    {
        if (deployment.deleteAt)
            return DeploymentGroup::Removed;
        if (Attentions::isNeeded(deployment))
            return DeploymentGroup::NeedsYou;
        switch (deployment.status) {
        case DeploymentStatus::Parked:
            return DeploymentGroup::Parked;
        case DeploymentStatus::Paused:
            return DeploymentGroup::Asleep;
        case DeploymentStatus::Ready:
        case DeploymentStatus::WebhookFailed:
            return deployment.workers.total() > 0 ? DeploymentGroup::Live : DeploymentGroup::Asleep;
        default:
            return DeploymentGroup::Live;
        }
    }

    [[nodiscard]] static QString word(DeploymentGroup group)
    {
        switch (group) {
        case DeploymentGroup::NeedsYou:
            return tr("Needs you");
        case DeploymentGroup::Live:
            return tr("Live");
        case DeploymentGroup::Asleep:
            return tr("Asleep, costs nothing");
        case DeploymentGroup::Parked:
            return tr("Parked by the provider");
        case DeploymentGroup::Removed:
            return tr("Removed");
        }
        return {};
    }
};

} // namespace visgate::ui
