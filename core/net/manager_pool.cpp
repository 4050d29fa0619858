// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/manager_pool.h"

#include <QNetworkAccessManager>

#include <algorithm>

namespace visgate {

namespace {

constexpr long kStreamsPerManager = 6;

} // namespace

std::shared_ptr<QNetworkAccessManager> ManagerPool::lease()
{
    std::erase_if(m_managers, [](const auto& manager) { return manager.expired(); });
    const auto free = std::find_if(m_managers.begin(), m_managers.end(),
        [](const auto& manager) { return manager.use_count() < kStreamsPerManager; });
    if (free != m_managers.end())
        return free->lock();
    // deleteLater: a stream may be closed from a callback of its own reply.
    std::shared_ptr<QNetworkAccessManager> manager(
        new QNetworkAccessManager, [](QNetworkAccessManager* dead) { dead->deleteLater(); });
    m_managers.push_back(manager);
    return manager;
}

} // namespace visgate
