// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"

#include <QObject>
#include <QTimer>

#include <array>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

class DeploymentItems;
class Format;

/// What runs now and what today has cost, target by target: the one figure that Home, Spend and the status line show.
/// The deployments' part comes with their own news; the rest is asked of the engine's books when these change. GUI
/// thread.
class MoneyFigures final : public QObject {
    Q_OBJECT

public:
    MoneyFigures(DeploymentService& service, const DeploymentItems& deployments, QObject* parent = nullptr);

    /// USD an hour of all that runs there, also of what is not ours.
    [[nodiscard]] double usdPerHour(Target target) const;
    /// The part of it that endpoints cost which are not ours.
    [[nodiscard]] double usdPerHourElsewhere(Target target) const { return of(target).elsewhere; }
    /// USD since midnight, as limits count it.
    [[nodiscard]] double todayUsd(Target target) const { return of(target).today; }
    /// "Real money: $0.58/h, today $0.12"; play money stands before it where there is any.
    [[nodiscard]] QString words(const Format& format) const;

Q_SIGNALS:
    void changed();

private:
    struct Known {
        double elsewhere = 0.0;
        double today = 0.0;
        bool operator==(const Known&) const = default;
    };
    [[nodiscard]] const Known& of(Target target) const { return m_known.at(static_cast<std::size_t>(target)); }
    void askSoon();
    void ask();
    void ask(Target target);

    DeploymentService& m_service;
    const DeploymentItems& m_deployments;
    std::array<Known, 2> m_known;
    QTimer m_soon;     ///< gathers news before the books are asked again
    QTimer m_midnight; ///< then today begins anew
};

} // namespace visgate::ui
