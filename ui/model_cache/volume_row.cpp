// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/volume_row.h"

#include "core/domain/errors/error_catalog.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
VolumeRow::VolumeRow(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(new ElidedLabel), m_badge(new Badge(context.theme)),
      m_facts(makeLabel(TextStyle::Body)), m_use(makeLabel(TextStyle::Caption)), m_progress(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_grow(makeButton(ButtonKind::Normal)),
      m_delete(makeButton(ButtonKind::Plain)), m_size(new QSpinBox), m_growNow(makeButton(ButtonKind::Primary)),
      m_growth(makeGrowth()), m_questionText(makeLabel(TextStyle::Body)), m_deleteNow(makeButton(ButtonKind::Normal)),
      m_keep(makeButton(ButtonKind::Plain)), m_question(makeQuestion())
{
    setProperty("frame-kind", u"well"_s);
    m_title->setProperty("text-style", u"strong"_s);
    m_progress->setObjectName(u"volumeFilling"_s);
    m_progress->hide();
    auto* head = makeLayout<QHBoxLayout>(1);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_grow);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1, 12);
    column->addLayout(head);
    column->addWidget(m_facts);
    column->addWidget(m_progress);
    column->addWidget(m_use);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addWidget(m_growth);
    column->addWidget(m_question);
    setLayout(column);
    connect(
        m_grow, &QPushButton::clicked, this, [this] { ask(m_asked == Asked::Size ? Asked::Nothing : Asked::Size); });
    connect(m_delete, &QPushButton::clicked, this, [this] { ask(Asked::Deletion); });
    retranslate();
}

QWidget* VolumeRow::makeGrowth()
{
    auto* row = new QWidget;
    auto* line = makeLayout<QHBoxLayout>(1);
    m_size->setFixedWidth(112);
    line->addWidget(m_size);
    line->addWidget(m_growNow);
    line->addStretch(1);
    row->setLayout(line);
    connect(m_size, &QSpinBox::valueChanged, this, &VolumeRow::retranslate);
    connect(m_growNow, &QPushButton::clicked, this, [this] { Q_EMIT growRequested(m_size->value()); });
    return row;
}

QWidget* VolumeRow::makeQuestion()
{
    auto* row = new QWidget;
    auto* answers = makeLayout<QHBoxLayout>(1);
    m_deleteNow->setProperty("tone", u"bad"_s);
    answers->addWidget(m_deleteNow);
    answers->addWidget(m_keep);
    answers->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_questionText);
    column->addLayout(answers);
    row->setLayout(column);
    connect(m_deleteNow, &QPushButton::clicked, this, &VolumeRow::deleteRequested);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        ask(Asked::Nothing);
        m_delete->setFocus();
    });
    return row;
}

void VolumeRow::show(const ModelVolume& volume, const QString& modelTitle)
{
    if (m_volume.sizeGb != volume.sizeGb) {
        m_size->setRange(std::min(volume.sizeGb + 1, terms().mostGb), terms().mostGb);
        m_size->setValue(std::min(2 * volume.sizeGb, terms().mostGb));
        m_asked = m_asked == Asked::Size ? Asked::Nothing : m_asked;
    }
    const QString id = QString::fromStdString(volume.id.value());
    setObjectName(u"volume_"_s + id);
    m_grow->setObjectName(u"grow_"_s + id);
    m_size->setObjectName(u"size_"_s + id);
    m_growNow->setObjectName(u"growNow_"_s + id);
    m_delete->setObjectName(u"delete_"_s + id);
    m_deleteNow->setObjectName(u"deleteNow_"_s + id);
    m_keep->setObjectName(u"keep_"_s + id);
    m_message->button()->setObjectName(u"volume_%1_message"_s.arg(id));
    const bool wasFailed = m_volume.state == FillState::Failed;
    m_volume = volume;
    m_modelTitle = modelTitle;
    retranslate();
    if (volume.state == FillState::Failed && volume.error)
        report(*volume.error);
    else if (wasFailed)
        m_message->clear(); // what a wish came to stays, whatever the others do
}

void VolumeRow::setBusy(bool busy)
{
    m_busyNow = busy;
    if (busy) {
        m_message->clear();
        m_asked = Asked::Nothing;
    }
    retranslate();
}

