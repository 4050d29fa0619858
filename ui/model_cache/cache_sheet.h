// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

namespace visgate::ui {

class AccountChoice;
class KeepNearForm;
class ModelItems;
class Page;
class SheetHeader;
class VolumeKeyForm;
class VolumeList;

/// The model cache: models that are kept near, what the volumes cost, and how far their filling is.
class CacheSheet final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    CacheSheet(const UiContext& context, const ModelItems& models, QWidget* parent = nullptr);
    /// With this model chosen, if one is named.
    void begin(AccountId target, const QString& modelId);

Q_SIGNALS:
    void closeRequested();
    void remedyRequested(const visgate::ui::Remedy& remedy);

protected:
    void retranslate() override;

private:
    void setTarget(AccountId target);

    Page* m_body;
    QString m_modelId;
    AccountId m_target = AccountId::practice();
    SheetHeader* m_header;
    AccountChoice* m_where;
    KeepNearForm* m_form;
    VolumeList* m_volumes;
    VolumeKeyForm* m_key;
};

} // namespace visgate::ui
