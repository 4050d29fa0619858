// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace visgate::ui {

/// What `work` returns, worked out on a pool thread: files are not read or written on the GUI thread.
template <typename Work> [[nodiscard]] auto onPool(Work work) -> QFuture<std::invoke_result_t<Work>>
{
    // QThreadPool wants a copyable function, QPromise is not one: share it.
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Work>>>();
    auto future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace visgate::ui
