// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "core/domain/storage/volume.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPushButton;

namespace visgate::ui {

class BusyBar;
class MessageBar;
class ModelItems;

/// Which model to keep near, what that costs a month, and one button with the price on it.
class KeepNearForm final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    KeepNearForm(const UiContext& context, const ModelItems& models, QWidget* parent = nullptr);
    /// Chooses the model, if one is named.
    void begin(AccountId target, const QString& modelId);
    /// What is known to be there, so that nothing is bought twice.
    void setVolumes(const QList<ModelVolume>& volumes);
    /// Keeps the model that is chosen near, again if need be.
    void keepNear(const QString& modelId, const VolumeId& volume);
    void takeFocus();

Q_SIGNALS:
    void fillingBegan();
    /// Filling needs the S3 key of the volumes.
    void keyNeeded();

protected:
    void retranslate() override;

private:
    [[nodiscard]] const ModelSpec* chosen() const;
    [[nodiscard]] const ModelVolume* volumeOf(const QString& modelId) const;
    void fillChoice();
    void report(const Error& error);

    const UiContext& m_context;
    const ModelItems& m_models;
    AccountId m_target = AccountId::practice();
    QList<ModelVolume> m_volumes;
    bool m_busyNow = false;
    QLabel* m_title;
    QLabel* m_purpose;
    QComboBox* m_model;
    QLabel* m_price;
    QPushButton* m_keep;
    BusyBar* m_busy;
    MessageBar* m_message;
};

} // namespace visgate::ui
