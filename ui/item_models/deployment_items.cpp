// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/deployment_items.h"

#include "core/domain/deployment/deployment.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/item_models/state_words.h"

#include <algorithm>
#include <iterator>

namespace visgate::ui {
namespace {

constexpr int pageSize = 100;

} // namespace

DeploymentItems::DeploymentItems(DeploymentService& service, QObject* parent)
    : QAbstractListModel(parent), m_service(service)
{
    connect(&service, &DeploymentService::deploymentChanged, this, &DeploymentItems::hear);
    connect(&service, &DeploymentService::connectionChanged, this, [this](bool connected) {
        if (connected)
            reload();
    });
    reload();
}

void DeploymentItems::reload()
{
    whenDone(m_service.call(ListDeployments{pageSize, {}}), this,
        [this, asked = m_signals](const Result<DeploymentPage>& page) {
            if (!page) {
                Q_EMIT loadFailed(page.error());
                return;
            }
            for (const Deployment& deployment : page->deployments) {
                if (m_heard.value(deployment.id) <= asked) // what was told since it was asked for is newer
                    take(deployment);
            }
            m_loaded = true;
            Q_EMIT loaded();
        });
}

int DeploymentItems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DeploymentItems::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Deployment& deployment = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return deployment.modelId;
    case Qt::AccessibleDescriptionRole:
        return States::of(deployment).word;
    default:
        return {};
    }
}

const Deployment* DeploymentItems::find(const DeploymentId& id) const
{
    const int row = rowOf(id);
    if (row >= 0)
        return &m_rows.at(row);
    const auto hidden = m_hidden.constFind(id);
    return hidden == m_hidden.cend() ? nullptr : &hidden.value();
}

int DeploymentItems::rowOf(const DeploymentId& id) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Deployment& d) { return d.id == id; });
    return found == m_rows.cend() ? -1 : static_cast<int>(found - m_rows.cbegin());
}

void DeploymentItems::hear(const Deployment& deployment)
{
    m_heard.insert(deployment.id, ++m_signals);
    take(deployment);
}

void DeploymentItems::takeCreated(const Deployment& deployment)
{
    if (!m_heard.contains(deployment.id))
        take(deployment);
}

void DeploymentItems::take(const Deployment& deployment)
{
    const int row = rowOf(deployment.id);
    const bool gone = deployment.status == DeploymentStatus::Deleted;
    if (const auto hidden = m_hidden.find(deployment.id); hidden != m_hidden.end()) {
        if (gone)
            m_hidden.erase(hidden);
        else
            *hidden = deployment;
        return;
    }
    if (gone) {
        if (row >= 0) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
        return;
    }
    if (row < 0) {
        insertSorted(deployment);
        return;
    }
    m_rows[row] = deployment;
    Q_EMIT dataChanged(index(row), index(row));
}

void DeploymentItems::insertSorted(const Deployment& deployment)
{
    const auto before = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&](const Deployment& d) { return d.createdAt < deployment.createdAt; });
    const int row = static_cast<int>(before - m_rows.cbegin());
    beginInsertRows({}, row, row);
    m_rows.insert(row, deployment);
    endInsertRows();
}

void DeploymentItems::setHidden(const DeploymentId& id, bool hidden)
{
    if (hidden) {
        const int row = rowOf(id);
        if (row < 0)
            return;
        const Deployment deployment = m_rows.at(row);
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
        m_hidden.insert(id, deployment);
    } else if (m_hidden.contains(id)) {
        const Deployment deployment = m_hidden.take(id);
        insertSorted(deployment);
    }
}

double DeploymentItems::usdPerHour(AccountId target) const
{
    double sum = 0.0;
    const auto add = [&](const Deployment& deployment) {
        if (deployment.target == target)
            sum += deployment.cost.usdPerHourNow;
    };
    std::for_each(m_rows.cbegin(), m_rows.cend(), add);
    std::for_each(m_hidden.cbegin(), m_hidden.cend(), add);
    return sum;
}

int DeploymentItems::runningCount() const
{
    return static_cast<int>(std::count_if(
        m_rows.cbegin(), m_rows.cend(), [](const Deployment& deployment) { return deployment.workers.total() > 0; }));
}

QList<Deployment> DeploymentItems::workingForMoney() const
{
    QList<Deployment> result;
    std::copy_if(m_rows.cbegin(), m_rows.cend(), std::back_inserter(result), [](const Deployment& deployment) {
        const bool isPaid = !deployment.target.isPractice() && !deployment.target.isThisComputer();
        return isPaid && !isAtRest(deployment);
    });
    return result;
}

bool DeploymentItems::hasUnfinished() const
{
    return !m_hidden.isEmpty() || !std::all_of(m_rows.cbegin(), m_rows.cend(), isAtRest);
}

} // namespace visgate::ui
