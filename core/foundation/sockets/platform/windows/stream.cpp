// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/stream.h"

#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/sockets/platform/windows/pipe_name.h"

#include <boost/asio/buffer.hpp>
#include <utility>

namespace visgate::sockets {
namespace {

using boost::system::error_code;

constexpr DWORD kPatienceMs = 1000; ///< while the listener has all its pipes in use

error_code lastError()
{
    return {static_cast<int>(GetLastError()), boost::asio::error::get_system_category()};
}

} // namespace

void connectLocal(Stream& stream, const std::filesystem::path& path, OnConnected callback)
{
    const std::wstring name = pipeName(path);
    HANDLE pipe = INVALID_HANDLE_VALUE;
    do { // the listener may not learn more of us than who we are
        pipe = CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE | READ_CONTROL, 0, nullptr, OPEN_EXISTING,
            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
    } while (
        pipe == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY && WaitNamedPipeW(name.c_str(), kPatienceMs));
    if (pipe == INVALID_HANDLE_VALUE) {
        callback(lastError());
        return;
    }
    if (!platform::isOwnedByUs(pipe)) { // somebody else's, who was there first
        CloseHandle(pipe);
        callback(boost::asio::error::access_denied);
        return;
    }
    error_code error;
    stream.pipe().assign(pipe, error);
    if (error)
        CloseHandle(pipe);
    callback(error);
}

void keepPort(boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>& acceptor, error_code& error)
{
    const int yes = 1;
    if (setsockopt(
            acceptor.native_handle(), SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<const char*>(&yes), sizeof yes)
        != 0)
        error = {WSAGetLastError(), boost::asio::error::get_system_category()};
}

void shutdownSend(Stream& stream)
{
    error_code ignored;
    if (stream.pipe().is_open())
        stream.pipe().close(ignored); // what was written can still be read
    else
        stream.socket().shutdown(Stream::Socket::shutdown_send, ignored);
}

void writeAtOnce(Stream& stream, std::string_view bytes)
{
    error_code ignored;
    if (stream.pipe().is_open()) { // its buffer is empty and takes this
        stream.pipe().write_some(boost::asio::buffer(bytes), ignored);
        return;
    }
    stream.socket().non_blocking(true, ignored);
    stream.socket().write_some(boost::asio::buffer(bytes), ignored);
    stream.socket().shutdown(Stream::Socket::shutdown_both, ignored);
}

bool isQuiet(Stream& stream)
{
    if (stream.pipe().is_open()) {
        DWORD waiting = 0;
        return PeekNamedPipe(stream.pipe().native_handle(), nullptr, 0, nullptr, &waiting, nullptr) && waiting == 0;
    }
    fd_set readable{};
    FD_SET(stream.socket().native_handle(), &readable);
    timeval atOnce{};
    return select(0, &readable, nullptr, nullptr, &atOnce) == 0;
}

} // namespace visgate::sockets
