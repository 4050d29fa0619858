// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <array>

class QLabel;
class QProgressBar;

namespace visgate::ui {

/// Why it cost what it cost: one line a cause with its time, its money and its share, dearest first.
class CauseList final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit CauseList(const UiContext& context, QWidget* parent = nullptr);
    void show(const SpendSummary& summary, AccountId target);

protected:
    void retranslate() override;

private:
    struct Line {
        QLabel* cause;
        QLabel* time;
        QLabel* money;
        QProgressBar* share;
    };

    const UiContext& m_context;
    SpendSummary m_summary;
    AccountId m_target = AccountId::runpod();
    QLabel* m_title;
    QLabel* m_nothing;
    std::array<Line, 5> m_lines; ///< one a cause at most
    QLabel* m_note;
};

} // namespace visgate::ui
