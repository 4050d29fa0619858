// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture_engine/child_program.h"

#include <utility>

namespace visgate {

namespace {

constexpr qsizetype kMostKept = 64 * 1024;

void keep(QByteArray& kept, const QByteArray& more)
{
    kept += more;
    if (kept.size() > kMostKept)
        kept = kept.right(kMostKept);
}

} // namespace

ChildProgram::ChildProgram()
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    QObject::connect(&m_process, &QProcess::finished, &m_process, [this] { m_waker.wake(); });
    QObject::connect(&m_process, &QProcess::errorOccurred, &m_process, [this] { m_waker.wake(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { take(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this] { take(); });
}

void ChildProgram::take()
{
    keep(m_outcome.output, m_process.readAllStandardOutput());
    keep(m_outcome.errors, m_process.readAllStandardError());
}

Task<ChildProgram::Outcome> ChildProgram::run(
    QString program, QStringList arguments, std::chrono::milliseconds every, std::function<void()> meanwhile)
{
    m_outcome = {};
    m_process.start(program, arguments);
    while (m_process.state() != QProcess::NotRunning) {
        co_await m_waker.pause(every);
        meanwhile();
    }
    take();
    if (m_process.error() != QProcess::FailedToStart && m_process.exitStatus() == QProcess::NormalExit)
        m_outcome.exitCode = m_process.exitCode();
    co_return std::exchange(m_outcome, {});
}

void ChildProgram::end()
{
    m_process.kill();
    m_waker.wake();
}

} // namespace visgate
