// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QLabel;

namespace visgate::ui {

/// Where a picture comes from: prompt, model and what ran it, seed, steps, GPU, seconds, cost.
class Provenance final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit Provenance(const UiContext& context, QWidget* parent = nullptr);
    void show(const Job& job, const Deployment& deployment);

protected:
    void retranslate() override;

private:
    struct Line {
        QLabel* caption;
        QLabel* value;
    };

    const UiContext& m_context;
    Job m_job;
    Deployment m_deployment;
    Line m_prompt, m_model, m_runner, m_seed, m_size, m_steps, m_gpu, m_time, m_cost;
};

} // namespace visgate::ui
