// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/volume_list.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/volumes.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/model_items.h"
#include "ui/model_cache/volume_row.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {

VolumeList::VolumeList(const UiContext& context, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_context(context), m_models(models), m_title(makeLabel(TextStyle::Heading)),
      m_total(makeLabel(TextStyle::Muted)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_rows(makeLayout<QVBoxLayout>(1.5))
{
    m_total->setObjectName(u"volumesTotal"_s);
    m_busy->hide();
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_total);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addLayout(m_rows);
    setLayout(column);
    m_again.setSingleShot(true);
    m_again.setInterval(1s);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isVisible())
            reload();
    });
    retranslate();
}

void VolumeList::setTarget(AccountId target)
{
    m_target = target;
    m_volumes.reset();
    m_message->clear();
    showRows();
    retranslate();
    reload();
}

void VolumeList::reload()
{
    const quint64 question = ++m_question;
    m_again.stop();
    m_busy->setVisible(!m_volumes);
    whenDone(m_context.service.call(ListVolumes{m_target}), this,
        [this, question](const Result<QList<ModelVolume>>& volumes) {
            if (question != m_question)
                return;
            m_busy->hide();
            if (volumes)
                take(*volumes);
            else
                report(volumes.error());
        });
}

void VolumeList::take(const QList<ModelVolume>& volumes)
{
    m_message->clear();
    m_volumes = volumes;
    showRows();
    retranslate();
    Q_EMIT loaded(volumes);
    const bool fills = std::any_of(
        volumes.cbegin(), volumes.cend(), [](const ModelVolume& volume) { return volume.state == FillState::Filling; });
    if (fills)
        m_again.start();
}

void VolumeList::showRows()
{
    const QList<ModelVolume> volumes = m_volumes.value_or(QList<ModelVolume>());
    const QList<VolumeRow*> rows = findChildren<VolumeRow*>(Qt::FindDirectChildrenOnly);
    for (VolumeRow* row : rows) {
        const bool isThere = std::any_of(volumes.cbegin(), volumes.cend(),
            [row](const ModelVolume& volume) { return volume.id == row->volume().id; });
        if (isThere)
            continue;
        m_rows->removeWidget(row);
        row->setParent(nullptr);
        row->deleteLater();
    }
    for (const ModelVolume& volume : volumes) {
        VolumeRow* row = rowOf(volume.id);
        if (row == nullptr)
            row = makeRow(volume.id);
        row->show(volume, volume.modelId.isEmpty() ? QString() : m_models.titleOf(volume.modelId));
    }
}

VolumeRow* VolumeList::makeRow(const VolumeId& id)
{
    auto* row = new VolumeRow(m_context, this);
    m_rows->addWidget(row);
    connect(row, &VolumeRow::growRequested, this, [this, id](int sizeGb) { grow(id, sizeGb); });
    connect(row, &VolumeRow::deleteRequested, this, [this, id] { remove(id); });
    connect(row, &VolumeRow::fillRequested, this, [this, row, id] { Q_EMIT fillRequested(row->volume().modelId, id); });
    return row;
}

VolumeRow* VolumeList::rowOf(const VolumeId& id) const
{
    const QList<VolumeRow*> rows = findChildren<VolumeRow*>(Qt::FindDirectChildrenOnly);
    const auto found
        = std::find_if(rows.cbegin(), rows.cend(), [&id](const VolumeRow* row) { return row->volume().id == id; });
    return found == rows.cend() ? nullptr : *found;
}

void VolumeList::grow(const VolumeId& id, int sizeGb)
{
    rowOf(id)->setBusy(true);
    whenDone(
        m_context.service.call(GrowVolume{m_target, id, sizeGb}), this, [this, id](const Result<ModelVolume>& grown) {
            end(id, grown ? Result<void>() : fail(grown.error()));
            const VolumeRow* const row = rowOf(id);
            // It was grown for the model that had no room.
            if (grown && row != nullptr && row->volume().state == FillState::Failed)
                Q_EMIT fillRequested(row->volume().modelId, id);
        });
}

void VolumeList::remove(const VolumeId& id)
{
    rowOf(id)->setBusy(true);
    whenDone(m_context.service.call(DeleteVolume{m_target, id}), this,
        [this, id](const Result<void>& deleted) { end(id, deleted); });
}

void VolumeList::end(const VolumeId& id, const Result<void>& wish)
{
    VolumeRow* const row = rowOf(id);
    if (row == nullptr)
        return;
    row->setBusy(false);
    if (wish)
        reload();
    else
        row->report(wish.error());
}

void VolumeList::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    if (error.code == ErrorCode::KeyMissing)
        m_message->say({Tone::Warning, text.message, text.remedy, text.button, [this] { Q_EMIT keyRequested(); }});
    else
        m_message->say({Tone::Bad, text.message, text.remedy, tr("Try again"), [this] { reload(); }});
}

void VolumeList::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("Volumes"));
    m_total->setVisible(m_volumes.has_value());
    if (!m_volumes)
        return;
    double monthlyUsd = 0.0;
    for (const ModelVolume& volume : std::as_const(*m_volumes))
        monthlyUsd += volume.monthlyUsd;
    m_total->setText(m_volumes->isEmpty() ? tr("No volume; nothing is kept near, and nothing is paid for it.")
                                          : tr("Together %1 a month.").arg(format.money(monthlyUsd, m_target)));
}

} // namespace visgate::ui
