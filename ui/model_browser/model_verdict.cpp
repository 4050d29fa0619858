// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_browser/model_verdict.h"

#include "core/domain/errors/error_catalog.h"
#include "ui/item_models/task_words.h"

using namespace Qt::StringLiterals;

namespace visgate::ui {

QString ModelVerdict::mark(const ModelSpec& model, double localGb) const
{
    if (model.refusal)
        return tr("Cannot run: %1").arg(m_format.describe(*model.refusal).message);
    const double needed = plannedVramGb(model);
    return needed > 0.0 && needed <= localGb ? tr("Runs on this computer or a rented GPU") : tr("Runs on a rented GPU");
}

QString ModelVerdict::sentence(const ModelSpec& model) const
{
    const QString task = model.tasks.isEmpty() ? QString() : Tasks::word(model.tasks.constFirst());
    if (model.pipelineClass.isEmpty())
        return tr("“%1” can be used: %2.").arg(model.id, task);
    return tr("“%1” can be used: %2, with diffusers as %3.").arg(model.id, task, model.pipelineClass);
}

QString ModelVerdict::advice(const ModelSpec& model) const
{
    const double needed = plannedVramGb(model);
    QStringList sentences{needed > 0.0 ? tr("It needs about %1 of GPU memory (%2).")
                                             .arg(m_format.gigabytes(needed), evidenceWord(plannedEvidence(model)))
                                       : tr("How much GPU memory it needs is not known.")};
    if (model.downloadBytes > 0)
        sentences << tr("Its download is %1.").arg(m_format.bytes(model.downloadBytes));
    sentences << licenceSentences(model) << tr("Choose its card to see the price; nothing is paid before that.");
    return sentences.join(u' ');
}

Tone ModelVerdict::tone(const ModelSpec& model)
{
    const bool isFree = model.terms.commercial == CommercialUse::Allowed && model.terms.excludedRegions.isEmpty();
    return isFree && model.gating == Gating::Open ? Tone::Good : Tone::Warning;
}

} // namespace visgate::ui
