// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"

#include <QCoreApplication>
#include <QString>

#include <array>

namespace visgate::ui {

/// How Home sorts its cards: what may cost now comes first.
enum class DeploymentGroup { Live, Asleep, Parked, Removed };
inline constexpr std::array deploymentGroups{
    DeploymentGroup::Live, DeploymentGroup::Asleep, DeploymentGroup::Parked, DeploymentGroup::Removed};

class DeploymentGroups {
    Q_DECLARE_TR_FUNCTIONS(DeploymentGroups)

public:
    [[nodiscard]] static DeploymentGroup of(const Deployment& deployment)
    {
        if (deployment.deleteAt)
            return DeploymentGroup::Removed;
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
        case DeploymentGroup::Live:
            return tr("Live");
        case DeploymentGroup::Asleep:
            return tr("Asleep, costs nothing");
        case DeploymentGroup::Parked:
            return tr("Parked by Runpod");
        case DeploymentGroup::Removed:
            return tr("Removed");
        }
        return {};
    }
};

} // namespace visgate::ui
