// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/warm/schedule.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QTimeEdit;

namespace visgate::ui {

/// The days and hours at which an endpoint is kept warm, and the zone whose clock they go by.
class WarmHours final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit WarmHours(const UiContext& context, QWidget* parent = nullptr);
    /// The policy's first window; working hours by this computer's clock where it has none.
    void show(const PoolPolicy& policy);
    [[nodiscard]] std::optional<WarmWindow> window() const; ///< empty while no day is chosen
    [[nodiscard]] QString zone() const;

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    std::array<QCheckBox*, 7> m_days{}; ///< Monday first
    QLabel* m_fromCaption;
    QTimeEdit* m_from;
    QLabel* m_toCaption;
    QTimeEdit* m_to;
    QLabel* m_zoneCaption;
    QComboBox* m_zone;
};

} // namespace visgate::ui
