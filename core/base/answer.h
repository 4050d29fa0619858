// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QFuture>
#include <QPromise>

#include <utility>

namespace visgate {

/// The promise behind one call. Whatever becomes of the work that should have answered, its future finishes: with
/// ErrorCode::Cancelled if nothing was given.
template <typename T> class Answer {
public:
    Answer() { m_promise.start(); }
    ~Answer() { give(fail(ErrorCode::Cancelled)); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    /// The first one counts.
    void give(Result<T> result)
    {
        if (std::exchange(m_given, true))
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise.future(); }

private:
    QPromise<Result<T>> m_promise;
    bool m_given = false;
};

} // namespace visgate
