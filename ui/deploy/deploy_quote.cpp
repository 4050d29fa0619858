// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet's checks and price, what stands in the way, and the button.
#include "core/domain/errors/error_catalog.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/deploy/deploy_panel.h"
#include "ui/deploy/preflight_view.h"
#include "ui/deploy/price_table.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

void DeployPanel::askQuote()
{
    m_quote.reset();
    m_busy->show();
    showQuote();
    askAgain();
}

void DeployPanel::askAgain()
{
    const quint64 question = ++m_question;
    whenDone(m_context.service.call(GetQuote{request()}), this, [this, question](const Result<DeployQuote>& quote) {
        if (question != m_question)
            return;
        m_busy->hide();
        if (quote)
            takeQuote(*quote);
        else
            report(quote.error());
    });
}

void DeployPanel::takeQuote(const DeployQuote& quote)
{
    if (!m_saysBlocker)
        m_message->clear();
    m_quote = quote;
    showGpuChoice();
    showQuote();
    Q_EMIT checked();
    if (!quote.preflight.isBlocked())
        return;
    m_again.start();
    watchLicence();
}

/// Accepting it happens elsewhere; the line turns green by itself.
void DeployPanel::watchLicence()
{
    const PreflightLine* const line = m_quote->preflight.line(u"licence"_s);
    if (m_watchesLicence || line == nullptr || line->level != PreflightLevel::Blocked)
        return;
    m_watchesLicence = true;
    whenDone(m_context.service.call(WatchLicence{m_target, m_model.id}), this, [this](const Result<void>& accepted) {
        m_watchesLicence = false;
        if (accepted && isVisible())
            askAgain();
    });
}

void DeployPanel::showGpuChoice()
{
    if (!m_quote)
        return;
    const Format& format = m_context.language.format();
    const auto words = [&](const GpuPlanEntry& entry) {
        if (m_context.accounts.provider(m_target).isHere)
            return u"%1 · %2"_s.arg(m_context.accounts.nameOf(m_target), format.gigabytes(entry.memoryGb));
        return u"%1 · %2 · %3"_s.arg(entry.gpuNames.join(u", "_s), format.gigabytes(entry.memoryGb),
            format.moneyPerHour(entry.usdPerHour, m_target));
    };
    const QList<GpuPlanEntry>& entries = m_quote->plan.entries;
    if (m_gpu->currentIndex() > 0) {
        // The plan was narrowed by this very choice; the others stay listed.
        if (!entries.isEmpty())
            m_gpu->setItemText(m_gpu->currentIndex(), words(entries.constFirst()));
        return;
    }
    m_gpu->clear();
    m_gpu->addItem(tr("Automatic: the cheapest that fits"), QString());
    for (const GpuPlanEntry& entry : entries)
        m_gpu->addItem(words(entry), entry.pool);
}

void DeployPanel::showQuote()
{
    const Format& format = m_context.language.format();
    showAgreement();
    if (!m_quote) {
        m_checks->clear();
        m_prices->clear();
        m_gpuNote->clear();
        m_deploy->setText(tr("Deploy"));
        m_deploy->setEnabled(false);
        m_footNote->setText(tr("Checking and asking for the price …"));
        if (std::exchange(m_saysBlocker, false))
            m_message->clear();
        return;
    }
    m_prices->show(*m_quote, m_target);
    m_checks->show(m_quote->preflight);
    const bool isHere = m_context.accounts.provider(m_target).isHere;
    m_gpuNote->setText(m_quote->plan.entries.isEmpty() || isHere
            ? QString()
            : tr("Any of %1; at most %2.")
                  .arg(m_quote->plan.gpuNames().join(u", "_s),
                      format.moneyPerHour(m_quote->plan.ceilingUsdPerHour(), m_target)));
    m_deploy->setText(isHere
            ? tr("Deploy on this computer")
            : tr("Deploy – first picture about %1").arg(format.money(m_quote->price.firstPicture, m_target)));
    showBlocker();
    showButton();
    if (std::exchange(m_focusDeploy, false))
        m_deploy->setFocus();
}

std::optional<Error> DeployPanel::blocker() const
{
    return m_quote ? m_quote->preflight.firstError() : std::nullopt;
}

