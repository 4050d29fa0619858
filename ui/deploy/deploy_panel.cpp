// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/deploy_panel.h"

#include "core/domain/model/demo_model.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/ui_settings.h"
#include "ui/deploy/measured_times.h"
#include "ui/deploy/preflight_view.h"
#include "ui/deploy/price_table.h"
#include "ui/item_models/state_words.h"
#include "ui/item_models/task_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/account_choice.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/sheet_header.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

/// What was put right elsewhere is seen within so long.
constexpr auto lookAgain = 15s;

} // namespace

DeployPanel::DeployPanel(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_header(new SheetHeader(context.theme, u"closeSheet"_s)),
      m_facts(makeLabel(TextStyle::Muted)), m_recipeNote(new MessageBar(context.theme)),
      m_licenceNote(makeLabel(TextStyle::Caption)), m_licence(new MessageBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_whereCaption(makeLabel(TextStyle::Strong)),
      m_where(new AccountChoice(context.accounts, u"target"_s)), m_whereNote(makeLabel(TextStyle::Caption)),
      m_promptCaption(makeLabel(TextStyle::Strong)), m_prompt(new QPlainTextEdit),
      m_gpuCaption(makeLabel(TextStyle::Strong)), m_gpu(new QComboBox), m_gpuNote(makeLabel(TextStyle::Caption)),
      m_costCaption(makeLabel(TextStyle::Strong)), m_prices(new PriceTable(context)),
      m_measured(new MeasuredTimes(context)), m_limitsNote(makeLabel(TextStyle::Caption)),
      m_keepNear(makeButton(ButtonKind::Link)), m_checksCaption(makeLabel(TextStyle::Strong)),
      m_busy(new BusyBar(context.theme)), m_checks(new PreflightView(context.theme, context.language)),
      m_agree(new QCheckBox), m_footNote(makeLabel(TextStyle::Caption)), m_deploy(makeButton(ButtonKind::Primary))
{
    m_limitsNote->setObjectName(u"limitsNote"_s);
    m_prompt->setObjectName(u"firstPrompt"_s);
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(3 * m_prompt->fontMetrics().lineSpacing() + 24);
    m_gpu->setObjectName(u"gpuChoice"_s);
    m_keepNear->setObjectName(u"keepModelNear"_s);
    m_agree->setObjectName(u"agreeToAlwaysOn"_s);
    m_deploy->setObjectName(u"deploy"_s);
    m_message->button()->setObjectName(u"fixBlocker"_s);
    m_deploy->setProperty("button-size", u"large"_s);

    auto* body = new Page(0);
    auto* column = body->column();
    column->setSpacing(8);
    column->addWidget(m_facts);
    column->addWidget(m_recipeNote);
    column->addWidget(m_licenceNote);
    column->addWidget(m_licence);
    column->addSpacing(8);
    column->addWidget(m_whereCaption);
    column->addWidget(m_where);
    column->addWidget(m_whereNote);
    column->addSpacing(8);
    column->addWidget(m_promptCaption);
    column->addWidget(m_prompt);
    column->addSpacing(8);
    column->addWidget(m_costCaption);
    column->addWidget(m_prices);
    column->addWidget(m_measured);
    column->addWidget(m_limitsNote);
    column->addSpacing(8);
    column->addWidget(m_gpuCaption);
    column->addWidget(m_gpu);
    column->addWidget(m_gpuNote);
    column->addWidget(m_keepNear, 0, Qt::AlignLeft);
    column->addSpacing(8);
    column->addWidget(m_checksCaption);
    column->addWidget(m_busy);
    column->addWidget(m_checks);
    column->addStretch(1);

    auto* footer = makeFrame("footer");
    auto* foot = makeLayout<QVBoxLayout>(1);
    foot->setContentsMargins(24, 16, 24, 16);
    foot->addWidget(m_message);
    foot->addWidget(m_agree);
    foot->addWidget(m_deploy);
    foot->addWidget(m_footNote);
    footer->setLayout(foot);

    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_header);
    whole->addWidget(body, 1);
    whole->addWidget(footer);
    setLayout(whole);

    connect(m_header, &SheetHeader::closeRequested, this, &DeployPanel::closeRequested);
    connect(m_where, &AccountChoice::chosen, this, &DeployPanel::setTarget);
    connect(m_gpu, &QComboBox::activated, this, &DeployPanel::askQuote);
    connect(m_prompt, &QPlainTextEdit::textChanged, this,
        [this] { m_promptIsOurs = !m_recipe && m_prompt->toPlainText() == standardPrompt(); });
    connect(m_checks, &PreflightView::fixRequested, this, &DeployPanel::fix);
    connect(m_keepNear, &QPushButton::clicked, this, [this] {
        Q_EMIT remedyRequested({RemedyAction::OpenModelCache, m_target, m_model.id, {}});
    });
    connect(m_agree, &QCheckBox::toggled, this, &DeployPanel::showQuote);
    connect(m_deploy, &QPushButton::clicked, this, &DeployPanel::deploy);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &DeployPanel::showButton);
    m_again.setSingleShot(true);
    m_again.setInterval(lookAgain);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isVisible())
            askAgain();
    });
    retranslate();
}

void DeployPanel::begin(const ModelSpec& model, AccountId target, const EndpointLimits& limits)
{
    m_model = model;
    m_wish = {};
    m_wish.revision = model.revision;
    m_wish.limits = limits;
    m_wish.force = limits != EndpointLimits{}; // a warm endpoint has the limits that were too low
    m_wish.target = target;
    m_recipe.reset();
    begin();
}

