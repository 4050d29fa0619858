// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/async.h"

#include <QCoreApplication>

#include <exception>
#include <utility>

namespace visgate {

Waker::Waker()
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { resume(); });
}

Waker::~Waker()
{
    Q_ASSERT(!m_sleeper);
}

Waker::Awaiter Waker::pause(std::chrono::milliseconds limit)
{
    return Awaiter(*this, limit);
}

void Waker::wake()
{
    m_woken = true;
    // Through the event loop: the caller must not find itself inside the sleeper's next step.
    if (m_sleeper)
        m_timer.start(0);
}

void Waker::resume()
{
    if (const auto sleeper = std::exchange(m_sleeper, nullptr))
        sleeper.resume();
}

Waker::Awaiter::Awaiter(Waker& waker, std::chrono::milliseconds limit) : m_waker(waker), m_limit(limit) { }

bool Waker::Awaiter::await_ready() const
{
    return m_waker.m_woken;
}

void Waker::Awaiter::await_suspend(std::coroutine_handle<> sleeper)
{
    Q_ASSERT(!m_waker.m_sleeper);
    m_waker.m_sleeper = sleeper;
    m_waker.m_timer.start(m_limit);
}

void Waker::Awaiter::await_resume()
{
    m_waker.m_timer.stop();
    m_waker.m_woken = false;
}

TaskScope::~TaskScope()
{
    Q_ASSERT(m_running == 0);
}

void TaskScope::add(QCoro::Task<void> task)
{
    ++m_running;
    watch(this, std::move(task));
}

QCoro::Task<void> TaskScope::watch(TaskScope* scope, QCoro::Task<void> task)
{
    // Whatever ends it, its owner must not wait for it for ever.
    try {
        co_await task;
    } catch (const std::exception& problem) {
        qCritical("a task ended by an exception: %s", problem.what());
    } catch (...) {
        qCritical("a task ended by an exception");
    }
    scope->leave();
}

void TaskScope::leave()
{
    --m_running;
    notifyIfIdle();
}

void TaskScope::whenIdle(std::function<void()> callback)
{
    m_whenIdle = std::move(callback);
    notifyIfIdle();
}

void TaskScope::notifyIfIdle()
{
    if (m_running > 0 || !m_whenIdle)
        return;
    // From the loop: the coroutine that just ended must be off the stack before its owner may be deleted.
    QTimer::singleShot(0, std::exchange(m_whenIdle, nullptr)); // clazy:exclude=connect-3arg-lambda
}

} // namespace visgate
