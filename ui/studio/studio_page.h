// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/theme/colours.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QFrame;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedLayout;

namespace visgate::ui {

class Badge;
class BusyBar;
class DeploymentItems;
class ElidedLabel;
class LogPanel;
class MessageBar;
class ModelItems;
class PicturePanel;
class Provenance;
class StageList;

/// One deployment from its first stage to its pictures: stages with times, the live log, the picture with where it
/// comes from, and the next one.
class StudioPage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    StudioPage(const UiContext& context, const DeploymentItems& deployments, const ModelItems& models,
        QWidget* parent = nullptr);
    void show(const Deployment& deployment);
    void showLog();

Q_SIGNALS:
    void modelsRequested();
    void removeRequested(const visgate::DeploymentId& id);
    void remedyRequested(const visgate::ui::Remedy& remedy);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* makeEmpty();
    [[nodiscard]] QWidget* makeBody();
    /// Its workers are read more often for a while: somebody looks at them.
    void watch();
    void takeDeployment(const Deployment& deployment);
    void takeJob(const Job& job);
    /// A job that was asked for: what was heard of it meanwhile is newer.
    void takeAnswer(const Job& job);
    void askNewestJob();
    void askPrice();
    void showState();
    void showJob();
    /// What it wants from its user stands above everything else.
    void showAttention();
    void acceptPlan();
    void showTrouble(const Error& error);
    void tell(MessageBar& bar, Tone tone, const Error& error);
    void draw(JobInput input);
    void drawAnother();
    void cancelDrawing();
    void stop();
    void applyRemedy(RemedyAction action);
    /// What came of the shown job, where that needs words: why it failed, or what of the prompt was left out.
    void sayOutcome();
    void loadPicture();
    void saveAs();
    [[nodiscard]] QString title() const;

    const UiContext& m_context;
    const DeploymentItems& m_deployments;
    const ModelItems& m_models;
    std::optional<Deployment> m_deployment;
    std::optional<Job> m_job;
    std::optional<double> m_nextPrice; ///< USD for one more picture
    QString m_shownFile;               ///< the picture in the panel, so that it is read once
    bool m_submitting = false;
    QTimer m_watching; ///< while the page is on the screen

    QStackedLayout* m_stack;
    QLabel* m_emptyTitle;
    QLabel* m_emptyText;
    QPushButton* m_emptyButton;
    ElidedLabel* m_title;
    Badge* m_badge;
    QPushButton* m_stop;
    QLabel* m_demo;
    MessageBar* m_trouble; ///< of the deployment
    MessageBar* m_message; ///< of the picture
    PicturePanel* m_picture;
    BusyBar* m_busy;
    QLabel* m_caption;
    QPushButton* m_cancel;
    QPushButton* m_save;
    QPushButton* m_copy;
    QPushButton* m_open; ///< of what cannot be shown here
    QPushButton* m_folder;
    QWidget* m_actions;
    QFrame* m_stagesCard;
    QLabel* m_stagesTitle;
    StageList* m_stages;
    QLabel* m_timeLeft;
    QFrame* m_drawCard;
    QLabel* m_promptCaption;
    QPlainTextEdit* m_prompt;
    QPushButton* m_draw;
    QFrame* m_provenanceCard;
    QLabel* m_provenanceTitle;
    Provenance* m_provenance;
    QPushButton* m_logToggle;
    LogPanel* m_log;
    QBoxLayout* m_columns;
};

} // namespace visgate::ui
