// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/item_models/picture_items.h"
#include "ui/theme/colours.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QFrame;
class QLabel;
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
class PictureForm;
class PicturePanel;
class PictureStrip;
class Provenance;
class StageList;
struct PictureRead;

/// One deployment from its first stage to its pictures: stages with times, the live log, each of its pictures with
/// where it comes from, and the form of the next one. Opened without a deployment, it shows the one that drew last.
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
    /// Where none was chosen yet.
    void openNewest();
    /// What the form may offer, once that is known or becomes another.
    void askLimits();
    [[nodiscard]] bool drawsDemo() const;
    void showState();
    void showJob();
    /// What it wants from its user stands above everything else.
    void showAttention();
    void acceptPlan();
    void showTrouble(const Error& error);
    void tell(MessageBar& bar, Tone tone, const Error& error);
    void draw(JobInput input);
    void cancelDrawing();
    void stop();
    void applyRemedy(RemedyAction action);
    void takeNewest(const Job& job);
    void takePictures();
    /// A picture of the strip takes the place of the shown one.
    void choose(int row);
    /// What needs words of the shown picture, in place of what was said of another one: what was left out of it.
    void sayOfPicture();
    void sayOfKey();
    void loadPicture();
    void takeRead(const QString& file, const PictureRead& read);
    void nameShown();
    [[nodiscard]] QString chosenFile() const; ///< of the shown picture
    void copy();
    void saveAs();
    void useSettings();
    void useSeed();
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isDrawing() const;

    const UiContext& m_context;
    const DeploymentItems& m_deployments;
    const ModelItems& m_models;
    std::optional<Deployment> m_deployment;
    std::optional<Job> m_job;           ///< the newest one, which may have failed
    std::optional<Picture> m_shown;     ///< the chosen one of the strip
    std::optional<double> m_nextPrice;  ///< USD for one more picture
    std::optional<bool> m_formIsOfDemo; ///< whose limits the form has; unset: of none yet
    QString m_shownFile;                ///< the picture in the panel, so that it is read once
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
    PictureItems* m_pictures;
    PicturePanel* m_picture;
    PictureStrip* m_strip;
    BusyBar* m_busy;
    QLabel* m_progress; ///< of the next picture
    QLabel* m_caption;  ///< of the shown one
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
    PictureForm* m_form;
    QFrame* m_provenanceCard;
    QLabel* m_provenanceTitle;
    Provenance* m_provenance;
    QPushButton* m_logToggle;
    LogPanel* m_log;
    QBoxLayout* m_columns;
};

} // namespace visgate::ui
