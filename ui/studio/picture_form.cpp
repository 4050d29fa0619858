// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/picture_form.h"

#include "core/domain/jobs/job_input.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/ui_settings.h"
#include "ui/studio/seed_field.h"
#include "ui/studio/shape_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/own_number.h"
#include "ui/widgets/price_button.h"

#include <QAbstractButton>
#include <QDoubleSpinBox>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QSpinBox>

#include <limits>

using namespace Qt::StringLiterals;

namespace visgate::ui {

void PictureForm::begin(const DeploymentId& deployment, const InputLimits& limits)
{
    m_deployment = deployment;
    const auto remembered = fromStored(m_context.settings.drawingValues(deployment));
    m_isRemembered = remembered.has_value();
    m_seed->show(std::nullopt, false);
    m_wanted = remembered.value_or(DrawingValues());
    m_prompt->clear();
    m_negative->clear();
    setLimits(limits);
}

void PictureForm::setLimits(const InputLimits& limits)
{
    m_limits = limits;
    m_shapes->setShapes(shapesOf(limits));
    orderTabs();
    showValues();
}

void PictureForm::offer(const JobInput& input)
{
    if (m_prompt->toPlainText().isEmpty()) {
        m_prompt->setPlainText(input.prompt);
        m_negative->setPlainText(input.negativePrompt);
    }
    if (m_isRemembered)
        return;
    m_wanted = valuesOf(input);
    showValues();
}

void PictureForm::fill(const JobInput& input, qint64 seed)
{
    m_prompt->setPlainText(input.prompt);
    m_negative->setPlainText(input.negativePrompt);
    m_wanted = valuesOf(input);
    m_wanted.seed = seed;
    m_wanted.keepsSeed = true;
    m_wanted.count = 1; // the seed is that of one picture
    m_seed->show(seed, true);
    showValues();
    takeFields();
    m_draw->setFocus(Qt::OtherFocusReason);
}

void PictureForm::keepSeed(qint64 seed)
{
    m_seed->show(seed, true);
    showMore(true); // where it is seen, and can be let go again
    takeFields();
}

void PictureForm::setPrice(std::optional<double> usd, AccountId target)
{
    m_price = usd;
    m_target = target;
    showButton();
}

void PictureForm::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    showButton();
}

void PictureForm::takeFields()
{
    m_wanted.steps = m_steps->chosen();
    m_wanted.guidance = m_guidance->chosen();
    m_wanted.seed = m_seed->seed();
    m_wanted.keepsSeed = m_seed->isKept();
    m_wanted.count = m_count->value();
    m_isRemembered = true;
    m_context.settings.setDrawingValues(m_deployment, toStored(fitted(m_wanted, m_limits)));
    showValues();
}

void PictureForm::takeOwnSize()
{
    m_wanted.size = QSize(m_limits.nearestSide(m_width->value()), m_limits.nearestSide(m_height->value()));
    takeFields();
}

void PictureForm::useModelsOwn()
{
    m_negative->clear();
    m_steps->show(std::nullopt);
    m_guidance->show(std::nullopt);
    m_seed->show(std::nullopt, false);
    m_wanted.size.reset();
    takeFields();
}

void PictureForm::showValues()
{
    m_values = fitted(m_wanted, m_limits);
    const QSize size = m_values.size.value_or(QSize(m_limits.width, m_limits.height));
    m_shapes->show(size);
    m_steps->setLimits(m_limits.leastSteps, m_limits.mostSteps, m_limits.steps, m_limits.isOwnKnown);
    m_steps->show(m_values.steps);
    m_guidance->setLimits(m_limits.leastGuidance, m_limits.mostGuidance, m_limits.guidance, m_limits.isOwnKnown);
    m_guidance->show(m_values.guidance);
    if (m_seed->isUsable()) // else what is wrong would be taken away while it is typed
        m_seed->show(m_values.seed, m_wanted.keepsSeed);
    const QSignalBlocker quiet[]{QSignalBlocker(m_count), QSignalBlocker(m_width), QSignalBlocker(m_height)};
    m_count->setRange(1, m_limits.mostPictures);
    m_count->setValue(m_values.count);
    for (QSpinBox* side : {m_width, m_height}) {
        side->setRange(m_limits.leastSide, m_limits.mostSide);
        side->setSingleStep(m_limits.sideStep);
    }
    m_width->setValue(size.width());
    m_height->setValue(size.height());
    m_countRow->setVisible(m_limits.mostPictures > 1);
    m_negativePart->setVisible(m_limits.takesNegative);
    m_sizePart->setVisible(m_limits.hasSizes());
    showNotes();
    showProblems();
}

