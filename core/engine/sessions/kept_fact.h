// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/answer.h"
#include "core/base/async.h"
#include "core/foundation/clock.h"

#include <QCoroFuture>
#include <QFuture>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace visgate {

/// What a service answered last to one question: believed for a while, and asked for once, however many want it at the
/// same time. Once its account was closed (the key changed, perhaps to another account's), what was learnt before is
/// not believed any more, and what was asked before is not kept. Engine thread only.
template <typename T> class KeptFact {
public:
    /// `closings` tells how often the account was closed. The clock outlives it; no question may be under way when it
    /// goes.
    KeptFact(const Clock& clock, std::function<quint64()> closings)
        : m_clock(clock), m_closings(std::move(closings)) { }
    KeptFact(const KeptFact&) = delete;
    KeptFact& operator=(const KeptFact&) = delete;

    /// The last answer, however old and whichever key got it; empty before the first.
    [[nodiscard]] const T& last() const { return m_value; }
    /// Whether it was learnt within this time, with the present key.
    [[nodiscard]] bool isWithin(std::chrono::nanoseconds age) const
    {
        return m_at && m_closingsThen == m_closings() && m_clock.monotonic() - *m_at < age;
    }
    /// It was learnt, by whichever way.
    void take(T value)
    {
        m_value = std::move(value);
        m_at = m_clock.monotonic();
        m_closingsThen = m_closings();
    }
    /// At most `age` old. Where it is older, the answer to the question under way, else `ask` is called. A failure goes
    /// to everybody who waits for it, and is not kept.
    Task<Result<T>> get(std::chrono::nanoseconds age, std::function<Task<Result<T>>()> ask)
    {
        if (isWithin(age))
            co_return Result<T>(m_value); // of its own: QCoro moves out of what is returned as it stands
        if (isAsking()) {
            const QFuture<Result<T>> asked = *m_asking;
            auto shared = co_await asked;
            co_return shared;
        }
        const quint64 closings = m_closings();
        Answer<T> answer;
        m_asking = answer.future();
        m_askingClosings = closings;
        auto told = co_await ask();
        if (told && m_closings() == closings)
            take(*told);
        answer.give(told);
        co_return told;
    }

    /// The same without asking: unset where nothing is known and nobody asks, or where the answer is a failure.
    Task<std::optional<T>> known(std::chrono::nanoseconds age)
    {
        if (isWithin(age))
            co_return std::optional<T>(m_value);
        if (!isAsking())
            co_return std::nullopt;
        const QFuture<Result<T>> asked = *m_asking;
        auto shared = co_await asked;
        if (!shared)
            co_return std::nullopt;
        co_return *shared;
    }

private:
    [[nodiscard]] bool isAsking() const
    {
        return m_asking && m_askingClosings == m_closings() && !m_asking->isFinished();
    }

    const Clock& m_clock;
    const std::function<quint64()> m_closings;
    T m_value{};
    std::optional<MonotonicPoint> m_at;
    quint64 m_closingsThen = 0; ///< when the value was learnt
    std::optional<QFuture<Result<T>>> m_asking;
    quint64 m_askingClosings = 0; ///< when it was asked
};

} // namespace visgate
