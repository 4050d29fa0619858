// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;

namespace visgate::ui {

/// What keeping models near costs, and whether it is for nothing; leads to the model cache.
class VolumesCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit VolumesCard(const UiContext& context, QWidget* parent = nullptr);
    void show(AccountId target, const std::optional<VolumeSpend>& spend);

Q_SIGNALS:
    void openRequested();

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    AccountId m_target = AccountId::runpod();
    std::optional<VolumeSpend> m_spend;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_unused;
    QPushButton* m_open;
};

} // namespace visgate::ui
