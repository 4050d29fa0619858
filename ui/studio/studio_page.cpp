// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/studio_page.h"

#include "core/domain/errors/error_catalog.h"
#include "core/domain/model/demo_model.h"
#include "core/domain/model/input_limits.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/attention.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/state_words.h"
#include "ui/logs/log_panel.h"
#include "ui/studio/picture_form.h"
#include "ui/studio/picture_panel.h"
#include "ui/studio/picture_strip.h"
#include "ui/studio/provenance.h"
#include "ui/studio/stage_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QPushButton>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

void StudioPage::show(const Deployment& deployment)
{
    if (!m_deployment || m_deployment->id != deployment.id) {
        m_job.reset();
        m_shown.reset();
        m_nextPrice.reset();
        m_shownFile.clear();
        m_message->clear();
        m_picture->showWords({});
        m_deployment = deployment;
        m_log->setDeployments({deployment.id});
        m_formIsOfDemo.reset();
        m_form->begin(deployment.id, {});
        askLimits();
        m_pictures->begin(deployment.id);
        askNewestJob();
        watch();
    }
    takeDeployment(deployment);
}

void StudioPage::showEvent(QShowEvent* event)
{
    m_watching.start();
    watch();
    openNewest();
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
    askLimits();
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
    const bool hasNewPictures = m_pictures->take(job);
    // A newer job takes the place of the one that is followed; late news of an older one does not.
    const bool isNewest = !m_job || m_job->id == job.id || job.createdAt >= m_job->createdAt;
    if (isNewest)
        takeNewest(job);
    if (isNewest && hasNewPictures)
        m_strip->choose(m_pictures->rowOf(job.id));
    showState();
}

void StudioPage::takeNewest(const Job& job)
{
    const bool isNew = !m_job || m_job->id != job.id;
    const bool hadError = !isNew && m_job->error;
    m_job = job;
    if (isNew) {
        m_form->offer(job.input);
        if (hadKey(job.input))
            sayOfKey();
        else if (!m_shown || m_shown->job->id != job.id)
            m_message->clear();
    }
    // Once, when it becomes known: said with every later change it would take the place of what was said since.
    if (job.error && !hadError && m_deployment->status != DeploymentStatus::Failed) // which says so itself
        showTrouble(*job.error);
}

void StudioPage::takeAnswer(const Job& job)
{
    if (!m_job || m_job->id != job.id)
        takeJob(job);
}

void StudioPage::askNewestJob()
{
    whenDone(m_context.service.call(ListJobs{m_deployment->id, 1, {}}), this, [this](const Result<QList<Job>>& jobs) {
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

bool StudioPage::drawsDemo() const
{
    if (m_deployment->demoModel || isDemoModel(m_deployment->modelId))
        return true;
    // Practice's worker has the demo model alone, unless its pictures say otherwise.
    return m_deployment->target.isPractice() && !(m_shown && m_shown->artifact().label.isEmpty());
}

void StudioPage::askLimits()
{
    if (!m_deployment || m_formIsOfDemo == drawsDemo())
        return;
    m_formIsOfDemo = drawsDemo();
    const GenerationTask task = m_deployment->task;
    const ModelSpec* const known = m_models.find(m_deployment->modelId);
    if (*m_formIsOfDemo || known != nullptr) {
        m_form->setLimits(inputLimits(*m_formIsOfDemo ? demoModel() : *known, task));
        return;
    }
    whenDone(m_context.service.call(GetModelDetails{m_deployment->target, m_deployment->modelId}), this,
        [this, task, id = m_deployment->id](const Result<ModelDetails>& details) {
            if (details && m_deployment && m_deployment->id == id && m_formIsOfDemo == false)
                m_form->setLimits(inputLimits(details->model, task));
        });
}

bool StudioPage::isDrawing() const
{
    return m_submitting || (m_job && !isFinished(m_job->status));
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
    const bool hasPictures = m_pictures->rowCount() > 0;
    m_demo->setVisible(m_deployment->demoModel && !hasPictures); // else the picture says so itself
    m_stop->setVisible(starting);
    m_stages->show(*m_deployment);
    m_stagesTitle->setText(hasPictures ? tr("On the way to the next picture") : tr("On the way to the first picture"));
    m_stagesCard->setVisible(starting || failed || (m_pictures->isLoaded() && !hasPictures));
    m_strip->setVisible(m_pictures->rowCount() > 1); // a single one is shown large
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
    const bool drawing = isDrawing();
    const bool takesJobs = States::takesJobs(m_deployment->status);
    const bool failed = m_deployment->status == DeploymentStatus::Failed;
    m_busy->setVisible((drawing || States::isStarting(m_deployment->status)) && !failed && !m_deployment->question);
    const std::optional<double> fetched = m_deployment->download ? m_deployment->download->share() : std::nullopt;
    m_busy->setShare(m_job && m_job->progress > 0.0 ? m_job->progress : fetched.value_or(-1.0));
    m_form->setBusy(drawing);
    m_form->setPrice(m_nextPrice, m_deployment->target);
    m_cancel->setVisible(m_job && !isFinished(m_job->status) && takesJobs);
    if (drawing && m_job && m_job->stepCount > 0)
        m_progress->setText(
            tr("Drawing: step %1 of %2").arg(format.integer(m_job->step), format.integer(m_job->stepCount)));
    else
        m_progress->setText(drawing && takesJobs ? tr("Drawing …") : QString());
    m_progress->setVisible(!m_progress->text().isEmpty());
    m_caption->setText(m_shown && !m_shown->artifact().label.isEmpty() ? States::demoLabel(title()) : QString());
    m_caption->setVisible(!m_caption->text().isEmpty());
    m_provenanceCard->setVisible(m_shown.has_value());
    m_actions->setVisible(m_shown.has_value());
    if (m_shown) {
        m_provenance->show(*m_shown, *m_deployment);
    } else if (m_pictures->isLoaded()) {
        m_picture->showWords(failed ? tr("There is no picture.") : tr("Your picture will appear here."));
        m_picture->setAccessibleName(tr("No picture yet"));
    } else {
        m_picture->setAccessibleName(tr("Picture")); // it is not known yet whether there are any
    }
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

void StudioPage::retranslate()
{
    m_emptyTitle->setText(tr("No picture yet"));
    m_emptyText->setText(tr("Choose a model and deploy it; its pictures are made and kept here."));
    m_emptyButton->setText(tr("Choose a model"));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop and give the GPU back"));
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
    if (!m_message->sentence().isEmpty() && m_job && m_job->error)
        showTrouble(*m_job->error);
    else if (!m_message->sentence().isEmpty() && m_shown)
        sayOfPicture();
    if (!m_shown)
        return;
    if (m_picture->picture().isNull())
        loadPicture(); // the words in its place
    else
        nameShown();
}

} // namespace visgate::ui
