// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/worker_log.h"

#include <QPointer>
#include <QSaveFile>
#include <QTimer>

#include <utility>
#include <vector>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray toRow(const ProviderLogLine& line)
{
    return (line.id + u'\t' + line.timestamp + u'\t' + line.source + u'\t' + line.line + u'\n').toUtf8();
}

/// A row that was torn when the disk was full is left out.
std::optional<ProviderLogLine> fromRow(const QByteArray& row)
{
    const QString text = QString::fromUtf8(row);
    ProviderLogLine line{
        text.section(u'\t', 0, 0), text.section(u'\t', 1, 1), text.section(u'\t', 2, 2), text.section(u'\t', 3)};
    bool isNumber = false;
    line.id.toLongLong(&isNumber);
    if (!isNumber || text.count(u'\t') < 3)
        return std::nullopt;
    return line;
}

} // namespace

/// What readers and the log share; a stream may outlive the log.
struct WorkerLog::State {
    QList<ProviderLogLine> lines;
    qint64 last = 0; ///< number of the newest line
    bool hasEnded = false;
    std::vector<Stream*> streams;
};

/// Hands out lines from the event loop, one at a time: its reader may destroy it in between.
class WorkerLog::Stream final : public LogStream {
public:
    Stream(std::shared_ptr<State> state, const QString& resumeAfter, std::function<void(ProviderLogLine)> onLine)
        : m_state(std::move(state)), m_onLine(std::move(onLine)), m_last(resumeAfter.toLongLong())
    {
        m_turn.setSingleShot(true);
        QObject::connect(&m_turn, &QTimer::timeout, [this] { handOut(); });
        m_state->streams.push_back(this);
        m_turn.start(0);
    }
    ~Stream() override { std::erase(m_state->streams, this); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    [[nodiscard]] QString lastId() const override { return m_last > 0 ? QString::number(m_last) : QString(); }
    [[nodiscard]] bool isConnected() const override { return true; }
    [[nodiscard]] std::optional<Error> ended() const override
    {
        if (!m_state->hasEnded || m_last < m_state->last)
            return std::nullopt;
        return Error{ErrorCode::NotFound, "the worker has ended", 0, {}, {}};
    }

    void wake()
    {
        if (!m_turn.isActive())
            m_turn.start(0);
    }

private:
    void handOut()
    {
        const std::weak_ptr<const bool> alive = m_alive;
        const auto onLine = m_onLine;
        while (!alive.expired() && m_last < m_state->last) {
            const qint64 first = m_state->last - m_state->lines.size() + 1;
            m_last = std::max(m_last + 1, first);
            const ProviderLogLine line = m_state->lines.at(m_last - first);
            onLine(line);
        }
    }

    std::shared_ptr<State> m_state;
    std::function<void(ProviderLogLine)> m_onLine;
    qint64 m_last = 0;
    QTimer m_turn;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
};

WorkerLog::WorkerLog(QString path) : m_path(std::move(path)), m_file(m_path), m_state(std::make_shared<State>())
{
    if (m_file.open(QIODevice::ReadOnly)) {
        while (!m_file.atEnd()) {
            auto line = fromRow(m_file.readLine().chopped(1));
            ++m_inFile;
            if (!line || line->id.toLongLong() <= m_state->last)
                continue;
            m_state->last = line->id.toLongLong();
            m_state->lines.append(std::move(*line));
            if (m_state->lines.size() > kMostLines)
                m_state->lines.removeFirst();
        }
        m_file.close();
        m_state->hasEnded = true;
    }
}

WorkerLog::~WorkerLog()
{
    end();
}

void WorkerLog::append(const QString& timestamp, const QString& source, const QString& line)
{
    ProviderLogLine kept{QString::number(++m_state->last), timestamp, source, line};
    write(kept);
    m_state->lines.append(std::move(kept));
    if (m_state->lines.size() > kMostLines)
        m_state->lines.removeFirst();
    for (Stream* const stream : m_state->streams)
        stream->wake();
}

void WorkerLog::end()
{
    m_state->hasEnded = true;
    m_file.close();
}

std::unique_ptr<LogStream> WorkerLog::open(const QString& resumeAfter, std::function<void(ProviderLogLine)> onLine)
{
    return std::make_unique<Stream>(m_state, resumeAfter, std::move(onLine));
}

void WorkerLog::write(const ProviderLogLine& line)
{
    if (m_inFile >= 2 * kMostLines)
        rewrite();
    if (!m_file.isOpen() && !m_file.open(QIODevice::WriteOnly | QIODevice::Append))
        return;
    m_file.write(toRow(line));
    m_file.flush();
    ++m_inFile;
}

/// What is too old goes out of the file.
void WorkerLog::rewrite()
{
    m_file.close();
    QSaveFile fresh(m_path);
    if (!fresh.open(QIODevice::WriteOnly))
        return;
    for (const ProviderLogLine& line : std::as_const(m_state->lines))
        fresh.write(toRow(line));
    if (fresh.commit())
        m_inFile = m_state->lines.size();
}

} // namespace visgate
