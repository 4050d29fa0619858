// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/preflight/deploy_quote.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace visgate::ui {

/// What a deployment would cost and take, one figure a line, with where the figures come from.
class PriceTable final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit PriceTable(const UiContext& context, QWidget* parent = nullptr);
    void show(const DeployQuote& quote, AccountId target);
    void clear();

protected:
    void retranslate() override;

private:
    struct Line {
        QLabel* caption;
        QLabel* value;
    };
    Line addLine(int row, bool strong);

    const UiContext& m_context;
    std::optional<DeployQuote> m_quote;
    AccountId m_target = AccountId::practice();
    Line m_first, m_next, m_idle, m_worst, m_time;
    QLabel* m_source;
    QLabel* m_timeNote;
};

} // namespace visgate::ui
