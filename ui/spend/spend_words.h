// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"

#include <QCoreApplication>
#include <QString>

namespace visgate::ui {

/// The words of what money was spent on and of what limits cover.
class SpendWords {
    Q_DECLARE_TR_FUNCTIONS(SpendWords)

public:
    [[nodiscard]] static QString cause(CostCause cause)
    {
        switch (cause) {
        case CostCause::Picture:
            return tr("Drawing pictures");
        case CostCause::ColdStart:
            return tr("Starting GPUs");
        case CostCause::StuckStart:
            return tr("Starts that came to nothing");
        case CostCause::Idle:
            return tr("Waiting after a picture");
        case CostCause::KeepWarm:
            return tr("Keeping warm");
        }
        return {};
    }

    [[nodiscard]] static QString scope(LimitScope scope)
    {
        switch (scope) {
        case LimitScope::Deployment:
            return tr("Each model");
        case LimitScope::Day:
            return tr("All in a day");
        case LimitScope::Month:
            return tr("All in a month");
        }
        return {};
    }
};

} // namespace visgate::ui
