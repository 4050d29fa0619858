// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"

#include <QList>

namespace visgate {

struct Deployment;
struct Job;
struct LimitState;
struct LogLine;
struct StopReport;

/// Tells everybody outside the engine what has become of something. Engine thread only.
class Publisher {
public:
    virtual ~Publisher() = default;
    virtual void publish(const Deployment& deployment) = 0;
    virtual void publish(const Job& job) = 0;
    /// New lines of a deployment's log.
    virtual void publish(const DeploymentId& id, const QList<LogLine>& lines) = 0;
    /// A mark of a limit was passed.
    virtual void publish(const LimitState& state) = 0;
    /// "Stop everything" came a step further.
    virtual void publish(const StopReport& report) = 0;
    /// The list of an account's endpoints, or what they cost, is not what it was.
    virtual void publishEndpoints() = 0;
};

} // namespace visgate
