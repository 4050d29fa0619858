// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform/console.h"

#include "cli/terminal/interrupt.h"
#include "cli/terminal/visible.h"

#include <cerrno>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>

namespace visgate::cli::platform {

namespace {

constexpr std::size_t kMaxLine = 64 * 1024;
constexpr int kLookMs = 100; ///< how often a wait for input looks whether it is wanted any longer

/// 0, or the errno of what went wrong.
int writeAll(int file, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    qsizetype done = 0;
    while (done < bytes.size()) {
        const auto wrote = ::write(file, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return wrote < 0 ? errno : EIO;
        done += wrote;
    }
    return 0;
}

/// Reads up to the end of the line, byte by byte, so that nothing behind it is taken.
Result<std::string> readLine(Interrupt& interrupt)
{
    std::string line;
    while (line.size() < kMaxLine) {
        if (interrupt.isRaised())
            return fail(ErrorCode::Cancelled);
        pollfd waiting{STDIN_FILENO, POLLIN, 0};
        if (::poll(&waiting, 1, kLookMs) <= 0)
            continue;
        char byte = 0;
        const auto got = ::read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            if (line.empty())
                return fail(ErrorCode::Cancelled, "end of input");
            return line;
        }
        if (byte == '\n')
            return line;
        line.push_back(byte);
    }
    return fail(ErrorCode::InvalidRequest, "the line is too long");
}

/// Switches the terminal's echo off while it lives.
class Silence {
public:
    Silence()
    {
        m_active = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_active)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Silence()
    {
        if (m_active)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios m_before{};
    bool m_active = false;
};

} // namespace

void Console::out(const QString& text)
{
    const int problem = writeAll(STDOUT_FILENO, outIsTerminal() ? visible(text) : text);
    if (problem != 0 && problem != EPIPE)
        m_outcome = fail(ErrorCode::FileUnwritable, "standard output: " + std::generic_category().message(problem));
}

void Console::err(const QString& text)
{
    writeAll(STDERR_FILENO, errIsTerminal() ? visible(text) : text);
}

void Console::redraw(const QString& line)
{
    writeAll(STDERR_FILENO, QStringLiteral("\r\x1b[K") + visible(line));
}

bool Console::outIsTerminal() const
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool Console::errIsTerminal() const
{
    return ::isatty(STDERR_FILENO) == 1;
}

bool Console::isInteractive() const
{
    return ::isatty(STDIN_FILENO) == 1 && errIsTerminal();
}

int Console::width() const
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

Result<QString> Console::ask(const QString& question, Interrupt& interrupt)
{
    err(question + QLatin1Char(' '));
    const auto line = readLine(interrupt);
    if (!line)
        return fail(line.error());
    return QString::fromStdString(*line).trimmed();
}

Result<Secret> Console::readSecret(const QString& question, Interrupt& interrupt)
{
    Result<std::string> line;
    if (::isatty(STDIN_FILENO) == 1) {
        err(question + QLatin1Char(' '));
        const Silence silence;
        line = readLine(interrupt);
        err(QStringLiteral("\n"));
    } else {
        line = readLine(interrupt);
    }
    if (!line)
        return fail(line.error());
    while (!line->empty() && (line->back() == '\r' || line->back() == ' '))
        line->pop_back();
    return Secret(*std::move(line));
}

} // namespace visgate::cli::platform
