// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QCoroTask>
#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QTimer>

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>

namespace visgate::test {

/// Runs the event loop until `isDone`; false if that took ten times what it never takes on an idle computer. A limit
/// here is a watchdog; how quick the product is, a test asserts by what it measured. Looks again after every event, and
/// often.
inline bool waitUntil(const std::function<bool()>& isDone, std::chrono::milliseconds usual = std::chrono::seconds(60))
{
    bool timedOut = false;
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(&deadline, &QTimer::timeout, [&] { timedOut = true; });
    deadline.start(10 * usual);
    QTimer look; // what happens in another thread or process sends no event here
    look.start(std::chrono::milliseconds(25));
    bool done = isDone();
    while (!done && !timedOut) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
        done = isDone();
    }
    return done;
}

/// A future's result, waited for with the event loop running.
template <typename T> T await(const QFuture<T>& future, std::chrono::milliseconds limit = std::chrono::seconds(60))
{
    QFutureWatcher<T> watcher;
    watcher.setFuture(future);
    if (!waitUntil([&] { return future.isFinished(); }, limit) || future.resultCount() == 0)
        throw std::runtime_error("a future did not finish in time");
    return future.result();
}

/// The same for a coroutine of this thread.
template <typename T> T await(QCoro::Task<T> task, std::chrono::milliseconds limit = std::chrono::seconds(60))
{
    std::optional<T> result;
    task.then([&](T value) { result = std::move(value); });
    if (!waitUntil([&] { return result.has_value(); }, limit))
        throw std::runtime_error("a task did not finish in time");
    return std::move(*result);
}

} // namespace visgate::test
