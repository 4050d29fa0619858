// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QThread>

#include <memory>

namespace visgate {

/// Quits, waits for and deletes a thread.
struct ThreadStopper {
    void operator()(QThread* thread) const;
};

/// A running event-loop thread that ends with its owner: declare it before the objects that live on it are deleted.
using OwnedThread = std::unique_ptr<QThread, ThreadStopper>;

/// Starts a thread with an event loop. `name` is what a debugger shows.
[[nodiscard]] OwnedThread startThread(const QString& name);

} // namespace visgate
