// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

namespace visgate::cli {

Session::Session(Open open, Interrupt& interrupt) : m_open(std::move(open)), m_interrupt(interrupt)
{
    m_interrupt.onRaise([this] {
        const std::lock_guard lock(m_mutex);
        m_news.notify_all();
    });
}

Session::~Session()
{
    m_interrupt.onRaise({});
}

void Session::onMain(std::function<void()> action)
{
    QMetaObject::invokeMethod(&m_main, std::move(action), Qt::QueuedConnection);
}

Result<ServiceAccess*> Session::access()
{
    if (m_access)
        return m_access.get();
    auto opened = m_open();
    if (!opened)
        return fail(opened.error());
    m_access = *std::move(opened);
    DeploymentService& service = m_access->service();
    QObject::connect(&service, &DeploymentService::deploymentChanged, &m_main,
        [this](const Deployment& deployment) { keep(deployment.id, deployment); });
    QObject::connect(
        &service, &DeploymentService::jobChanged, &m_main, [this](const Job& job) { keep(job.deployment, job); });
    QObject::connect(&service, &DeploymentService::logAppended, &m_main,
        [this](const DeploymentId& id, const QList<LogLine>& lines) { keep(id, lines); });
    return m_access.get();
}

void Session::keep(const DeploymentId& id, Change change)
{
    const std::lock_guard lock(m_mutex);
    if (id.isEmpty() || id != m_followed)
        return;
    m_changes.push_back(std::move(change));
    m_news.notify_all();
}

void Session::follow(const DeploymentId& id)
{
    const std::lock_guard lock(m_mutex);
    m_followed = id;
    m_changes.clear();
}

std::optional<Change> Session::nextChange(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_news.wait_for(lock, patience, [this] { return !m_changes.empty() || m_interrupt.isRaised(); });
    if (m_changes.empty())
        return std::nullopt;
    Change change = std::move(m_changes.front());
    m_changes.pop_front();
    return change;
}

Result<bool> Session::isOwner()
{
    return await<bool>(
        [](ServiceAccess& access) { return QtFuture::makeReadyFuture(Result<bool>(access.isOwner())); }, QString());
}

Result<std::size_t> Session::clientCount()
{
    return await<std::size_t>(
        [](ServiceAccess& access) { return QtFuture::makeReadyFuture(Result<std::size_t>(access.clientCount())); },
        QString());
}

void Session::close()
{
    auto done = std::make_shared<bool>(false);
    onMain([this, done] {
        m_access.reset();
        const std::lock_guard lock(m_mutex);
        *done = true;
        m_news.notify_all();
    });
    std::unique_lock lock(m_mutex);
    m_news.wait(lock, [&done] { return *done; });
}

bool Session::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return !m_news.wait_for(lock, time, [this] { return m_interrupt.isRaised(); });
}

} // namespace visgate::cli
