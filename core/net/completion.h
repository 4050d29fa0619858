// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace visgate {

/// A value that arrives later, awaited by at most one coroutine of the same thread: `auto x = co_await completion;`.
/// Copies share one state. The first complete() wins and resumes the waiting coroutine before it returns, so nothing
/// of the caller may be needed afterwards.
template <typename T> class Completion {
public:
    [[nodiscard]] bool isComplete() const { return m_state->value.has_value(); }

    void complete(T value) const
    {
        const std::shared_ptr<State> state = m_state; // the coroutine may drop the last other reference
        if (state->value)
            return;
        state->value.emplace(std::move(value));
        if (const std::coroutine_handle<> waiter = std::exchange(state->waiter, nullptr))
            waiter.resume();
    }

    [[nodiscard]] bool await_ready() const noexcept { return isComplete(); }
    void await_suspend(std::coroutine_handle<> waiter) const noexcept { m_state->waiter = waiter; }
    [[nodiscard]] T await_resume() const { return std::move(*m_state->value); }

private:
    struct State {
        std::optional<T> value;
        std::coroutine_handle<> waiter;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace visgate
