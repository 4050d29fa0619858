// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_saver.h"

#include "core/foundation/file_error.h"
#include "core/service/when_done.h"
#include "ui/common/on_pool.h"

#include <QSaveFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int savedPage = 4'000;

} // namespace

/// The file while it is written. One pool thread at a time has it.
class LogSaver::File {
public:
    explicit File(const QString& path) : m_path(path), m_file(path) { }

    Result<void> write(const QByteArray& bytes)
    {
        if (!m_file.isOpen() && !m_file.open(QIODevice::WriteOnly))
            return failure();
        return m_file.write(bytes) == bytes.size() ? Result<void>() : failure();
    }

    Result<void> commit()
    {
        if (const auto opened = write({}); !opened) // of an empty log, too
            return opened;
        return m_file.commit() ? Result<void>() : failure();
    }

private:
    [[nodiscard]] Result<void> failure() const
    {
        const ErrorCode code
            = m_file.error() == QFileDevice::ResourceError ? ErrorCode::StoreFull : ErrorCode::FileUnwritable;
        return fail(fileError(code, m_path.toStdString(), m_file.errorString().toStdString()));
    }

    QString m_path;
    QSaveFile m_file;
};

LogSaver::LogSaver(LogSource& source, const QList<DeploymentId>& ids, const LogText& text, QObject* parent)
    : QObject(parent), m_source(source), m_text(text)
{
    for (const DeploymentId& id : ids)
        m_logs.push_back({id});
}

LogSaver::~LogSaver() = default;

void LogSaver::begin(const QString& path)
{
    m_path = path;
    m_file = std::make_shared<File>(path);
    m_left = m_logs.size();
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
        const auto count = [this, i](const LogSource::Lines& lines) { take(i, lines); };
        whenDone(m_source.read(m_logs[i].id, {0, 0, 1}), this, count, [this] {
            stop({ErrorCode::Cancelled, {}, 0, {}, {}});
        });
    }
}

void LogSaver::cancel()
{
    if (m_isCommitting || std::exchange(m_isOver, true))
        return;     // too late: it takes its name this moment
    m_file.reset(); // a page that is being written still has it, and lets go of it unfinished
    Q_EMIT cancelled();
}

void LogSaver::stop(const Error& error)
{
    if (std::exchange(m_isOver, true))
        return;
    m_file.reset();
    Q_EMIT failed(error);
}

void LogSaver::take(std::size_t log, const LogSource::Lines& lines)
{
    if (m_isOver)
        return;
    if (!lines) {
        stop(lines.error());
        return;
    }
    Log& its = m_logs[log];
    if (!m_isCounted) {
        its.end = lines->isEmpty() ? 1 : lines->constLast().number.value() + 1;
        m_total += its.end - 1;
    } else {
        its.next = std::min(its.next + savedPage, its.end);
        for (const LogLine& line : *lines)
            its.read.push_back(std::make_shared<const LogEntry>(LogEntry{line, static_cast<int>(log)}));
    }
    if (--m_left > 0)
        return;
    if (std::exchange(m_isCounted, true))
        write();
    else
        readNext();
}

void LogSaver::readNext()
{
    std::vector<std::size_t> wanting;
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
        if (m_logs[i].read.empty() && m_logs[i].next < m_logs[i].end)
            wanting.push_back(i);
    }
    m_left = wanting.size();
    for (const std::size_t i : wanting) {
        const qint64 next = m_logs[i].next;
        const auto page = [this, i](const LogSource::Lines& lines) { take(i, lines); };
        whenDone(m_source.read(m_logs[i].id, {next, std::min(next + savedPage, m_logs[i].end), savedPage}), this, page,
            [this] {
                stop({ErrorCode::Cancelled, {}, 0, {}, {}});
            });
    }
    if (wanting.empty())
        write();
}

void LogSaver::write()
{
    LogItems::Entries page;
    const auto isDry = [](const Log& log) { return log.read.empty() && log.next < log.end; };
    // Which line is the next one is known as long as each log that goes on has one to compare.
    while (std::none_of(m_logs.cbegin(), m_logs.cend(), isDry)) {
        const auto oldest = std::min_element(m_logs.begin(), m_logs.end(), [](const Log& left, const Log& right) {
            return !left.read.empty() && (right.read.empty() || isBefore(left.read.front(), right.read.front()));
        });
        if (oldest == m_logs.end() || oldest->read.empty())
            break;
        page.push_back(std::move(oldest->read.front()));
        oldest->read.pop_front();
    }
    const bool isLast = std::all_of(
        m_logs.cbegin(), m_logs.cend(), [](const Log& log) { return log.read.empty() && log.next >= log.end; });
    m_written += std::ssize(page);
    const auto written = onPool([page = std::move(page), text = m_text, file = m_file]() -> Result<void> {
        QString all;
        for (const LogEntryPtr& entry : page)
            all += text.line(*entry) + u'\n';
        return file->write(all.toUtf8());
    });
    whenDone(written, this, [this, isLast](const Result<void>& done) {
        if (m_isOver)
            return;
        if (!done) {
            stop(done.error());
            return;
        }
        Q_EMIT progressed(m_total > 0 ? double(m_written) / double(m_total) : 1.0);
        if (m_isOver)
            return; // who heard of it has stopped it
        if (isLast)
            commit();
        else
            readNext();
    });
}

void LogSaver::commit()
{
    m_isCommitting = true;
    whenDone(onPool([file = m_file] { return file->commit(); }), this, [this](const Result<void>& done) {
        if (!done) {
            stop(done.error());
            return;
        }
        if (std::exchange(m_isOver, true))
            return;
        Q_EMIT saved(m_path, m_written);
    });
}

} // namespace visgate::ui
