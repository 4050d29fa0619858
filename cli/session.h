// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/terminal/interrupt.h"
#include "core/api/service_access.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/logs/log_line.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace visgate::cli {

/// What the service told about a deployment that is followed.
using Change = std::variant<Deployment, Job, QList<LogLine>>;

/// How a command, which runs on a thread of its own and simply waits, reaches the service, which lives on the main
/// thread with its event loop. All public members are called by the command's thread.
class Session {
public:
    using Open = std::function<Result<std::unique_ptr<ServiceAccess>>()>;

    /// Made and destroyed on the main thread. `open` is called there, when a command first asks for the service.
    Session(Open open, Interrupt& interrupt);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Asks the service and waits for the answer. Cancelled when the user interrupts. A wait that grows long is told of
    /// (see onLongWait) with the words for whom it waits; unset where the command has said so itself.
    template <Operation Op>
    [[nodiscard]] Result<typename Op::Reply> ask(Op operation, const std::optional<QString>& awaited = QString())
    {
        return await<typename Op::Reply>(
            [operation = std::move(operation)](ServiceAccess& access) { return access.service().call(operation); },
            awaited);
    }

    /// Called by the command's thread when an answer has not come for three seconds.
    void onLongWait(std::function<void(const QString& awaited)> told) { m_longWait = std::move(told); }

    /// From now on, changes of this deployment are kept for nextChange().
    void follow(const DeploymentId& id);
    /// The next change; nothing when none came in time, or the user interrupts.
    [[nodiscard]] std::optional<Change> nextChange(std::chrono::milliseconds patience);

    /// Whether this process is the owner, and how many connections it serves.
    [[nodiscard]] Result<bool> isOwner();
    [[nodiscard]] Result<std::size_t> clientCount();
    /// Lets go of the data folder; the next call opens it again.
    void close();

    /// Waits; false when the user interrupts.
    [[nodiscard]] bool pause(std::chrono::milliseconds time);
    [[nodiscard]] Interrupt& interrupt() { return m_interrupt; }

private:
    /// `call` on the main thread; waits for what it answers.
    template <typename T>
    [[nodiscard]] Result<T> await(
        std::function<QFuture<Result<T>>(ServiceAccess&)> call, const std::optional<QString>& awaited);
    /// On the main thread.
    Result<ServiceAccess*> access();
    void onMain(std::function<void()> action);
    void keep(const DeploymentId& id, Change change);

    static constexpr std::chrono::seconds kLongWait{3};

    Open m_open;
    std::function<void(const QString& awaited)> m_longWait;
    Interrupt& m_interrupt;
    QObject m_main; ///< lives on the main thread; what is posted to it runs there
    std::unique_ptr<ServiceAccess> m_access;

    std::mutex m_mutex;
    std::condition_variable m_news;
    std::deque<Change> m_changes;
    DeploymentId m_followed;
};

template <typename T>
Result<T> Session::await(std::function<QFuture<Result<T>>(ServiceAccess&)> call, const std::optional<QString>& awaited)
{
    // Shared with the answer, which may come after an interrupted wait.
    auto slot = std::make_shared<std::optional<Result<T>>>();
    const auto put = [this, slot](Result<T> result) {
        const std::lock_guard lock(m_mutex);
        *slot = std::move(result);
        m_news.notify_all();
    };
    onMain([this, call = std::move(call), put] {
        const auto opened = access();
        if (!opened)
            return put(fail(opened.error()));
        whenDone(call(**opened), &m_main, put, [put] { put(fail(ErrorCode::Cancelled)); });
    });
    std::unique_lock lock(m_mutex);
    const auto isOver = [this, &slot] { return slot->has_value() || m_interrupt.isRaised(); };
    if (!m_news.wait_for(lock, kLongWait, isOver)) {
        lock.unlock();
        if (awaited && m_longWait)
            m_longWait(*awaited);
        lock.lock();
        m_news.wait(lock, isOver);
    }
    if (!slot->has_value())
        return fail(ErrorCode::Cancelled);
    return std::move(**slot);
}

} // namespace visgate::cli
