// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logs/log_entry.h"
#include "ui/logs/log_source.h"

#include <QFuture>

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace visgate::test {

/// A moment of the test's day.
[[nodiscard]] inline TimePoint second(int count)
{
    return TimePoint(std::chrono::seconds(1'700'000'000 + count));
}

[[nodiscard]] inline LogLine logLine(qint64 number, TimePoint at, std::string text, std::string worker = {})
{
    LogLine line;
    line.number = LineNo(number);
    line.at = at;
    line.source = worker.empty() ? "engine" : "container";
    line.worker = std::move(worker);
    line.text = std::move(text);
    return line;
}

[[nodiscard]] inline ui::LogEntryPtr logEntry(int deployment, LogLine line)
{
    return std::make_shared<const ui::LogEntry>(ui::LogEntry{std::move(line), deployment});
}

/// Logs that the test has written, read as a store reads them.
class FakeLog final : public ui::LogSource {
public:
    [[nodiscard]] QFuture<Lines> read(const DeploymentId& id, const ui::LogSpan& span) override
    {
        ++reads;
        if (failing)
            return QtFuture::makeReadyFuture(Lines(fail(ErrorCode::FileUnreadable, "log")));
        QList<LogLine> found;
        for (const LogLine& line : logs[id]) {
            if (line.number.value() >= span.since && (span.before <= 0 || line.number.value() < span.before))
                found.append(line);
        }
        return QtFuture::makeReadyFuture(Lines(found.size() > span.limit ? found.last(span.limit) : found));
    }

    /// The next lines of a deployment's log, one a second.
    void write(const DeploymentId& id, int count, int firstSecond, const std::string& text = "line ")
    {
        for (int i = 0; i < count; ++i) {
            const qint64 number = logs[id].size() + 1;
            logs[id].append(logLine(number, second(firstSecond + i), text + std::to_string(number), "w1"));
        }
    }

    /// A line that is stored and told of at once.
    void tell(const DeploymentId& id, TimePoint at, const std::string& text)
    {
        const LogLine line = logLine(logs[id].size() + 1, at, text, "w1");
        logs[id].append(line);
        Q_EMIT appended(id, {line});
    }

    std::map<DeploymentId, QList<LogLine>> logs;
    int reads = 0;
    bool failing = false;
};

} // namespace visgate::test
