// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"

#include <QFuture>
#include <QList>
#include <QObject>

namespace visgate::ui {

/// Which lines of one log: the last `limit` of those numbered from `since` up to, and without, `before`.
struct LogSpan {
    qint64 since = 0;
    qint64 before = 0; ///< 0: to the end
    int limit = 0;
};

/// Where the log view has its lines from, whatever keeps them. The lines of a deployment are numbered from 1 without
/// gaps, and do not change. GUI thread; answers come there, and are cancelled with the source.
class LogSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    using Lines = Result<QList<LogLine>>;

    /// Oldest number first.
    [[nodiscard]] virtual QFuture<Lines> read(const DeploymentId& id, const LogSpan& span) = 0;

Q_SIGNALS:
    /// Lines that were stored just now, of any deployment.
    void appended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
};

} // namespace visgate::ui