void DeployPanel::begin()
{
    m_promptIsOurs = !m_wish.firstInput || m_wish.firstInput->prompt.isEmpty();
    if (!m_promptIsOurs)
        m_prompt->setPlainText(m_wish.firstInput->prompt);
    m_gpu->clear();
    if (!m_wish.gpuTier.isEmpty()) {
        m_gpu->addItem(QString(), QString()); // "Automatic", in words once they are set
        m_gpu->addItem(m_wish.gpuTier, m_wish.gpuTier);
        m_gpu->setCurrentIndex(1);
    }
    m_message->clear();
    m_agree->setChecked(false);
    m_replaces = {};
    // The button cannot take the focus before its price is known.
    m_focusDeploy = true;
    m_header->takeFocus();
    setTarget(m_wish.target);
}

void DeployPanel::replace(const DeploymentId& first)
{
    m_replaces = first;
    m_wish.force = true; // its endpoint is on its way out and must not be found again
    askQuote();
}

void DeployPanel::refresh()
{
    askQuote();
}

QString DeployPanel::standardPrompt() const
{
    // The demo model knows shapes and colours; a real model gets its registry's prompt.
    if (m_target.isPractice() || isDemoModel(m_model.id) || m_model.samplePrompt.isEmpty())
        return tr("a large red circle on a white background");
    return m_model.samplePrompt;
}

void DeployPanel::setTarget(AccountId target)
{
    m_target = target;
    m_where->setChosen(target);
    m_measured->show(m_model, target);
    retranslate();
    askQuote();
}

CreateRequest DeployPanel::request() const
{
    CreateRequest request = m_wish;
    request.modelId = m_model.id;
    request.target = m_target;
    request.gpuTier = m_gpu->currentData().toString();
    if (m_target.isPractice())
        request.practiceSpeed = m_context.settings.practiceSpeed();
    JobInput first = m_wish.firstInput.value_or(JobInput());
    first.prompt = m_prompt->toPlainText().trimmed();
    request.firstInput = first;
    if (m_wish.limits.workersMin > 0 && isAgreed())
        request.acceptedUsdPerMonth = m_agreedUsd;
    return request;
}

void DeployPanel::retranslate()
{
    const Format& format = m_context.language.format();
    m_header->setTitle(m_model.title.isEmpty() ? m_model.id : m_model.title);
    QStringList facts{m_model.id};
    if (!m_model.licence.isEmpty())
        facts << tr("licence %1").arg(m_model.licence);
    if (const double memory = plannedVramGb(m_model); memory > 0.0)
        facts << tr("about %1 of GPU memory (%2)", "how much, where the figure comes from")
                     .arg(format.gigabytes(memory), evidenceWord(plannedEvidence(m_model)));
    if (m_model.downloadBytes > 0)
        facts << format.bytes(m_model.downloadBytes);
    m_facts->setText(facts.join(u"  ·  "_s));
    showLicence();
    showLimits();
    showRecipe();
    m_whereCaption->setText(tr("Where"));
    m_whereNote->setText(whereWords());
    m_promptCaption->setText(tr("What to draw first"));
    m_prompt->setAccessibleName(tr("What to draw first"));
    if (m_promptIsOurs) {
        m_prompt->setPlainText(standardPrompt());
        m_promptIsOurs = true;
    }
    const bool isHere = m_context.accounts.provider(m_target).isHere;
    m_gpuCaption->setVisible(!isHere); // there is nothing to choose
    m_gpu->setVisible(!isHere);
    m_gpuNote->setVisible(!isHere);
    m_gpuCaption->setText(tr("GPU"));
    m_gpu->setAccessibleName(tr("GPU"));
    if (m_gpu->count() > 0)
        m_gpu->setItemText(0, tr("Automatic: the cheapest that fits"));
    m_keepNear->setText(tr("Keep this model near …"));
    m_keepNear->setVisible(m_context.accounts.provider(m_target).volumes.has_value());
    m_keepNear->setToolTip(tr("A copy in a volume at the GPUs makes cold starts shorter, for a price a month."));
    m_costCaption->setText(tr("What it costs"));
    m_checksCaption->setText(tr("Checked before anything is paid"));
    m_deploy->setAccessibleDescription(tr("Deploys the model and draws the first picture"));
    if (!m_model.id.isEmpty())
        showQuote();
}

QString DeployPanel::whereWords() const
{
    if (m_target.isPractice())
        return tr("Everything is real except the money and the model: a %1, draws.")
            .arg(States::demoLabel(m_header->title()));
    const ProviderDescriptor& provider = m_context.accounts.provider(m_target);
    if (!provider.isHere)
        return m_context.accounts.isOneOfSeveral(m_target)
            ? tr("On a GPU of your %1 account “%2”.").arg(provider.name, m_context.accounts.nameOf(m_target))
            : tr("On a GPU of your own %1 account.").arg(provider.name);
    return isDemoModel(m_model.id)
        ? tr("On this very computer: no account, nothing to pay. A small demo model draws simple shapes.")
        : tr("On this very computer: no account, nothing to pay.");
}

void DeployPanel::showLicence()
{
    QStringList sentences = m_model.id.isEmpty() ? QStringList() : licenceSentences(m_model);
    const bool warns = m_model.terms.commercial == CommercialUse::Forbidden && !m_target.isPractice();
    m_licenceNote->setText(sentences.join(u' '));
    m_licenceNote->setVisible(!warns && !sentences.isEmpty());
    if (warns) {
        const QString forbidden = sentences.takeFirst();
        m_licence->say({Tone::Warning, forbidden, sentences.join(u' '), {}, {}});
    } else {
        m_licence->clear();
    }
}

bool DeployPanel::event(QEvent* event)
{
    // Back from the browser, where a licence may have been accepted or credit added: look again.
    if (event->type() == QEvent::WindowActivate && isVisible() && m_quote && m_quote->preflight.isBlocked())
        askAgain();
    return Retranslated::event(event);
}

} // namespace visgate::ui
