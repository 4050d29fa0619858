// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/format.h"
#include "ui/theme/colours.h"

#include <QCoreApplication>
#include <QString>

namespace visgate::ui {

/// How a state is told: colour, icon and word together.
struct StateWords {
    Tone tone = Tone::Neutral;
    QString icon;
    QString word;
};

/// The words of deployments, the same on every screen.
class States {
    Q_DECLARE_TR_FUNCTIONS(States)

public:
    [[nodiscard]] static StateWords of(const Deployment& deployment);
    /// Of its error: one that is over, or one that the engine still works on.
    [[nodiscard]] static Tone troubleTone(const Deployment& deployment);
    /// "demo model (shapes), standing in for SDXL Turbo"
    [[nodiscard]] static QString demoLabel(const QString& modelTitle);
    /// Still on its way to the first picture.
    [[nodiscard]] static bool isStarting(DeploymentStatus status);
    /// Until it is ready, with how sure that is and whether it is late; empty while nothing can be said.
    [[nodiscard]] static QString timeLeft(const Deployment& deployment, const Format& format);
    /// timeLeft(), and while the model is fetched how much of it is there.
    [[nodiscard]] static QString startWords(const Deployment& deployment, const Format& format);
    /// Takes jobs now (a sleeping endpoint wakes up for one).
    [[nodiscard]] static bool takesJobs(DeploymentStatus status);
    /// "Kept warm until 18:30."; empty for one that nobody keeps warm.
    [[nodiscard]] static QString warmth(const Deployment& deployment, const Format& format);
};

} // namespace visgate::ui
