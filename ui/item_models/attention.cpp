// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/attention.h"

#include "ui/common/format.h"
#include "ui/item_models/state_words.h"

using namespace Qt::StringLiterals;

namespace visgate::ui {

std::optional<Attention> Attentions::of(const Deployment& deployment, const Format& format)
{
    if (deployment.question) {
        const DeploymentQuestion& question = *deployment.question;
        const QString price = format.moneyPerHour(question.usdPerHour, deployment.target);
        const QString names = question.gpuNames.join(u", "_s);
        return Attention{Tone::Warning,
            question.isDearer()
                ? tr("No GPU is free at the price you agreed to. %1 can be had for up to %2, %3 more.")
                      .arg(names, price, format.moneyPerHour(question.usdPerHourMore))
                : tr("None of the GPUs you agreed to is free. %1 can be had for up to %2.").arg(names, price),
            tr("Nothing runs and nothing costs while it waits. Say yes, or remove it."),
            tr("Take it for %1").arg(price), RemedyAction::None, true};
    }
    if (!deployment.error)
        return std::nullopt;
    const ErrorText text = format.describe(*deployment.error);
    return Attention{States::troubleTone(deployment), text.message, text.remedy, text.button, text.action, false};
}

bool Attentions::isNeeded(const Deployment& deployment)
{
    if (deployment.deleteAt || deployment.status == DeploymentStatus::Deleting)
        return false;
    const bool isHeld = deployment.status == DeploymentStatus::Paused || States::isStarting(deployment.status);
    return deployment.question || deployment.status == DeploymentStatus::Failed || deployment.waitingFor == "key"_L1
        || (deployment.error && isHeld);
}

} // namespace visgate::ui
