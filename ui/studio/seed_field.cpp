// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/seed_field.h"

#include "core/foundation/worker_protocol/job_limits.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

SeedField::SeedField(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_caption(makeLabel(TextStyle::Strong)), m_field(new QLineEdit),
      m_lock(new QCheckBox), m_problem(makeLabel(TextStyle::Caption))
{
    m_field->setObjectName(u"seed"_s);
    // Digits alone, and as many as the largest one has; that it is not larger is said below.
    m_field->setValidator(new QRegularExpressionValidator(QRegularExpression(u"[0-9]{0,16}"_s), m_field));
    m_lock->setObjectName(u"keepSeed"_s);
    m_problem->setObjectName(u"seedProblem"_s);
    m_problem->setProperty("tone", u"bad"_s);
    auto* column = makeLayout<QVBoxLayout>(0.5);
    column->addWidget(m_caption);
    column->addWidget(m_field);
    column->addWidget(m_problem);
    column->addWidget(m_lock);
    setLayout(column);
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_lock->setChecked(!text.isEmpty());
        retranslate();
        Q_EMIT changed();
    });
    connect(m_lock, &QCheckBox::clicked, this, [this] {
        retranslate();
        Q_EMIT changed();
    });
    retranslate();
}

std::optional<qint64> SeedField::seed() const
{
    bool isNumber = false;
    const qint64 value = m_field->text().toLongLong(&isNumber);
    return isNumber && value >= 0 && value <= job_limits::kLargestSeed ? std::optional(value) : std::nullopt;
}

bool SeedField::isKept() const
{
    return m_lock->isChecked();
}

bool SeedField::isUsable() const
{
    return m_field->text().isEmpty() || seed();
}

void SeedField::show(std::optional<qint64> seed, bool isKept)
{
    if (!isUsable() || this->seed() != seed) // else the cursor would jump while it is typed
        m_field->setText(seed ? QString::number(*seed) : QString());
    m_lock->setChecked(isKept);
    retranslate();
}

void SeedField::retranslate()
{
    m_caption->setText(tr("Seed"));
    m_field->setAccessibleName(tr("Seed"));
    m_field->setPlaceholderText(tr("A new one each time"));
    m_field->setToolTip(tr("The same seed with the same words and settings draws the same picture."));
    m_lock->setText(tr("Keep this seed"));
    const QString largest = m_context.language.format().integer(job_limits::kLargestSeed);
    m_problem->setText(isUsable() ? QString() : tr("A seed is at most %1.").arg(largest));
    m_problem->setVisible(!isUsable());
    setStyleProperty(m_field, "tone", isUsable() ? QString() : u"bad"_s);
}

} // namespace visgate::ui