void VolumeRow::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    if (error.code == ErrorCode::VolumeTooSmall)
        m_message->say({Tone::Bad, text.message, text.remedy, tr("Make it larger"), [this] { ask(Asked::Size); }});
    else if (!m_volume.modelId.isEmpty() && m_volume.state == FillState::Failed)
        m_message->say({Tone::Bad, text.message, text.remedy, tr("Fill it again"), [this] { Q_EMIT fillRequested(); }});
    else
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void VolumeRow::ask(Asked asked)
{
    m_asked = asked;
    retranslate();
    if (asked == Asked::Size)
        m_size->setFocus();
    else if (asked == Asked::Deletion)
        m_keep->setFocus(); // Enter deletes nothing
}

void VolumeRow::showState()
{
    const Format& format = m_context.language.format();
    const QString done = format.bytes(m_volume.bytesDone);
    switch (m_volume.state) {
    case FillState::Empty:
        m_badge->show(Tone::Neutral, u"info"_s, tr("Unknown contents"));
        break;
    case FillState::Filling:
        m_badge->show(Tone::Working, u"download"_s, tr("Filling"));
        break;
    case FillState::Complete:
        m_badge->show(Tone::Good, u"ready"_s, tr("Kept near"));
        break;
    case FillState::Failed:
        m_badge->show(Tone::Bad, u"failed"_s, tr("Not filled"));
        break;
    }
    QStringList facts{format.gigabytes(m_volume.sizeGb), m_volume.dataCenter,
        tr("%1 a month").arg(format.money(m_volume.monthlyUsd, m_volume.target))};
    m_facts->setText(facts.join(u"  ·  "_s));
    const bool fills = m_volume.state == FillState::Filling;
    m_progress->setVisible(fills || m_busyNow);
    m_progress->setShare(fills && m_volume.bytesTotal > 0
            ? static_cast<double>(m_volume.bytesDone) / static_cast<double>(m_volume.bytesTotal)
            : -1.0);
    if (m_volume.unconfirmed.contains("delete"_L1))
        m_use->setText(tr("It is to be deleted; the provider has not confirmed it yet."));
    else if (m_volume.unconfirmed.contains("grow"_L1))
        m_use->setText(tr("It is to be larger; the provider has not confirmed it yet."));
    else if (fills && m_volume.bytesTotal > 0)
        m_use->setText(tr("%1 of %2 copied. It goes on when Visgate is opened again.")
                           .arg(done, format.bytes(m_volume.bytesTotal)));
    else if (fills)
        m_use->setText(tr("Looking for what is to be copied …"));
    else if (m_volume.isUnused())
        m_use->setText(tr("No endpoint uses it. It is paid for all the same."));
    else
        m_use->setText(tr("Used by %n endpoint(s).", nullptr, static_cast<int>(m_volume.usedBy.size())));
}

VolumeTerms VolumeRow::terms() const
{
    return m_context.accounts.provider(m_volume.target).volumes.value_or(VolumeTerms());
}

void VolumeRow::showAnswers()
{
    const Format& format = m_context.language.format();
    const QString size = format.gigabytes(m_size->value());
    m_grow->setText(tr("Make it larger"));
    m_grow->setAccessibleName(tr("Make the volume of %1 larger").arg(m_title->fullText()));
    m_grow->setEnabled(!m_busyNow && m_volume.sizeGb < terms().mostGb);
    m_delete->setText(tr("Delete"));
    m_delete->setAccessibleName(tr("Delete the volume of %1").arg(m_title->fullText()));
    m_delete->setEnabled(!m_busyNow);
    m_growth->setVisible(m_asked == Asked::Size);
    m_size->setSuffix(u" GB"_s);
    m_size->setAccessibleName(tr("New size"));
    m_growNow->setText(
        tr("%1 for %2 a month").arg(size, format.money(volumeMonthlyUsd(terms(), m_size->value()), m_volume.target)));
    m_growNow->setToolTip(tr("It can grow, never shrink."));
    m_question->setVisible(m_asked == Asked::Deletion);
    m_questionText->setText(m_volume.usedBy.isEmpty()
            ? tr("Delete it with all that is in it? This cannot be undone; the model can be copied again.")
            : tr("An endpoint uses it. Delete it with all that is in it? This cannot be undone."));
    m_deleteNow->setText(tr("Delete for good"));
    m_keep->setText(tr("Keep"));
}

void VolumeRow::retranslate()
{
    m_title->setFullText(m_modelTitle.isEmpty() ? m_volume.name : m_modelTitle);
    showState();
    showAnswers();
}

} // namespace visgate::ui
