// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/workers_form.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int mostWorkers = 60;
constexpr int longestIdle = 3600; ///< seconds, the provider's limit

} // namespace

WorkersForm::WorkersForm(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_maxCaption(makeLabel(TextStyle::Body)), m_max(new QSpinBox), m_idleCaption(makeLabel(TextStyle::Body)),
      m_idle(new QSpinBox), m_note(makeLabel(TextStyle::Caption)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_apply(makeButton(ButtonKind::Normal))
{
    m_max->setObjectName(u"workersMax"_s);
    m_max->setRange(1, mostWorkers);
    m_idle->setObjectName(u"idleTimeout"_s);
    m_idle->setRange(1, longestIdle);
    m_apply->setObjectName(u"applyWorkers"_s);
    m_busy->hide();

    auto* grid = new QGridLayout;
    grid->setColumnStretch(0, 1);
    grid->setHorizontalSpacing(2 * metrics::unit);
    grid->addWidget(m_maxCaption, 0, 0);
    grid->addWidget(m_max, 0, 1);
    grid->addWidget(m_idleCaption, 1, 0);
    grid->addWidget(m_idle, 1, 1);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addLayout(grid);
    column->addWidget(m_note);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addWidget(m_apply, 0, Qt::AlignLeft);
    setLayout(column);

    for (QSpinBox* box : {m_max, m_idle}) {
        box->setFixedWidth(112);
        connect(box, &QSpinBox::valueChanged, this, &WorkersForm::retranslate);
    }
    connect(m_apply, &QPushButton::clicked, this, &WorkersForm::apply);
    retranslate();
}

void WorkersForm::show(const Deployment& deployment)
{
    const bool another = m_deployment.id != deployment.id;
    const bool changed = m_deployment.limits != deployment.limits;
    m_deployment = deployment;
    if (another)
        m_message->clear();
    if (another || changed) {
        // What the user is typing is not overwritten by news that change nothing here.
        m_max->setValue(deployment.limits.workersMax);
        m_idle->setValue(static_cast<int>(deployment.limits.idleTimeout.count()));
    }
    retranslate();
}

ScaleRequest WorkersForm::wish() const
{
    ScaleRequest wish;
    if (m_max->value() != m_deployment.limits.workersMax)
        wish.workersMax = m_max->value();
    if (const std::chrono::seconds idle(m_idle->value()); idle != m_deployment.limits.idleTimeout)
        wish.idleTimeout = idle;
    return wish;
}

void WorkersForm::apply()
{
    m_busyNow = true;
    m_message->clear();
    retranslate();
    whenDone(m_context.service.call(ScaleDeployment{m_deployment.id, wish()}), this,
        [this](const Result<Deployment>& scaled) {
            m_busyNow = false;
            if (scaled) {
                show(*scaled);
                m_message->say({Tone::Good, tr("The endpoint has taken it over."), {}, {}, {}});
            } else {
                const ErrorText text = m_context.language.format().describe(scaled.error());
                m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
            }
            retranslate();
        });
}

void WorkersForm::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("Workers"));
    m_maxCaption->setText(tr("At most, at the same time"));
    m_max->setAccessibleName(tr("Most workers at the same time"));
    m_idleCaption->setText(tr("An idle one leaves after, in seconds"));
    m_idle->setAccessibleName(tr("Seconds until an idle worker leaves"));
    m_note->setText(tr("More workers draw more pictures side by side; each costs while it works and while it waits: up "
                       "to %1 after each picture.")
                        .arg(format.duration(std::chrono::seconds(m_idle->value()))));
    m_busy->setVisible(m_busyNow);
    m_apply->setText(tr("Apply"));
    m_apply->setEnabled(!m_busyNow && wish() != ScaleRequest{});
}

} // namespace visgate::ui
