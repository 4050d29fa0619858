// SPDX-License-Identifier: GPL-3.0-or-later
// What comes into the sheet from outside, a recipe or raised limits, and how it is told.
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/deploy/deploy_panel.h"
#include "ui/item_models/task_words.h"
#include "ui/widgets/message_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qsizetype shownRevision = 12; ///< characters: enough to tell commits apart

} // namespace

void DeployPanel::beginRecipe(const ModelSpec& model, const QString& name, const CreateRequest& wish)
{
    m_model = model;
    m_wish = wish;
    if (m_wish.revision.isEmpty())
        m_wish.revision = model.revision;
    m_recipe = name;
    begin();
}

QStringList DeployPanel::recipeFacts() const
{
    const Format& format = m_context.language.format();
    const JobInput first = m_wish.firstInput.value_or(JobInput());
    QStringList facts;
    if (m_wish.task)
        facts << Tasks::word(*m_wish.task);
    if (!m_wish.revision.isEmpty())
        facts << tr("version %1").arg(m_wish.revision.left(shownRevision));
    if (first.width && first.height)
        facts << tr("%1 × %2 pixels").arg(format.integer(*first.width), format.integer(*first.height));
    if (first.steps)
        facts << tr("%n step(s)", nullptr, *first.steps);
    if (first.guidance)
        facts << tr("guidance %1").arg(format.locale().toString(*first.guidance));
    if (first.seed)
        facts << tr("seed %1").arg(*first.seed);
    if (first.count > 1)
        facts << tr("%n picture(s) at once", nullptr, first.count);
    if (!first.negativePrompt.isEmpty())
        facts << tr("without “%1”").arg(first.negativePrompt);
    return facts;
}

void DeployPanel::showRecipe()
{
    if (!m_recipe) {
        m_recipeNote->clear();
        return;
    }
    const int always = m_wish.limits.workersMin;
    const QString from
        = m_recipe->isEmpty() ? tr("Filled in from a recipe.") : tr("Filled in from the recipe “%1”.").arg(*m_recipe);
    QStringList sentences{recipeFacts().join(u"  ·  "_s)};
    // Whoever wrote it did not mean to spend the money of others unseen.
    if (always > 0)
        sentences << tr("It keeps %n worker(s) running always, also while nobody draws.", nullptr, always);
    sentences.removeAll(QString());
    m_recipeNote->say({always > 0 ? Tone::Warning : Tone::Neutral, from, sentences.join(u'\n'), {}, {}});
}

bool DeployPanel::isAgreed() const
{
    return m_wish.limits.workersMin == 0 || (m_quote && m_agree->isChecked());
}

void DeployPanel::showAgreement()
{
    const bool hasPrice = m_quote && !m_quote->plan.entries.isEmpty();
    m_agree->setVisible(hasPrice && m_wish.limits.workersMin > 0); // there is nothing to agree to without its price
    if (!m_quote)
        return;
    const double monthly = m_quote->price.idlePerMonth();
    if (monthly > m_agreedUsd) { // nobody has agreed to more than what stood here
        const QSignalBlocker quiet(m_agree);
        m_agree->setChecked(false);
    }
    m_agreedUsd = monthly;
    m_agree->setText(
        tr("I agree to %1 a month, day and night").arg(m_context.language.format().money(monthly, m_target)));
}

void DeployPanel::showLimits()
{
    const Format& format = m_context.language.format();
    const EndpointLimits& limits = m_wish.limits;
    m_limitsNote->setVisible(limits != EndpointLimits{});
    if (m_recipe)
        m_limitsNote->setText(
            tr("Limits of the recipe: a picture may take up to %1, a start up to %2; at most %3 workers "
               "at the same time, and an idle one leaves after %4.")
                .arg(format.duration(limits.executionTimeout), format.duration(limits.initTimeout),
                    format.integer(limits.workersMax), format.duration(limits.idleTimeout)));
    else
        m_limitsNote->setText(tr("Raised limits: a picture may take up to %1, a start up to %2.")
                                  .arg(format.duration(limits.executionTimeout), format.duration(limits.initTimeout)));
}

} // namespace visgate::ui
