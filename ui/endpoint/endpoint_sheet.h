// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QPushButton;

namespace visgate::ui {

class RecipeForm;
class ReleaseList;
class SheetHeader;
class WarmForm;
class WorkersForm;

/// What a card's "More" opens: when the endpoint is kept warm, its workers, its set-up as a
/// file and its versions.
class EndpointSheet final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit EndpointSheet(const UiContext& context, QWidget* parent = nullptr);
    void begin(const Deployment& deployment, const QString& title);
    void beginWarm(); ///< the keyboard is where warmth is chosen

Q_SIGNALS:
    void closeRequested();
    void monitorRequested(const visgate::DeploymentId& id);

protected:
    void retranslate() override;

private:
    void take(const Deployment& deployment);

    const UiContext& m_context;
    DeploymentId m_id;
    EndpointLimits m_limits;
    SheetHeader* m_header;
    QPushButton* m_monitor;
    WarmForm* m_warm;
    WorkersForm* m_workers;
    RecipeForm* m_recipe;
    ReleaseList* m_releases;
};

} // namespace visgate::ui
