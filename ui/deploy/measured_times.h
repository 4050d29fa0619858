// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "core/domain/money/latency.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QLabel>

namespace visgate::ui {

/// How long pictures of a model's family took the user so far, one line a GPU: what was measured here, and how often.
/// Hidden while nothing was.
class MeasuredTimes final : public Retranslated<QLabel> {
    Q_OBJECT

public:
    explicit MeasuredTimes(const UiContext& context, QWidget* parent = nullptr);
    /// Asks anew for this model at this target.
    void show(const ModelSpec& model, const AccountId& target);

protected:
    void retranslate() override;

private:
    [[nodiscard]] QString lineOf(const LatencyGroup& group) const;

    const UiContext& m_context;
    QString m_family;
    QList<LatencyGroup> m_groups; ///< of that family
    quint64 m_question = 0;
};

} // namespace visgate::ui
