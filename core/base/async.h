// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroTask>
#include <QTimer>

#include <chrono>
#include <coroutine>
#include <functional>

namespace visgate {

/// What a coroutine of core gives: it begins at once, on the thread that calls it.
template <typename T> using Task = QCoro::Task<T>;

/// A pause that can be ended early. One coroutine waits at a time, all on the thread that made the Waker.
/// Whoever destroys it wakes the sleeper first and lets it leave (TaskScope tells when).
class Waker {
public:
    Waker();
    ~Waker();
    Waker(const Waker&) = delete;
    Waker& operator=(const Waker&) = delete;

    class Awaiter {
    public:
        Awaiter(Waker& waker, std::chrono::milliseconds limit);
        [[nodiscard]] bool await_ready() const;
        void await_suspend(std::coroutine_handle<> sleeper);
        void await_resume();

    private:
        Waker& m_waker;
        std::chrono::milliseconds m_limit;
    };

    /// `co_await waker.pause(1s);` returns after the time, or at once when wake() came since the last pause began.
    [[nodiscard]] Awaiter pause(std::chrono::milliseconds limit);
    /// Ends the present pause, or else the next one.
    void wake();
    [[nodiscard]] bool isSleeping() const { return m_sleeper != nullptr; }

private:
    void resume();

    QTimer m_timer;
    std::coroutine_handle<> m_sleeper;
    bool m_woken = false;
};

/// Counts the coroutines of one owner that are still under way, so that it can go only after them.
/// Single thread.
class TaskScope {
public:
    TaskScope() = default;
    ~TaskScope();
    TaskScope(const TaskScope&) = delete;
    TaskScope& operator=(const TaskScope&) = delete;

    /// Keeps the count up until `task` ends, be it by an exception, which is written to the program's messages. Its
    /// result is dropped.
    void add(Task<void> task);
    [[nodiscard]] int running() const { return m_running; }
    /// Called once, from the event loop, as soon as nothing runs (perhaps at once).
    void whenIdle(std::function<void()> callback);

private:
    static Task<void> watch(TaskScope* scope, Task<void> task);
    void leave();
    void notifyIfIdle();

    int m_running = 0;
    std::function<void()> m_whenIdle;
};

} // namespace visgate
