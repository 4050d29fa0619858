// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/deployment_wait.h"

#include "cli/flows/consent.h"
#include "cli/flows/progress.h"
#include "cli/words.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"

#include <utility>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// Changes come by themselves; asking again now and then makes up for one that was missed.
constexpr auto kAskAgain = 2s;
constexpr auto kRedraw = 200ms;
/// What was wrong before the wish may be past: its first step tells.
constexpr auto kFirstStep = 4s;

bool isReady(DeploymentStatus status)
{
    return status == DeploymentStatus::Ready || status == DeploymentStatus::WebhookFailed;
}

Result<Deployment> look(Context& context, const DeploymentId& id)
{
    return context.session().ask(GetDeployment{id});
}

Result<Job> lookAtJob(Context& context, const JobId& id)
{
    return context.session().ask(GetJob{id});
}

/// What is known of a deployment and its first job while one waits.
class Follower {
public:
    Follower(Context& context, Deployment deployment) : m_context(context), m_progress(context.terminal)
    {
        m_state.deployment = std::move(deployment);
        context.session().follow(m_state.deployment.id);
    }

    /// One round: take a change, or after a while ask. Errors end the wait, except that another owner may have to be
    /// found first.
    void step()
    {
        if (auto change = m_context.session().nextChange(kRedraw))
            take(*std::move(change));
        if (Clock::now() >= m_nextLook)
            refresh();
        show();
    }

    void refresh()
    {
        m_nextLook = Clock::now() + kAskAgain;
        auto deployment = look(m_context, m_state.deployment.id);
        if (!deployment)
            return remember(deployment.error());
        m_state.deployment = *std::move(deployment);
        if (m_state.deployment.firstJob.isEmpty())
            return;
        auto job = lookAtJob(m_context, m_state.deployment.firstJob);
        if (!job)
            return remember(job.error());
        m_state.job = *std::move(job);
    }

    /// What the deployment asks is put to whoever sits there; elsewhere it is said once, for somebody to answer.
    void passQuestionOn()
    {
        const std::optional<DeploymentQuestion>& question = m_state.deployment.question;
        if (!question || m_toldAt == question->askedAt)
            return;
        m_toldAt = question->askedAt;
        m_progress.finish();
        const DeploymentId id = m_state.deployment.id;
        if (!m_context.terminal.isInteractive()) {
            m_context.note(questionWords(*question));
            m_context.note(say(QT_TRANSLATE_NOOP("Cli", "Nothing runs while it waits. Answer it with: %1"))
                               .arg(u"visgatectl answer %1 yes|no"_s.arg(QString::fromStdString(id.value()))));
            return;
        }
        const auto answer = m_context.terminal.ask(
            say(QT_TRANSLATE_NOOP("Cli", "%1 (y/N)")).arg(questionWords(*question)), m_context.session().interrupt());
        if (m_context.session().interrupt().isRaised())
            return;
        const bool accepted = answer && isYes(*answer);
        auto answered = m_context.session().ask(AnswerQuestion{id, accepted});
        if (answered)
            m_state.deployment = *std::move(answered);
        else
            remember(answered.error());
    }

    [[nodiscard]] const Deployment& deployment() const { return m_state.deployment; }
    [[nodiscard]] bool jobIsOver() const
    {
        return m_state.deployment.firstJob.isEmpty() || (m_state.job && isFinished(m_state.job->status));
    }
    [[nodiscard]] WaitResult end(WaitEnd end, std::optional<Error> error = std::nullopt)
    {
        m_progress.finish();
        m_state.end = end;
        m_state.error = std::move(error);
        return std::exchange(m_state, {});
    }
    [[nodiscard]] const WaitResult& state() const { return m_state; }

private:
    void take(Change change)
    {
        if (auto* deployment = std::get_if<Deployment>(&change))
            m_state.deployment = std::move(*deployment);
        else if (auto* job = std::get_if<Job>(&change); job && job->id == m_state.deployment.firstJob)
            m_state.job = std::move(*job);
    }

    void remember(const Error& error)
    {
        // Its owner has left: this process opens the data folder itself.
        if (error.code == ErrorCode::OwnerUnavailable)
            m_context.session().close();
        else if (error.code != ErrorCode::Cancelled)
            m_state.error = error;
    }

