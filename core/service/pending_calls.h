// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/answer.h"
#include "core/foundation/result.h"

#include <QFuture>

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
        auto answer = std::make_shared<Answer<T>>();
        const std::size_t key = ++m_lastKey;
        m_cancel.emplace(key, [answer] { answer->give(fail(ErrorCode::Cancelled)); });
        return {answer->future(), [this, key, answer, alive = std::weak_ptr(m_alive)](Result<T> result) {
                    if (alive.expired() || m_cancel.erase(key) == 0)
                        return;
                    answer->give(std::move(result));
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
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    std::unordered_map<std::size_t, std::function<void()>> m_cancel;
    std::size_t m_lastKey = 0;
};

} // namespace visgate
