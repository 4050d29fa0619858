// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/cache_sheet.h"

#include "ui/common/account_list.h"
#include "ui/model_cache/keep_near_form.h"
#include "ui/model_cache/volume_key_form.h"
#include "ui/model_cache/volume_list.h"
#include "ui/widgets/account_choice.h"
#include "ui/widgets/page.h"
#include "ui/widgets/sheet_header.h"
#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

CacheSheet::CacheSheet(const UiContext& context, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_body(new Page(0)), m_header(new SheetHeader(context.theme, u"closeCache"_s)),
      m_where(new AccountChoice(context.accounts, u"cache"_s,
          [](const ProviderAccount& account) { return account.provider.volumes.has_value(); })),
      m_form(new KeepNearForm(context, models)), m_volumes(new VolumeList(context, models)),
      m_key(new VolumeKeyForm(context))
{
    m_body->column()->setSpacing(3 * metrics::unit);
    m_body->column()->addWidget(m_where);
    m_body->column()->addWidget(m_form);
    m_body->column()->addWidget(m_volumes);
    m_body->column()->addWidget(m_key);
    m_body->column()->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_header);
    whole->addWidget(m_body, 1);
    setLayout(whole);

    connect(m_header, &SheetHeader::closeRequested, this, &CacheSheet::closeRequested);
    connect(m_where, &AccountChoice::chosen, this, &CacheSheet::setTarget);
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

void CacheSheet::begin(AccountId target, const QString& modelId)
{
    m_modelId = modelId;
    setTarget(target);
    m_form->takeFocus();
}

void CacheSheet::setTarget(AccountId target)
{
    m_target = target;
    m_where->setChosen(target);
    m_key->setVisible(!target.isPractice()); // which tells its own
    m_key->setTarget(target);
    m_form->begin(target, m_modelId);
    m_form->setVolumes({});
    m_volumes->setTarget(target);
}

void CacheSheet::retranslate()
{
    m_header->setTitle(tr("Model cache"));
}

} // namespace visgate::ui
