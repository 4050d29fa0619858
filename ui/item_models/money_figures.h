// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

class AccountList;
class DeploymentItems;
class Format;

/// What runs now and what today has cost, account by account: the one figure that Home, Spend and the status line show.
/// The deployments' part comes with their own news; the rest is asked of the engine's books when these change. GUI
/// thread.
class MoneyFigures final : public QObject {
    Q_OBJECT

public:
    MoneyFigures(DeploymentService& service, const AccountList& accounts, const DeploymentItems& deployments,
        QObject* parent = nullptr);

    /// USD an hour of all that runs there, also of what is not ours.
    [[nodiscard]] double usdPerHour(const AccountId& account) const;
    /// The part of it that endpoints cost which are not ours.
    [[nodiscard]] double usdPerHourElsewhere(const AccountId& account) const { return of(account).elsewhere; }
    [[nodiscard]] bool costsElsewhere() const;
    /// USD since midnight, as limits count it.
    [[nodiscard]] double todayUsd(const AccountId& account) const { return of(account).today; }
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
    [[nodiscard]] Known of(const AccountId& account) const { return m_known.value(account); }
    /// Those that are known, and those that a deployment lives in although they are not.
    [[nodiscard]] QSet<AccountId> accounts() const;
    void askSoon();
    void ask();
    void ask(const AccountId& account);

    DeploymentService& m_service;
    const AccountList& m_accounts;
    const DeploymentItems& m_deployments;
    QHash<AccountId, Known> m_known;
    QTimer m_soon;     ///< gathers news before the books are asked again
    QTimer m_midnight; ///< then today begins anew
};

} // namespace visgate::ui
