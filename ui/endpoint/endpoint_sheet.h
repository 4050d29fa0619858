// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QPushButton;

namespace visgate::ui {

class ElidedLabel;
class ReleaseList;
class WarmForm;
class WorkersForm;

/// What a card's "More" opens: when the endpoint is kept warm, its workers and its versions.
class EndpointSheet final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit EndpointSheet(const UiContext& context, QWidget* parent = nullptr);
    void begin(const Deployment& deployment, const QString& title);
    void beginWarm(); ///< the keyboard is where warmth is chosen

Q_SIGNALS:
    void closeRequested();

protected:
    void retranslate() override;

private:
    void take(const Deployment& deployment);

    const UiContext& m_context;
    DeploymentId m_id;
    EndpointLimits m_limits;
    ElidedLabel* m_title;
    QPushButton* m_close;
    WarmForm* m_warm;
    WorkersForm* m_workers;
    ReleaseList* m_releases;
};

} // namespace visgate::ui
