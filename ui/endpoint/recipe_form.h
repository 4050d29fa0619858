// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace visgate::ui {

class MessageBar;

/// Writes a deployment's set-up as a recipe file that others can open.
class RecipeForm final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit RecipeForm(const UiContext& context, QWidget* parent = nullptr);
    void show(const Deployment& deployment);

protected:
    void retranslate() override;

private:
    void askWhere();
    void save(const QString& path);
    void write(const Deployment& deployment, const QList<Job>& jobs, const QString& path);
    void setBusy(bool busy);
    void report(const Error& error);

    const UiContext& m_context;
    Deployment m_deployment;
    QLabel* m_title;
    QLabel* m_note;
    MessageBar* m_message;
    QPushButton* m_save;
};

} // namespace visgate::ui
