// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/provenance.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

Provenance::Provenance(const UiContext& context, QWidget* parent) : Retranslated(parent), m_context(context)
{
    auto* grid = makeLayout<QGridLayout>(0.75);
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (Line* line : {&m_prompt, &m_seed, &m_size, &m_gpu, &m_time, &m_cost}) {
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

void Provenance::show(const Job& job, AccountId target)
{
    m_job = job;
    m_target = target;
    retranslate();
}

void Provenance::retranslate()
{
    const Format& format = m_context.language.format();
    m_prompt.caption->setText(tr("Prompt"));
    m_seed.caption->setText(tr("Seed"));
    m_size.caption->setText(tr("Size"));
    m_gpu.caption->setText(tr("GPU"));
    m_time.caption->setText(tr("Drawn in"));
    m_cost.caption->setText(tr("Cost, about"));
    const auto set = [](const Line& line, const QString& text) {
        line.value->setText(text);
        line.caption->setVisible(!text.isEmpty());
        line.value->setVisible(!text.isEmpty());
    };
    set(m_prompt, m_job.input.prompt);
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
    set(m_cost, m_job.costUsd ? format.money(*m_job.costUsd, m_target) : QString());
}

} // namespace visgate::ui
