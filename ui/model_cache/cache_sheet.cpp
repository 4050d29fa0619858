// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/cache_sheet.h"

#include "ui/item_models/state_words.h"
#include "ui/model_cache/keep_near_form.h"
#include "ui/model_cache/volume_key_form.h"
#include "ui/model_cache/volume_list.h"
#include "ui/widgets/page.h"
#include "ui/widgets/sheet_header.h"
#include "ui/widgets/widgets.h"

#include <QButtonGroup>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

CacheSheet::CacheSheet(const UiContext& context, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_body(new Page(0)), m_header(new SheetHeader(context.theme, u"closeCache"_s)),
      m_practice(makeSegment(u"cachePractice"_s)), m_runpod(makeSegment(u"cacheRunpod"_s)),
      m_form(new KeepNearForm(context, models)), m_volumes(new VolumeList(context, models)),
      m_key(new VolumeKeyForm(context))
{
    auto* targets = new QButtonGroup(this);
    targets->addButton(m_practice);
    targets->addButton(m_runpod);
    auto* where = makeLayout<QHBoxLayout>(1);
    where->addWidget(m_practice, 1);
    where->addWidget(m_runpod, 1);
    m_body->column()->setSpacing(3 * metrics::unit);
    m_body->column()->addLayout(where);
    m_body->column()->addWidget(m_form);
    m_body->column()->addWidget(m_volumes);
    m_body->column()->addWidget(m_key);
    m_body->column()->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_header);
    whole->addWidget(m_body, 1);
    setLayout(whole);

    connect(m_header, &SheetHeader::closeRequested, this, &CacheSheet::closeRequested);
    connect(m_practice, &QPushButton::clicked, this, [this] { setTarget(Target::Practice); });
    connect(m_runpod, &QPushButton::clicked, this, [this] { setTarget(Target::Runpod); });
    connect(m_form, &KeepNearForm::fillingBegan, m_volumes, &VolumeList::reload);
    connect(m_form, &KeepNearForm::keyNeeded, this, [this] {
        m_body->ensureWidgetVisible(m_key);
        m_key->takeFocus();
    });
    connect(m_volumes, &VolumeList::loaded, m_form, &KeepNearForm::setVolumes);
    connect(m_volumes, &VolumeList::fillRequested, m_form, &KeepNearForm::keepNear);
    connect(m_volumes, &VolumeList::keyRequested, this, [this] {
        Q_EMIT remedyRequested({RemedyAction::PasteProviderKey, m_target, m_modelId, {}});
    });
    retranslate();
}

void CacheSheet::begin(Target target, const QString& modelId)
{
    m_modelId = modelId;
    setTarget(target);
    m_form->takeFocus();
}

void CacheSheet::setTarget(Target target)
{
    m_target = target;
    m_practice->setChecked(target == Target::Practice);
    m_runpod->setChecked(target == Target::Runpod);
    m_key->setVisible(target == Target::Runpod); // practice tells its own
    m_form->begin(target, m_modelId);
    m_form->setVolumes({});
    m_volumes->setTarget(target);
}

void CacheSheet::retranslate()
{
    m_header->setTitle(tr("Model cache"));
    m_practice->setText(States::target(Target::Practice));
    m_runpod->setText(States::target(Target::Runpod));
}

} // namespace visgate::ui
