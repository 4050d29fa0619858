// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/keep_near_form.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/volumes.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/model_items.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {

KeepNearForm::KeepNearForm(const UiContext& context, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_context(context), m_models(models), m_title(makeLabel(TextStyle::Heading)),
      m_purpose(makeLabel(TextStyle::Muted)), m_model(new QComboBox), m_price(makeLabel(TextStyle::Caption)),
      m_keep(makeButton(ButtonKind::Primary)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme))
{
    m_model->setObjectName(u"keepNearModel"_s);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_keep->setObjectName(u"keepNear"_s);
    m_busy->hide();
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_purpose);
    column->addWidget(m_model);
    column->addWidget(m_price);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addWidget(m_keep, 0, Qt::AlignLeft);
    setLayout(column);
    connect(m_model, &QComboBox::currentIndexChanged, this, &KeepNearForm::retranslate);
    connect(m_keep, &QPushButton::clicked, this, [this] { keepNear(m_model->currentData().toString(), {}); });
    connect(&m_models, &QAbstractItemModel::modelReset, this, &KeepNearForm::fillChoice);
    fillChoice();
}

void KeepNearForm::fillChoice()
{
    const QString before = m_model->currentData().toString();
    m_model->clear();
    for (int row = 0; row < m_models.rowCount(); ++row) {
        const auto spec = m_models.data(m_models.index(row), ModelItems::SpecRole).value<ModelSpec>();
        m_model->addItem(spec.title.isEmpty() ? spec.id : spec.title, spec.id);
    }
    m_model->setCurrentIndex(std::max(m_model->findData(before), 0));
    retranslate();
}

void KeepNearForm::begin(AccountId target, const QString& modelId)
{
    m_target = target;
    m_message->clear();
    const ModelSpec* spec = modelId.isEmpty() ? nullptr : m_models.find(modelId);
    const QString id = spec != nullptr ? spec->id : modelId;
    if (!id.isEmpty() && m_model->findData(id) < 0)
        m_model->addItem(m_models.titleOf(id), id);
    if (!id.isEmpty())
        m_model->setCurrentIndex(m_model->findData(id));
    retranslate();
}

void KeepNearForm::setVolumes(const QList<ModelVolume>& volumes)
{
    m_volumes = volumes;
    retranslate();
}

void KeepNearForm::takeFocus()
{
    (m_keep->isEnabled() ? static_cast<QWidget*>(m_keep) : m_model)->setFocus();
}

const ModelSpec* KeepNearForm::chosen() const
{
    return m_models.find(m_model->currentData().toString());
}

const ModelVolume* KeepNearForm::volumeOf(const QString& modelId) const
{
    const auto found = std::find_if(m_volumes.cbegin(), m_volumes.cend(),
        [&](const ModelVolume& volume) { return volume.modelId == modelId && volume.state != FillState::Failed; });
    return found == m_volumes.cend() ? nullptr : &*found;
}

void KeepNearForm::keepNear(const QString& modelId, const VolumeId& volume)
{
    if (m_busyNow || modelId.isEmpty())
        return;
    KeepNear wish;
    wish.target = m_target;
    wish.modelId = modelId;
    wish.volume = volume;
    m_busyNow = true;
    m_message->clear();
    if (m_keep->hasFocus())
        m_model->setFocus(); // a button that can no longer be pressed gives the keyboard away
    retranslate();
    whenDone(m_context.service.call(KeepModelNear{wish}), this, [this](const Result<ModelVolume>& begun) {
        m_busyNow = false;
        if (begun)
            Q_EMIT fillingBegan();
        else
            report(begun.error());
        retranslate();
    });
}

void KeepNearForm::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    if (error.code == ErrorCode::VolumeKeyMissing)
        m_message->say({Tone::Warning, text.message, text.remedy, tr("Enter the key"), [this] { Q_EMIT keyNeeded(); }});
    else
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void KeepNearForm::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("Keep a model near"));
    m_purpose->setText(tr("A copy in a volume at the GPUs spares every cold start the download. All of it passes this "
                          "computer once."));
    m_model->setAccessibleName(tr("Model to keep near"));
    const ModelSpec* spec = chosen();
    const QString id = m_model->currentData().toString();
    const ModelVolume* there = volumeOf(id);
    const VolumeTerms terms = m_context.accounts.provider(m_target).volumes.value_or(VolumeTerms());
    const bool isSizeKnown = spec != nullptr && spec->downloadBytes > 0;
    const int sizeGb = isSizeKnown ? volumeSizeGb(terms, spec->downloadBytes) : 0;
    const QString price = format.money(volumeMonthlyUsd(terms, sizeGb), m_target);
    if (there != nullptr)
        m_price->setText(there->state == FillState::Complete ? tr("This model is kept near already.")
                                                             : tr("This model is being copied."));
    else if (isSizeKnown)
        m_price->setText(tr("A volume of %1, where the model runs: %2 a month until you delete it, used or not.")
                             .arg(format.gigabytes(sizeGb), price));
    else
        m_price->setText(tr("Its size is asked for first; a volume costs %1 a GB and month until you delete it.")
                             .arg(format.money(volumeMonthlyUsd(terms, 1), m_target)));
    m_busy->setVisible(m_busyNow);
    m_keep->setText(isSizeKnown ? tr("Keep near – %1 a month").arg(price) : tr("Keep near"));
    m_keep->setEnabled(!m_busyNow && there == nullptr && !id.isEmpty());
}

} // namespace visgate::ui
