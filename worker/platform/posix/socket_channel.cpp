// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/posix/socket_channel.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::worker::platform {
namespace {

bool isReady(int descriptor, short events, std::chrono::milliseconds patience)
{
    pollfd asked{descriptor, events, 0};
    return ::poll(&asked, 1, static_cast<int>(patience.count())) > 0;
}

bool mayTryAgain(int reason)
{
    return reason == EINTR || reason == EAGAIN || reason == EWOULDBLOCK;
}

} // namespace

SocketChannel::SocketChannel(int descriptor) : m_descriptor(descriptor)
{
    std::signal(SIGPIPE, SIG_IGN); // a peer that is gone is an answer of send(), not the end of the process
}

SocketChannel::~SocketChannel()
{
    ::close(m_descriptor);
}

Channel::Got SocketChannel::receive(std::string& into, std::chrono::milliseconds patience)
{
    if (!isReady(m_descriptor, POLLIN, patience)) {
        return Got::Nothing;
    }
    std::array<char, 16 * 1024> buffer{};
    const auto got = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && mayTryAgain(errno)) {
        return Got::Nothing;
    }
    if (got <= 0) {
        return Got::End;
    }
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return Got::Bytes;
}

bool SocketChannel::send(std::string_view bytes, std::chrono::milliseconds patience)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!bytes.empty()) {
        const auto sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        const auto left
            = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (!mayTryAgain(errno) || left.count() <= 0) {
            return false;
        }
        static_cast<void>(isReady(m_descriptor, POLLOUT, left));
    }
    return true;
}

std::unique_ptr<Channel> Channel::fromStandardInput()
{
    struct stat what { };
    if (::fstat(STDIN_FILENO, &what) != 0 || !S_ISSOCK(what.st_mode)) {
        return nullptr;
    }
    const int kept = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (kept < 0 || nothing < 0) {
        return nullptr;
    }
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    return std::make_unique<SocketChannel>(kept);
}

} // namespace visgate::worker::platform
