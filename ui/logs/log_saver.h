// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "ui/logs/log_source.h"
#include "ui/logs/log_text.h"

#include <QObject>
#include <QString>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace visgate::ui {

/// Writes whole logs to one file, by time, a page after the other: read by their source, put into words and written on
/// a pool thread. What was stored when it began is saved; the file takes its name once it is whole. GUI thread. One
/// file a saver.
class LogSaver final : public QObject {
    Q_OBJECT

public:
    LogSaver(LogSource& source, const QList<DeploymentId>& ids, const LogText& text, QObject* parent = nullptr);
    ~LogSaver() override;
    void begin(const QString& path);
    /// Leaves what stood at the path before as it was.
    void cancel();

Q_SIGNALS:
    void progressed(double share);
    /// None of the three comes after another. The saver may be deleted from then on, with deleteLater().
    void saved(const QString& path, qint64 lines);
    void failed(const visgate::Error& error);
    void cancelled();

private:
    class File;
    struct Log {
        DeploymentId id;
        qint64 next = 1; ///< to be read
        qint64 end = 1;
        std::deque<LogEntryPtr> read{};
    };

    void readNext();
    void take(std::size_t log, const LogSource::Lines& lines);
    void write();
    void commit();
    void stop(const Error& error);

    LogSource& m_source;
    LogText m_text;
    std::vector<Log> m_logs;
    std::shared_ptr<File> m_file;
    QString m_path;
    std::size_t m_left = 0; ///< answers that are waited for
    qint64 m_total = 0;
    qint64 m_written = 0;
    bool m_isCounted = false;
    bool m_isCommitting = false;
    bool m_isOver = false;
};

} // namespace visgate::ui
