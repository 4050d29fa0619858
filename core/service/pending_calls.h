// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QFuture>
#include <QPromise>

#include <functional>
#include <memory>
#include <unordered_map>

namespace visgate {

/// The unanswered calls of one service. Each future finishes with exactly one Result: the answer, or Cancelled when
/// the service goes first. Single thread: the service's.
class PendingCalls {
public:
    PendingCalls() = default;
    PendingCalls(const PendingCalls&) = delete;
    PendingCalls& operator=(const PendingCalls&) = delete;
    ~PendingCalls() { cancelAll(); }

    template <typename T> struct Call {
        QFuture<Result<T>> future;
        std::function<void(Result<T>)> answer; ///< once; later answers and those after cancelAll() go nowhere
    };

    template <typename T> [[nodiscard]] Call<T> begin()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const std::size_t key = ++m_lastKey;
        m_cancel.emplace(key, [promise] { finish<T>(*promise, fail(ErrorCode::Cancelled)); });
        return {promise->future(), [this, key, promise, alive = std::weak_ptr(m_alive)](Result<T> result) {
                    if (alive.expired() || m_cancel.erase(key) == 0)
                        return;
                    finish<T>(*promise, std::move(result));
                }};
    }

    void cancelAll()
    {
        m_alive.reset();
        for (auto pending = std::exchange(m_cancel, {}); const auto& [key, cancel] : pending)
            cancel();
        m_alive = std::make_shared<char>();
    }

    [[nodiscard]] std::size_t count() const { return m_cancel.size(); }

private:
    template <typename T> static void finish(QPromise<Result<T>>& promise, Result<T> result)
    {
        promise.addResult(std::move(result));
        promise.finish();
    }

    std::shared_ptr<char> m_alive = std::make_shared<char>();
    std::unordered_map<std::size_t, std::function<void()>> m_cancel;
    std::size_t m_lastKey = 0;
};

} // namespace visgate
