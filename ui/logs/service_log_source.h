// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logs/log_source.h"

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

/// The logs as the service has them.
class ServiceLogSource final : public LogSource {
    Q_OBJECT

public:
    explicit ServiceLogSource(DeploymentService& service, QObject* parent = nullptr);
    [[nodiscard]] QFuture<Lines> read(const DeploymentId& id, const LogSpan& span) override;

private:
    DeploymentService& m_service;
};

} // namespace visgate::ui
