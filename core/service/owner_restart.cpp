// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/owner_restart.h"

#include "core/service/deployment_service.h"

#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

/// An owner that starts answers long before.
constexpr auto kAgain = 5s;

} // namespace

OwnerRestart::OwnerRestart(const DeploymentService& service, std::function<void()> start, QObject* parent)
    : QObject(parent), m_start(std::move(start))
{
    m_thread.setMaxThreadCount(1);
    m_again.setInterval(kAgain);
    connect(&m_again, &QTimer::timeout, this, &OwnerRestart::startOwner);
    connect(&service, &DeploymentService::connectionChanged, this, [this](bool connected) {
        if (connected) {
            m_again.stop();
            return;
        }
        startOwner();
        m_again.start();
    });
    // The owner may have been about to leave when this program found the data folder taken: then none ever answers.
    if (service.lacksOwner())
        m_again.start();
}

void OwnerRestart::startOwner()
{
    m_thread.start(m_start);
}

} // namespace visgate
