// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/worker_process.h"

#include "core/foundation/worker_protocol/worker_event.h"

#include <chrono>
#include <utility>
#include <variant>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kGrace = 4s; ///< between asking a worker to leave and ending it
constexpr qint64 kLongestLine = 64 * 1024;
constexpr int kMostPort = 65535;

int inMilliseconds(std::chrono::milliseconds time)
{
    return static_cast<int>(time.count());
}

} // namespace

WorkerProcess::WorkerProcess(Start start, Heard heard) : m_start(std::move(start)), m_heard(std::move(heard))
{
    m_patience.setSingleShot(true);
    QObject::connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { readLines(); });
    QObject::connect(&m_process, &QProcess::finished, &m_process, [this](int code, QProcess::ExitStatus status) {
        readLines();
        onEnded(status == QProcess::CrashExit ? u"was ended by the system"_s : u"exited with status %1"_s.arg(code));
    });
    QObject::connect(
        &m_process, &QProcess::errorOccurred, &m_process,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                onEnded(u"did not start: "_s + m_process.errorString());
        },
        Qt::QueuedConnection); // so that nobody is told before start() has returned
}

WorkerProcess::~WorkerProcess()
{
    m_process.disconnect(&m_process);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    m_process.terminate();
    if (!m_process.waitForFinished(inMilliseconds(kGrace))) {
        m_process.kill();
        m_process.waitForFinished(inMilliseconds(kGrace));
    }
}

void WorkerProcess::start()
{
    m_process.setProgram(m_start.program);
    m_process.setProcessEnvironment(m_start.environment);
    m_process.setWorkingDirectory(m_start.folder);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start();
}

void WorkerProcess::leave()
{
    if (std::exchange(m_isLeaving, true) || m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    m_process.terminate();
    m_patience.start(kGrace);
}

void WorkerProcess::kill()
{
    m_process.kill();
}

void WorkerProcess::readLines()
{
    while (m_process.canReadLine() || m_process.bytesAvailable() > kLongestLine)
        take(m_process.readLine(kLongestLine));
    if (m_process.state() == QProcess::NotRunning && m_process.bytesAvailable() > 0)
        take(m_process.readAll());
}

void WorkerProcess::take(QByteArray line)
{
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    m_heard.line(QString::fromUtf8(line));
    if (m_isListening)
        return;
    const auto event = parseWorkerEvent(line.toStdString());
    const auto* const listening = event ? std::get_if<ListeningEvent>(&event->body) : nullptr;
    if (!listening || listening->port <= 0 || listening->port > kMostPort)
        return;
    m_isListening = true;
    m_heard.listening(static_cast<std::uint16_t>(listening->port));
}

void WorkerProcess::onEnded(const QString& how)
{
    m_patience.stop();
    if (!std::exchange(m_hasEnded, true))
        m_heard.ended(how);
}

} // namespace visgate
