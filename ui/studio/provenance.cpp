// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/provenance.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

namespace {

constexpr qsizetype kShownOfRevision = 7; ///< as version control shows it

} // namespace

Provenance::Provenance(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_useSettings(makeButton(ButtonKind::Normal)),
      m_useSeed(makeButton(ButtonKind::Normal))
{
    auto* grid = makeLayout<QGridLayout>(0.75);
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (Line* line : {&m_prompt, &m_negative, &m_model, &m_runner, &m_seed, &m_size, &m_steps, &m_guidance, &m_gpu,
             &m_when, &m_time, &m_cost}) {
        line->caption = makeLabel(TextStyle::Muted);
        line->caption->setWordWrap(false);
        line->value = makeLabel(TextStyle::Body);
        line->value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(line->caption, row, 0, Qt::AlignTop);
        grid->addWidget(line->value, row, 1, Qt::AlignTop);
        ++row;
    }
    m_useSettings->setObjectName(u"useSettings"_s);
    m_useSeed->setObjectName(u"useSeed"_s);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addLayout(grid);
    column->addSpacing(metrics::unit);
    column->addWidget(m_useSettings);
    column->addWidget(m_useSeed);
    setLayout(column);
    connect(m_useSettings, &QPushButton::clicked, this, &Provenance::settingsWanted);
    connect(m_useSeed, &QPushButton::clicked, this, &Provenance::seedWanted);
    retranslate();
}

void Provenance::show(const Picture& picture, const Deployment& deployment)
{
    m_picture = picture;
    m_deployment = deployment;
    retranslate();
}

void Provenance::retranslate()
{
    const Format& format = m_context.language.format();
    m_useSettings->setText(tr("Use these settings again"));
    m_useSeed->setText(tr("Use this seed"));
    m_prompt.caption->setText(tr("Prompt"));
    m_negative.caption->setText(tr("Not to draw"));
    m_model.caption->setText(tr("Model"));
    m_runner.caption->setText(tr("Drawn with"));
    m_seed.caption->setText(tr("Seed"));
    m_size.caption->setText(tr("Size"));
    m_steps.caption->setText(tr("Steps"));
    m_guidance.caption->setText(tr("Guidance"));
    m_gpu.caption->setText(tr("GPU"));
    m_when.caption->setText(tr("Drawn on"));
    m_time.caption->setText(tr("Drawn in"));
    m_cost.caption->setText(tr("Cost, about"));
    const auto set = [](const Line& line, const QString& text) {
        line.value->setText(text);
        line.caption->setVisible(!text.isEmpty());
        line.value->setVisible(!text.isEmpty());
    };
    if (!m_picture.job)
        return;
    const Job& job = *m_picture.job;
    const Artifact& artifact = m_picture.artifact();
    set(m_prompt, job.input.prompt);
    set(m_negative, job.input.negativePrompt);
    const bool isOfDemoModel = !artifact.label.isEmpty();
    const QString& model = m_deployment.modelId;
    const QString revision = m_deployment.revision.left(kShownOfRevision);
    // The model that a demo stands in for has not drawn it.
    set(m_model, isOfDemoModel ? QString() : revision.isEmpty() ? model : tr("%1, revision %2").arg(model, revision));
    set(m_runner, job.runner == "builtin"_L1 ? tr("the built-in demo model") : job.runner);
    set(m_seed, QString::number(artifact.seed));
    set(m_size, u"%1 × %2"_s.arg(artifact.width).arg(artifact.height));
    set(m_steps, job.stepCount > 0 ? format.integer(job.stepCount) : QString());
    set(m_guidance, job.input.guidance ? format.locale().toString(*job.input.guidance) : QString());
    set(m_gpu, job.gpu);
    set(m_when, format.dateAndTime(job.finishedAt.value_or(job.createdAt)));
    set(m_time, job.ran ? format.duration(*job.ran) : QString());
    set(m_cost, costWords(job));
    const bool takesJobs = States::takesJobs(m_deployment.status);
    m_useSettings->setVisible(takesJobs);
    m_useSeed->setVisible(takesJobs);
}

QString Provenance::costWords(const Job& job) const
{
    if (!job.costUsd)
        return {};
    const Format& format = m_context.language.format();
    const QString sum = format.money(*job.costUsd, m_deployment.target);
    const qsizetype pictures = job.artifacts.size();
    return pictures > 1 ? tr("%1 for %2 pictures together").arg(sum, format.integer(pictures)) : sum;
}

} // namespace visgate::ui
