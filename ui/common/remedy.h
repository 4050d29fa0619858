// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/errors/error_catalog.h"

#include <QMetaType>
#include <QString>

namespace visgate::ui {

/// A pressed remedy button that leads out of the screen it stands on; the shell knows where to.
struct Remedy {
    RemedyAction action = RemedyAction::None;
    AccountId target = AccountId::practice();
    QString modelId;
    DeploymentId deployment;
};

} // namespace visgate::ui
