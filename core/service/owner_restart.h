// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>

namespace visgate {

class DeploymentService;

/// Sees to it that the data folder has an owner while a client lives: when the owner that the service speaks to goes
/// away, starts another, and again while none answers. The service connects to it by itself.
class OwnerRestart final : public QObject {
    Q_OBJECT

public:
    /// `start` must not wait for the owner to answer; it is called on a pool thread.
    OwnerRestart(const DeploymentService& service, std::function<void()> start, QObject* parent = nullptr);

private:
    void startOwner();

    std::function<void()> m_start;
    QThreadPool m_thread;
    QTimer m_again;
};

} // namespace visgate
