// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spend/volumes_card.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

VolumesCard::VolumesCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_text(makeLabel(TextStyle::Muted)), m_unused(makeLabel(TextStyle::Body)), m_open(makeButton(ButtonKind::Normal))
{
    setProperty("frame-kind", u"card"_s);
    m_text->setObjectName(u"spendVolumes"_s);
    m_open->setObjectName(u"openCache"_s);
    auto* words = makeLayout<QVBoxLayout>(0.5);
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addWidget(m_unused);
    auto* line = makeLayout<QHBoxLayout>(2, metrics::cardPadding);
    line->addLayout(words, 1);
    line->addWidget(m_open, 0, Qt::AlignVCenter);
    setLayout(line);
    connect(m_open, &QPushButton::clicked, this, &VolumesCard::openRequested);
    retranslate();
}

void VolumesCard::show(AccountId target, const std::optional<VolumeSpend>& spend)
{
    m_target = target;
    m_spend = spend;
    retranslate();
}

void VolumesCard::retranslate()
{
    const VolumeSpend spend = m_spend.value_or(VolumeSpend{});
    m_title->setText(tr("Models kept near"));
    m_open->setText(tr("Model cache"));
    m_open->setAccessibleName(tr("Open the model cache"));
    if (!m_spend)
        m_text->setText(tr("What volumes cost is not known yet."));
    else if (spend.volumes == 0)
        m_text->setText(tr("No volume; nothing is paid for keeping models near."));
    else
        m_text->setText(tr("%n volume(s), together %1 a month, used or not.", nullptr, spend.volumes)
                            .arg(m_context.language.format().money(spend.monthlyUsd, m_target)));
    m_unused->setVisible(spend.unused > 0);
    m_unused->setText(tr("%n of them is used by no endpoint.", nullptr, spend.unused));
}

} // namespace visgate::ui
