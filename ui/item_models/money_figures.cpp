// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/money_figures.h"

#include "core/operations/money.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/local_time.h"
#include "ui/item_models/deployment_items.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {

MoneyFigures::MoneyFigures(DeploymentService& service, const DeploymentItems& deployments, QObject* parent)
    : QObject(parent), m_service(service), m_deployments(deployments)
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
    connect(&service, &DeploymentService::endpointsChanged, this, &MoneyFigures::askSoon);
}

double MoneyFigures::usdPerHour(Target target) const
{
    return m_deployments.usdPerHour(target) + of(target).elsewhere;
}

QString MoneyFigures::words(const Format& format) const
{
    const auto figures = [&](Target target) {
        return tr("%1, today %2").arg(format.moneyPerHour(usdPerHour(target)), format.money(todayUsd(target)));
    };
    QString words = tr("Real money: %1").arg(figures(Target::Runpod));
    if (usdPerHour(Target::Practice) > 0.0 || todayUsd(Target::Practice) > 0.0)
        words = tr("Play money: %1").arg(figures(Target::Practice)) + u"   ·   "_s + words;
    return words;
}

void MoneyFigures::askSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void MoneyFigures::ask()
{
    for (const Target target : {Target::Practice, Target::Runpod})
        ask(target);
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1000));
}

void MoneyFigures::ask(Target target)
{
    const QDateTime now = QDateTime::currentDateTime();
    SpendQuery query;
    query.target = target;
    query.from = toTimePoint(now.date().startOfDay());
    query.to = toTimePoint(now.date().addDays(1).startOfDay());
    query.asKnown = true;
    whenDone(m_service.call(GetSpend{query}), this, [this, target](const Result<SpendReport>& report) {
        if (!report)
            return; // what was known stands
        const Known known{report->summary.usdPerHourElsewhere, report->summary.countedUsd};
        if (std::exchange(m_known.at(static_cast<std::size_t>(target)), known) != known)
            Q_EMIT changed();
    });
}

} // namespace visgate::ui