void PictureForm::showMore(bool shows)
{
    m_more->setChecked(shows);
    m_more->setIcon(m_context.theme.icon(shows ? u"chevron-down"_s : u"chevron-right"_s));
    m_moreFields->setVisible(shows);
}

QString PictureForm::problemOf(const QString& words) const
{
    JobInput input;
    input.prompt = words;
    const auto checked = checkInput(input);
    if (checked || checked.error().code == ErrorCode::PromptMissing)
        return {};
    return m_context.language.format().describe(checked.error()).message;
}

void PictureForm::showProblems()
{
    m_promptProblem->setText(problemOf(m_prompt->toPlainText()));
    m_promptProblem->setVisible(!m_promptProblem->text().isEmpty());
    m_negativeProblem->setText(problemOf(m_negative->toPlainText()));
    m_negativeProblem->setVisible(!m_negativeProblem->text().isEmpty());
    showButton();
}

void PictureForm::showNotes()
{
    const Format& format = m_context.language.format();
    const QString unknown = tr("Left to the model until you change it.");
    const auto note = [&unknown](const auto& number, const QString& own) {
        if (!number.isOwnKnown())
            return number.chosen() ? QString() : unknown;
        return number.chosen() ? tr("The model's own is %1.").arg(own) : tr("The model's own (%1)").arg(own);
    };
    m_steps->setWords(tr("Steps"), note(*m_steps, format.integer(m_steps->own())));
    m_guidance->setWords(tr("Guidance"), note(*m_guidance, format.locale().toString(m_guidance->own())));
}

void PictureForm::showButton()
{
    const bool isEmpty = m_prompt->toPlainText().trimmed().isEmpty();
    const bool isWrong = !m_promptProblem->text().isEmpty() || !m_seed->isUsable()
        || (m_limits.takesNegative && !m_negativeProblem->text().isEmpty());
    m_draw->setEnabled(!m_isBusy && !isEmpty && !isWrong);
    m_draw->setHint(m_isBusy ? QString()
            : isEmpty        ? tr("Say what to draw first.")
            : isWrong        ? tr("What is marked in red cannot be drawn.")
                             : QString());
    const int count = m_values.count;
    const Format& format = m_context.language.format();
    const QString action = count == 1 ? tr("Draw another") : tr("Draw %1 pictures").arg(format.integer(count));
    QString price;
    if (m_price && !m_target.isThisComputer()) {
        const QString sum = format.money(*m_price * count, m_target);
        price = count == 1 ? sum : tr("%1 in all", "a sum of money for several pictures").arg(sum);
    }
    m_draw->setWords(action, price);
}

void PictureForm::draw()
{
    // What is still being typed counts as well; the shortcut leaves the focus where it is.
    for (QAbstractSpinBox* box : findChildren<QAbstractSpinBox*>())
        box->interpretText();
    if (!m_draw->isEnabled() || isHidden())
        return;
    const bool keeps = m_seed->isKept();
    const qint64 fresh = QRandomGenerator::global()->bounded(std::numeric_limits<int>::max());
    const qint64 seed = keeps ? m_seed->seed().value_or(fresh) : fresh;
    m_seed->show(seed, keeps);
    takeFields();
    const QString negative = m_limits.takesNegative ? m_negative->toPlainText().trimmed() : QString();
    Q_EMIT drawRequested(jobInputOf(m_prompt->toPlainText().trimmed(), negative, m_values, seed));
}

void PictureForm::retranslate()
{
    m_promptCaption->setText(tr("What to draw"));
    m_prompt->setAccessibleName(tr("What to draw"));
    m_countCaption->setText(tr("Number of pictures"));
    m_count->setAccessibleName(tr("Number of pictures"));
    m_more->setText(tr("More settings"));
    m_negativeCaption->setText(tr("What not to draw"));
    m_negative->setAccessibleName(tr("What not to draw"));
    m_sizeCaption->setText(tr("Your own size, in pixels"));
    m_width->setAccessibleName(tr("Width in pixels"));
    m_height->setAccessibleName(tr("Height in pixels"));
    m_ownAgain->setText(tr("Leave all of it to the model"));
    for (QAbstractSpinBox* box : findChildren<QAbstractSpinBox*>()) {
        QLocale locale = m_context.language.format().locale();
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        box->setLocale(locale);
    }
    showNotes();
    showProblems();
}

} // namespace visgate::ui
