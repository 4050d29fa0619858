// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace visgate::ui {

class BusyBar;
class MessageBar;

/// The configurations that an endpoint had, newest first: what each changed, and a button that brings it back.
class ReleaseList final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit ReleaseList(const UiContext& context, QWidget* parent = nullptr);
    /// Asks for the history of this deployment.
    void load(const DeploymentId& id);

protected:
    void retranslate() override;

private:
    void take(const Result<ReleaseHistory>& history);
    void rollBack(int version);
    [[nodiscard]] QWidget* makeRow(const Release& release);

    const UiContext& m_context;
    DeploymentId m_deployment;
    ReleaseHistory m_history;
    bool m_busyNow = false;
    QLabel* m_title;
    QLabel* m_nothing;
    BusyBar* m_busy;
    MessageBar* m_message;
    QVBoxLayout* m_rows;
};

} // namespace visgate::ui
