// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace visgate {

/// Calls `then` with what `future` comes to, from the event loop of `context`'s thread; `cancelled` instead when the
/// future ends without a result. Neither is called once `context` is gone: QFuture::then(context, ...) of Qt 6.4 must
/// not outlive its context, and an answer often does.
template <typename T, typename Then, typename Cancelled>
void whenDone(const QFuture<T>& future, QObject* context, Then then, Cancelled cancelled)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, then = std::move(then), cancelled = std::move(cancelled)]() mutable {
            watcher->deleteLater();
            if (watcher->future().resultCount() > 0)
                then(watcher->result());
            else
                cancelled();
        });
    watcher->setFuture(future);
}

template <typename T, typename Then> void whenDone(const QFuture<T>& future, QObject* context, Then then)
{
    whenDone(future, context, std::move(then), [] {});
}

} // namespace visgate
