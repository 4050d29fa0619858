// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/item_models/picture_items.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace visgate::ui {

/// Where a picture comes from: prompt, model and what ran it, seed, size, steps, GPU, when and how long, cost; and the
/// ways to have it again.
class Provenance final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit Provenance(const UiContext& context, QWidget* parent = nullptr);
    void show(const Picture& picture, const Deployment& deployment);

Q_SIGNALS:
    void settingsWanted(); ///< of this picture, for the next one
    void seedWanted();

protected:
    void retranslate() override;

private:
    struct Line {
        QLabel* caption;
        QLabel* value;
    };

    [[nodiscard]] QString costWords(const Job& job) const;

    const UiContext& m_context;
    Picture m_picture; ///< without a job until the first one is shown
    Deployment m_deployment;
    Line m_prompt, m_negative, m_model, m_runner, m_seed, m_size, m_steps, m_guidance, m_gpu, m_when, m_time, m_cost;
    QPushButton* m_useSettings;
    QPushButton* m_useSeed;
};

} // namespace visgate::ui
