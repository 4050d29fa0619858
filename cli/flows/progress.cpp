// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/progress.h"

#include "cli/words.h"

#include <algorithm>
#include <cmath>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBarWidth = 24;

QString bar(double fraction)
{
    const int full = int(std::lround(std::clamp(fraction, 0.0, 1.0) * kBarWidth));
    return u'[' + QString(full, u'#') + QString(kBarWidth - full, u'-') + u']';
}

double since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Progress::Progress(Terminal& terminal) : m_terminal(terminal), m_live(terminal.errIsTerminal()) { }

Progress::~Progress()
{
    finish();
}

double Progress::elapsedSeconds() const
{
    return since(m_start);
}

void Progress::stage(const QString& words)
{
    if (words == m_words)
        return;
    closeStage();
    m_words = words;
    m_tenth = 0;
    m_stageStart = Clock::now();
    if (m_live)
        drawLive(-1.0);
    else
        m_terminal.err(u"%1  %2\n"_s.arg(seconds(elapsedSeconds()).rightJustified(10), words));
}

void Progress::tick(double fraction, const QString& detail)
{
    if (m_words.isEmpty())
        return;
    if (m_live)
        drawLive(fraction, detail);
    else if (!detail.isEmpty())
        tellTenth(fraction, detail);
}

void Progress::tellTenth(double fraction, const QString& detail)
{
    const int tenth = int(std::clamp(fraction, 0.0, 1.0) * 10.0);
    if (tenth <= m_tenth)
        return;
    m_tenth = tenth;
    m_terminal.err(u"%1  %2: %3\n"_s.arg(seconds(elapsedSeconds()).rightJustified(10), m_words, detail));
}

void Progress::finish()
{
    closeStage();
    m_words.clear();
}

void Progress::drawLive(double fraction, const QString& detail)
{
    QString line = u"%1  %2 ..."_s.arg(seconds(since(m_stageStart)).rightJustified(10), m_words);
    if (fraction >= 0.0)
        line += u' ' + bar(fraction);
    if (!detail.isEmpty())
        line += u' ' + detail;
    m_terminal.redraw(line.left(m_terminal.width() - 1));
}

void Progress::closeStage()
{
    if (m_live && !m_words.isEmpty())
        m_terminal.redraw(u"%1  %2\n"_s.arg(seconds(since(m_stageStart)).rightJustified(10), m_words));
}

} // namespace visgate::cli