    void show()
    {
        const bool ready = isReady(m_state.deployment.status);
        if (ready && m_state.job && !isFinished(m_state.job->status)) {
            m_progress.stage(stateWords(m_state.job->status));
            m_progress.tick(m_state.job->progress);
        } else {
            const std::optional<ModelDownload>& download = m_state.deployment.download;
            m_progress.stage(stateWords(m_state.deployment));
            m_progress.tick(
                download ? download->share().value_or(-1.0) : -1.0, download ? downloadWords(*download) : QString());
        }
    }

    Context& m_context;
    Progress m_progress;
    WaitResult m_state;
    Clock::time_point m_nextLook = Clock::now();
    std::optional<TimePoint> m_toldAt; ///< when the question was asked that has been passed on
};

Error errorOf(const Job& job)
{
    if (job.error)
        return *job.error;
    const bool late = job.status == JobStatus::TimedOut;
    return Error{late ? ErrorCode::JobTimedOut : ErrorCode::JobFailed, toString(job.status).toStdString(), 0, {}, {}};
}

} // namespace

WaitResult waitForDeployment(Context& context, const Deployment& deployment, std::chrono::seconds patience)
{
    const auto deadline = Clock::now() + patience;
    Follower follower(context, deployment);
    while (true) {
        follower.step();
        follower.passQuestionOn();
        if (context.session().interrupt().isRaised())
            return follower.end(WaitEnd::Interrupted);
        const Deployment& now = follower.deployment();
        if (follower.state().error)
            return follower.end(WaitEnd::Failed, follower.state().error);
        if (isSettled(now.status) || now.status == DeploymentStatus::Deleting)
            return follower.end(WaitEnd::Failed,
                now.error.value_or(Error{ErrorCode::EndpointVanished, toString(now.status).toStdString(), 0, {}, {}}));
        if (isReady(now.status) && follower.jobIsOver()) {
            follower.refresh(); // the cost and the GPU as they are now
            const auto& job = follower.state().job;
            if (job && job->status != JobStatus::Completed)
                return follower.end(WaitEnd::Failed, errorOf(*job));
            return follower.end(WaitEnd::Done);
        }
        if (Clock::now() >= deadline)
            return follower.end(WaitEnd::TimedOut);
    }
}

namespace {

/// Whether no waiting helps, only what the user does.
bool isForTheUser(const Error& error)
{
    switch (error.code) {
    case ErrorCode::KeyMissing:
    case ErrorCode::KeyNeeded:
    case ErrorCode::KeyRejected:
    case ErrorCode::KeyLacksPermission:
    case ErrorCode::KeychainUnavailable:
    case ErrorCode::KeychainLocked:
        return true;
    default:
        return false;
    }
}

/// Makes a wish of the service, then follows the deployment until it has come true.
template <Operation Request>
Result<Deployment> askAndWait(Context& context, const Request& wish, std::chrono::seconds patience,
    const std::function<bool(DeploymentStatus)>& isDone)
{
    const auto wished = context.session().ask(wish);
    if (!wished)
        return fail(wished.error());
    auto deployment = look(context, wish.id);
    if (!deployment)
        return deployment;
    const auto begin = Clock::now();
    Follower follower(context, *std::move(deployment));
    while (!isDone(follower.deployment().status)) {
        follower.step();
        if (follower.state().error)
            return fail(*follower.state().error);
        if (context.session().interrupt().isRaised())
            return fail(ErrorCode::Cancelled);
        const std::optional<Error>& trouble = follower.deployment().error;
        const bool isLate = Clock::now() >= begin + patience;
        if (trouble && (isLate || (isForTheUser(*trouble) && Clock::now() >= begin + kFirstStep)))
            return fail(*trouble);
        if (isLate)
            return fail(ErrorCode::NetworkTimeout, toString(follower.deployment().status).toStdString());
    }
    return follower.deployment();
}

} // namespace

Result<Deployment> deleteAndWait(Context& context, const DeploymentId& id, std::chrono::seconds patience)
{
    return askAndWait(context, DeleteDeployment{id}, patience,
        [](DeploymentStatus status) { return status == DeploymentStatus::Deleted; });
}

Result<Deployment> keepAndWait(Context& context, const DeploymentId& id, std::chrono::seconds patience)
{
    return askAndWait(context, KeepDeployment{id, kKeepTime}, patience, [](DeploymentStatus status) {
        return status == DeploymentStatus::Paused || status == DeploymentStatus::Parked
            || status == DeploymentStatus::Deleted;
    });
}

} // namespace visgate::cli
