// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/money_figures.h"

#include "core/operations/money.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/local_time.h"
#include "ui/item_models/deployment_items.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {

MoneyFigures::MoneyFigures(
    DeploymentService& service, const AccountList& accounts, const DeploymentItems& deployments, QObject* parent)
    : QObject(parent), m_service(service), m_accounts(accounts), m_deployments(deployments)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(500ms);
    connect(&m_soon, &QTimer::timeout, this, qOverload<>(&MoneyFigures::ask));
    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, qOverload<>(&MoneyFigures::ask));
    const auto news = [this] {
        Q_EMIT changed();
        askSoon();
    };
    connect(&deployments, &DeploymentItems::rowsInserted, this, news);
    connect(&deployments, &DeploymentItems::rowsRemoved, this, news);
    connect(&deployments, &DeploymentItems::dataChanged, this, news);
    connect(&deployments, &DeploymentItems::loaded, this, news);
    connect(&accounts, &AccountList::changed, this, news);
    connect(&service, &DeploymentService::endpointsChanged, this, &MoneyFigures::askSoon);
}

double MoneyFigures::usdPerHour(const AccountId& account) const
{
    return m_deployments.usdPerHour(account) + of(account).elsewhere;
}

bool MoneyFigures::costsElsewhere() const
{
    return std::any_of(m_known.begin(), m_known.end(), [](const Known& known) { return known.elsewhere > 0.0; });
}

QSet<AccountId> MoneyFigures::accounts() const
{
    QSet<AccountId> found;
    for (const ProviderAccount& account : m_accounts.all())
        found.insert(account.id);
    for (int row = 0; row < m_deployments.rowCount(); ++row)
        found.insert(m_deployments.at(row).target);
    return found;
}

QString MoneyFigures::words(const Format& format) const
{
    const auto figures = [&](double perHour, double today) {
        return tr("%1, today %2").arg(format.moneyPerHour(perHour), format.money(today));
    };
    double perHour = 0.0;
    double today = 0.0;
    for (const AccountId& account : accounts()) {
        if (account.isPractice())
            continue;
        perHour += usdPerHour(account);
        today += todayUsd(account);
    }
    QString words = tr("Real money: %1").arg(figures(perHour, today));
    const AccountId practice = AccountId::practice();
    if (usdPerHour(practice) > 0.0 || todayUsd(practice) > 0.0)
        words = tr("Play money: %1").arg(figures(usdPerHour(practice), todayUsd(practice))) + u"   ·   "_s + words;
    return words;
}

void MoneyFigures::askSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void MoneyFigures::ask()
{
    for (const AccountId& account : accounts())
        ask(account);
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1000));
}

void MoneyFigures::ask(const AccountId& account)
{
    const QDateTime now = QDateTime::currentDateTime();
    SpendQuery query;
    query.target = account;
    query.from = toTimePoint(now.date().startOfDay());
    query.to = toTimePoint(now.date().addDays(1).startOfDay());
    query.asKnown = true;
    whenDone(m_service.call(GetSpend{query}), this, [this, account](const Result<SpendReport>& report) {
        if (!report)
            return; // what was known stands
        const Known known{report->summary.usdPerHourElsewhere, report->summary.countedUsd};
        if (std::exchange(m_known[account], known) != known)
            Q_EMIT changed();
    });
}

} // namespace visgate::ui
