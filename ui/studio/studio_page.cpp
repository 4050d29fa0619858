// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/studio_page.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/picture_file.h"
#include "ui/common/ui_settings.h"
#include "ui/item_models/attention.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/state_words.h"
#include "ui/logs/log_panel.h"
#include "ui/studio/picture_panel.h"
#include "ui/studio/provenance.h"
#include "ui/studio/stage_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QDir>
#include <QFileInfo>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QStackedLayout>

#include <limits>

using namespace Qt::StringLiterals;

namespace visgate::ui {

void StudioPage::show(const Deployment& deployment)
{
    if (!m_deployment || m_deployment->id != deployment.id) {
        m_job.reset();
        m_nextPrice.reset();
        m_shownFile.clear();
        m_message->clear();
        m_prompt->clear();
        m_deployment = deployment;
        m_log->setDeployments({deployment.id});
        askNewestJob();
        watch();
    }
    takeDeployment(deployment);
}

void StudioPage::showEvent(QShowEvent* event)
{
    m_watching.start();
    watch();
    QWidget::showEvent(event);
}

void StudioPage::hideEvent(QHideEvent* event)
{
    m_watching.stop();
    QWidget::hideEvent(event);
}

void StudioPage::watch()
{
    if (m_deployment && isVisible()) // what comes of it comes as news; where it fails, they are read as often as ever
        whenDone(m_context.service.call(WatchWorkers{m_deployment->id}), this, [](const Result<void>&) {});
}

void StudioPage::showLog()
{
    m_logToggle->setChecked(true);
}

void StudioPage::takeDeployment(const Deployment& deployment)
{
    if (!m_deployment || deployment.id != m_deployment->id)
        return;
    const bool firstJobKnown = !deployment.firstJob.isEmpty() && !m_job;
    const bool nowTakesJobs = States::takesJobs(deployment.status) && !m_nextPrice;
    m_deployment = deployment;
    if (firstJobKnown) {
        whenDone(m_context.service.call(GetJob{deployment.firstJob}), this, [this](const Result<Job>& job) {
            if (job && !m_job)
                takeAnswer(*job);
        });
    }
    if (nowTakesJobs)
        askPrice();
    showState();
}

void StudioPage::takeJob(const Job& job)
{
    if (!m_deployment || job.deployment != m_deployment->id)
        return;
    // A newer job takes the place of the shown one; late news of an older one does not.
    if (m_job && m_job->id != job.id && job.createdAt < m_job->createdAt)
        return;
    const bool isNew = !m_job || m_job->id != job.id;
    const bool hadPicture = !isNew && !m_job->artifacts.isEmpty();
    const bool hadError = !isNew && m_job->error;
    m_job = job;
    if (isNew && hadKey(job.input))
        m_message->say(
            {Tone::Warning, tr("A key was in these words. It was taken out before anything was stored or sent."),
                tr("If others may have seen it, make a new key and delete the old one."), {}, {}});
    // Once, when it becomes known: said with every later change it would take the place of what was said since.
    if (hadPicture == job.artifacts.isEmpty() || hadError != job.error.has_value())
        sayOutcome();
    if (m_prompt->toPlainText().isEmpty())
        m_prompt->setPlainText(job.input.prompt);
    showState();
}

void StudioPage::takeAnswer(const Job& job)
{
    if (!m_job || m_job->id != job.id)
        takeJob(job);
}

void StudioPage::askNewestJob()
{
    whenDone(m_context.service.call(ListJobs{m_deployment->id}), this, [this](const Result<QList<Job>>& jobs) {
        if (jobs && !jobs->isEmpty())
            takeAnswer(jobs->first());
    });
}

void StudioPage::askPrice()
{
    CreateRequest request;
    request.modelId = m_deployment->modelId;
    request.target = m_deployment->target;
    request.revision = m_deployment->revision;
    whenDone(m_context.service.call(GetQuote{request}), this,
        [this, id = m_deployment->id](const Result<DeployQuote>& quote) {
            if (!quote || !m_deployment || m_deployment->id != id)
                return;
            m_nextPrice = quote->price.nextPicture;
            showState();
        });
}

QString StudioPage::title() const
{
    return m_deployment ? m_models.titleOf(m_deployment->modelId) : QString();
}

void StudioPage::showState()
{
    m_stack->setCurrentIndex(m_deployment ? 1 : 0);
    if (!m_deployment)
        return;
    const StateWords state = States::of(*m_deployment);
    const bool starting = States::isStarting(m_deployment->status);
    const bool failed = m_deployment->status == DeploymentStatus::Failed;
    m_title->setFullText(title());
    m_badge->show(state.tone, state.icon, state.word);
    m_demo->setText(States::demoLabel(title()));
    const bool hasPicture = m_job && !m_job->artifacts.isEmpty(); // which says so itself
    m_demo->setVisible(m_deployment->demoModel && !hasPicture);
    m_stop->setVisible(starting);
    m_stages->show(*m_deployment);
    m_stagesCard->setVisible(starting || failed || !hasPicture);
    m_timeLeft->setVisible(starting);
    m_timeLeft->setText(States::timeLeft(*m_deployment, m_context.language.format()));
    m_drawCard->setVisible(States::takesJobs(m_deployment->status));
    showAttention();
    showJob();
}

void StudioPage::showAttention()
{
    const auto attention = Attentions::of(*m_deployment, m_context.language.format());
    if (!attention) {
        m_trouble->clear();
        return;
    }
    m_trouble->say({attention->tone, attention->sentence, attention->advice, attention->button,
        [this, isQuestion = attention->isQuestion, action = attention->action] {
            isQuestion ? acceptPlan() : applyRemedy(action);
        }});
}

void StudioPage::acceptPlan()
{
    whenDone(m_context.service.call(AnswerQuestion{m_deployment->id, true}), this,
        [this](const Result<Deployment>& answered) {
            if (!answered)
                showTrouble(answered.error());
        });
}

void StudioPage::showJob()
{
    const Format& format = m_context.language.format();
    const bool drawing = m_submitting || (m_job && !isFinished(m_job->status));
    const bool drawn = m_job && !m_job->artifacts.isEmpty();
    const bool failed = m_deployment->status == DeploymentStatus::Failed;
    m_busy->setVisible((drawing || States::isStarting(m_deployment->status)) && !failed && !m_deployment->question);
    const std::optional<double> fetched = m_deployment->download ? m_deployment->download->share() : std::nullopt;
    m_busy->setShare(m_job && m_job->progress > 0.0 ? m_job->progress : fetched.value_or(-1.0));
    m_draw->setEnabled(!drawing && !m_prompt->toPlainText().trimmed().isEmpty());
    m_draw->setToolTip(m_draw->isEnabled() || drawing ? QString() : tr("Say what to draw first."));
    m_cancel->setVisible(m_job && !isFinished(m_job->status) && States::takesJobs(m_deployment->status));
    const bool isPaid = m_nextPrice && !m_deployment->target.isThisComputer();
    m_draw->setText(
        isPaid ? tr("Draw another – %1").arg(format.money(*m_nextPrice, m_deployment->target)) : tr("Draw another"));
    m_actions->setVisible(drawn && !m_shownFile.isEmpty());
    m_provenanceCard->setVisible(drawn);
    if (drawn) {
        m_provenance->show(*m_job, *m_deployment);
        loadPicture();
        const Artifact& artifact = m_job->artifacts.first();
        m_caption->setText(artifact.label.isEmpty() ? QString() : States::demoLabel(title()));
    } else if (drawing && m_job && m_job->stepCount > 0) {
        m_caption->setText(
            tr("Drawing: step %1 of %2").arg(format.integer(m_job->step), format.integer(m_job->stepCount)));
    } else if (drawing && States::takesJobs(m_deployment->status)) {
        m_caption->setText(tr("Drawing …"));
    } else {
        m_caption->clear();
    }
    m_caption->setVisible(!m_caption->text().isEmpty());
    if (m_shownFile.isEmpty()) {
        m_picture->showWords(failed ? tr("There is no picture.") : tr("Your picture will appear here."));
        m_picture->setAccessibleName(tr("No picture yet"));
    }
}

void StudioPage::sayOutcome()
{
    if (m_job->error && m_deployment->status != DeploymentStatus::Failed) // which says so itself
        showTrouble(*m_job->error);
    if (m_job->artifacts.isEmpty() || hadKey(m_job->input)) // what is said of a key stays
        return;
    const QStringList& unknown = m_job->artifacts.first().unknownWords;
    if (!unknown.isEmpty())
        m_message->say({Tone::Warning, tr("Words that this model does not know: %1.").arg(unknown.join(u", "_s)),
            tr("They were left out of the picture."), {}, {}});
}

void StudioPage::loadPicture()
{
    const QString file = m_job->artifacts.first().filePath;
    const bool showable = isShowable(file);
    m_copy->setVisible(showable);
    m_open->setVisible(!showable);
    if (!showable) {
        const bool isVideo = m_job->artifacts.first().contentType.startsWith("video/"_L1);
        m_shownFile = file;
        m_picture->showWords(isVideo ? tr("This is a video. Play it with another program.")
                                     : tr("Pictures of this kind cannot be shown here. Open it with another program."));
        m_picture->setAccessibleName(m_picture->text());
        m_actions->show();
        return;
    }
    if (file == m_shownFile)
        return;
    whenDone(readPicture(file), this, [this, file](const QImage& picture) {
        if (!m_job || m_job->artifacts.isEmpty() || m_job->artifacts.first().filePath != file)
            return;
        if (picture.isNull()) {
            showTrouble({ErrorCode::FileUnreadable, {}, 0, {}, {file.toStdString()}});
            return;
        }
        m_shownFile = file;
        m_picture->showPicture(picture);
        m_picture->setAccessibleName(tr("Picture: %1").arg(m_job->input.prompt));
        m_picture->setAccessibleDescription(m_caption->text());
        m_actions->show();
    });
}

void StudioPage::showTrouble(const Error& error)
{
    tell(*m_message, Tone::Bad, error);
}

void StudioPage::tell(MessageBar& bar, Tone tone, const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    bar.say({tone, text.message, text.remedy, text.button, [this, action = text.action] { applyRemedy(action); }});
}

void StudioPage::applyRemedy(RemedyAction action)
{
    const bool canDraw = m_deployment && States::takesJobs(m_deployment->status) && m_job;
    if (action == RemedyAction::ShowLog) {
        showLog();
    } else if (action == RemedyAction::UseSmallerSize && canDraw) {
        JobInput smaller = m_job->input;
        constexpr int standard = 1024;
        const auto half = [](int pixels) { return qMax(pixels / 2 / 64 * 64, 64); };
        smaller.width = half(smaller.width.value_or(standard));
        smaller.height = half(smaller.height.value_or(standard));
        draw(smaller);
    } else if ((action == RemedyAction::Retry || action == RemedyAction::CheckNetwork) && canDraw) {
        draw(m_job->input);
    } else if (m_deployment) {
        Q_EMIT remedyRequested({action, m_deployment->target, m_deployment->modelId, m_deployment->id});
    }
}

void StudioPage::drawAnother()
{
    JobInput input = m_job ? m_job->input : JobInput{};
    input.prompt = m_prompt->toPlainText().trimmed();
    input.seed = QRandomGenerator::global()->bounded(std::numeric_limits<int>::max());
    draw(input);
}

void StudioPage::cancelDrawing()
{
    if (!m_job)
        return;
    whenDone(m_context.service.call(CancelJob{m_job->id}), this, [this](const Result<void>& cancelled) {
        if (!cancelled)
            showTrouble(cancelled.error());
    });
}

void StudioPage::draw(JobInput input)
{
    if (!m_deployment || m_submitting)
        return;
    m_submitting = true;
    m_message->clear();
    showState();
    whenDone(
        m_context.service.call(SubmitJob{m_deployment->id, std::move(input)}), this, [this](const Result<Job>& job) {
            m_submitting = false;
            if (job)
                takeAnswer(*job);
            showState();
            if (!job)
                showTrouble(job.error());
        });
}

void StudioPage::stop()
{
    if (m_deployment)
        Q_EMIT removeRequested(m_deployment->id);
}

void StudioPage::saveAs()
{
    const QString file = m_shownFile;
    const QString suggested = QDir(m_context.settings.pictureFolder()).filePath(QFileInfo(file).fileName());
    m_context.desktop.askSavePath(this, tr("Save the picture"), suggested, [this, file](const QString& path) {
        m_context.settings.setPictureFolder(QFileInfo(path).path());
        whenDone(copyPicture(file, path), this, [this, path](bool saved) {
            if (saved)
                m_message->say({Tone::Good, tr("Saved as %1").arg(QDir::toNativeSeparators(path)), {}, {}, {}});
            else
                showTrouble({ErrorCode::FileUnwritable, {}, 0, {}, {path.toStdString()}});
        });
    });
}

void StudioPage::retranslate()
{
    m_emptyTitle->setText(tr("No picture yet"));
    m_emptyText->setText(tr("Choose a model and deploy it; its pictures are made and kept here."));
    m_emptyButton->setText(tr("Choose a model"));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop and give the GPU back"));
    m_stagesTitle->setText(tr("On the way to the first picture"));
    m_promptCaption->setText(tr("What to draw"));
    m_prompt->setAccessibleName(tr("What to draw"));
    m_cancel->setText(tr("Stop drawing"));
    m_save->setText(tr("Save as …"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the picture"));
    m_open->setText(tr("Open"));
    m_open->setAccessibleName(tr("Open with another program"));
    m_folder->setText(tr("Open folder"));
    m_provenanceTitle->setText(tr("About this picture"));
    m_logToggle->setText(m_logToggle->isChecked() ? tr("Hide the log") : tr("Show the log"));
    showState();
    if (m_job)
        sayOutcome();
    if (!m_picture->picture().isNull() && m_job)
        m_picture->setAccessibleName(tr("Picture: %1").arg(m_job->input.prompt));
}

} // namespace visgate::ui
