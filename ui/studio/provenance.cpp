// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/provenance.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

namespace {

constexpr qsizetype kShownOfRevision = 7; ///< as version control shows it

} // namespace

Provenance::Provenance(const UiContext& context, QWidget* parent) : Retranslated(parent), m_context(context)
{
    auto* grid = makeLayout<QGridLayout>(0.75);
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (Line* line : {&m_prompt, &m_model, &m_runner, &m_seed, &m_size, &m_steps, &m_gpu, &m_time, &m_cost}) {
        line->caption = makeLabel(TextStyle::Muted);
        line->caption->setWordWrap(false);
        line->value = makeLabel(TextStyle::Body);
        line->value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(line->caption, row, 0, Qt::AlignTop);
        grid->addWidget(line->value, row, 1, Qt::AlignTop);
        ++row;
    }
    setLayout(grid);
    retranslate();
}

void Provenance::show(const Job& job, const Deployment& deployment)
{
    m_job = job;
    m_deployment = deployment;
    retranslate();
}

void Provenance::retranslate()
{
    const Format& format = m_context.language.format();
    m_prompt.caption->setText(tr("Prompt"));
    m_model.caption->setText(tr("Model"));
    m_runner.caption->setText(tr("Drawn with"));
    m_seed.caption->setText(tr("Seed"));
    m_size.caption->setText(tr("Size"));
    m_steps.caption->setText(tr("Steps"));
    m_gpu.caption->setText(tr("GPU"));
    m_time.caption->setText(tr("Drawn in"));
    m_cost.caption->setText(tr("Cost, about"));
    const auto set = [](const Line& line, const QString& text) {
        line.value->setText(text);
        line.caption->setVisible(!text.isEmpty());
        line.value->setVisible(!text.isEmpty());
    };
    set(m_prompt, m_job.input.prompt);
    const bool isOfDemoModel = m_job.artifacts.isEmpty() || !m_job.artifacts.first().label.isEmpty();
    const QString& model = m_deployment.modelId;
    const QString revision = m_deployment.revision.left(kShownOfRevision);
    // The model that a demo stands in for has not drawn it.
    set(m_model, isOfDemoModel ? QString() : revision.isEmpty() ? model : tr("%1, revision %2").arg(model, revision));
    set(m_runner, m_job.runner == "builtin"_L1 ? tr("the built-in demo model") : m_job.runner);
    set(m_steps, m_job.stepCount > 0 ? format.integer(m_job.stepCount) : QString());
    if (m_job.artifacts.isEmpty()) {
        set(m_seed, {});
        set(m_size, {});
    } else {
        const Artifact& artifact = m_job.artifacts.first();
        set(m_seed, QString::number(artifact.seed));
        set(m_size, u"%1 × %2"_s.arg(artifact.width).arg(artifact.height));
    }
    set(m_gpu, m_job.gpu);
    set(m_time, m_job.ran ? format.duration(*m_job.ran) : QString());
    set(m_cost, m_job.costUsd ? format.money(*m_job.costUsd, m_deployment.target) : QString());
}

} // namespace visgate::ui