/// The list may be longer than the sheet is high; what is in the way stands beside the button as well.
void DeployPanel::showBlocker()
{
    const QList<PreflightLine>& lines = m_quote->preflight.lines;
    const auto isRed = [](const PreflightLine& line) { return line.level == PreflightLevel::Blocked && line.error; };
    const auto first = std::find_if(lines.cbegin(), lines.cend(), isRed);
    if (first == lines.cend()) {
        if (std::exchange(m_saysBlocker, false))
            m_message->clear();
        return;
    }
    const ErrorText text = m_context.language.format().describe(*first->error);
    const auto more = static_cast<int>(std::count_if(first + 1, lines.cend(), isRed));
    m_saysBlocker = true;
    m_message->say({Tone::Bad, text.message,
        more == 0 ? text.remedy
                  : text.remedy + u' ' + tr("%n more thing(s) stand in the way, see above.", nullptr, more),
        text.button, [this, error = *first->error] { fix(error); }});
}

void DeployPanel::showButton()
{
    if (!m_quote)
        return;
    const bool blocked = m_quote->preflight.isBlocked();
    const bool silent = m_prompt->toPlainText().trimmed().isEmpty();
    m_deploy->setEnabled(!blocked && !silent && !m_creating && isAgreed());
    if (blocked)
        m_footNote->setText(tr("Something above has to be put right first."));
    else if (silent)
        m_footNote->setText(tr("Say above what to draw first."));
    else if (!isAgreed())
        m_footNote->setText(tr("Workers that run always cost this much also while nobody draws."));
    else if (!m_replaces.isEmpty())
        m_footNote->setText(tr("The first try is stopped and deleted before this one begins."));
    else if (m_target.isPractice())
        m_footNote->setText(tr("Play money only: nothing is charged."));
    else if (m_context.accounts.provider(m_target).isHere)
        m_footNote->setText(tr("Nothing is charged; it uses your electricity while it draws."));
    else
        m_footNote->setText(
            tr("Charged by %1 to your account while a GPU works.").arg(m_context.accounts.provider(m_target).name));
}

void DeployPanel::deploy()
{
    if (m_creating || !m_quote || !m_deploy->isEnabled())
        return;
    m_creating = true;
    m_message->clear();
    showButton();
    if (m_replaces.isEmpty()) {
        create();
        return;
    }
    whenDone(m_context.service.call(DeleteDeployment{m_replaces}), this, [this](const Result<void>& stopped) {
        if (!stopped) {
            m_creating = false;
            report(stopped.error());
            return;
        }
        m_replaces = {};
        create();
    });
}

void DeployPanel::create()
{
    CreateRequest accepted = request();
    // What the button said is what may be spent, on the GPUs that were shown; anything else asks.
    accepted.acceptedUsdPerHour = m_quote->plan.ceilingUsdPerHour();
    accepted.acceptedPools = m_quote->plan.pools();
    whenDone(m_context.service.call(CreateDeployment{accepted}), this, [this](const Result<Deployment>& deployment) {
        m_creating = false;
        if (!deployment) {
            report(deployment.error());
            return;
        }
        showQuote();
        Q_EMIT deployed(*deployment);
    });
}

void DeployPanel::fix(const Error& error)
{
    const RemedyAction action = m_context.language.format().describe(error).action;
    switch (action) {
    case RemedyAction::Retry:
    case RemedyAction::CheckNetwork:
    case RemedyAction::FreeDiskSpace:
        refresh();
        break;
    case RemedyAction::ChooseLargerGpu:
    case RemedyAction::AddGpus:
        m_gpu->setFocus();
        m_gpu->showPopup();
        break;
    case RemedyAction::UseSmallerSize:
        if (m_wish.firstInput) {
            m_wish.firstInput->width.reset(); // the model's own
            m_wish.firstInput->height.reset();
        }
        showRecipe();
        refresh();
        break;
    case RemedyAction::RaiseTimeout:
    case RemedyAction::RaiseStartLimit:
        (action == RemedyAction::RaiseTimeout ? m_wish.limits.executionTimeout : m_wish.limits.initTimeout) *= 2;
        m_wish.force = true;
        retranslate();
        refresh();
        break;
    default:
        Q_EMIT remedyRequested({action, m_target, m_model.id, {}});
    }
}

void DeployPanel::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_saysBlocker = false;
    m_message->say({Tone::Bad, text.message, text.remedy, text.button, [this, error] { fix(error); }});
    showButton();
    m_footNote->clear();
}

} // namespace visgate::ui
