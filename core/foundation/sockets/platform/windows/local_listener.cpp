// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/local_listener.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/file_lock.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/system_error.h"
#include "core/foundation/sockets/platform/windows/pipe_name.h"

#include <boost/asio/post.hpp>
#include <boost/asio/windows/overlapped_ptr.hpp>
#include <optional>
#include <utility>

namespace visgate::sockets {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr DWORD kBufferBytes = 64 * 1024;

/// Each connection is an instance of the pipe. One instance always waits for the next client: with none, the name would
/// be free for others.
class PipeListener final : public Listener {
public:
    PipeListener(asio::io_context& io, const std::filesystem::path& path)
        : m_io(io), m_path(path), m_name(pipeName(path)), m_waiting(io)
    {
    }

    Result<void> listen()
    {
        std::filesystem::path lock = m_path;
        lock += L".lock";
        auto locked = platform::FileLock::take(lock);
        if (!locked && locked.error().code == ErrorCode::Conflict)
            return fail(fileError(ErrorCode::AlreadyServed, m_path));
        if (!locked)
            return fail(locked.error());
        m_lock = std::move(*locked);
        // The lock tells our own processes apart; this keeps out another user's, who may have taken the name first.
        const DWORD error = makeInstance(FILE_FLAG_FIRST_PIPE_INSTANCE);
        if (error == ERROR_ACCESS_DENIED || error == ERROR_PIPE_BUSY)
            return fail(fileError(ErrorCode::AlreadyServed, m_path));
        if (error != ERROR_SUCCESS)
            return fail(fileError(ErrorCode::FileUnwritable, m_path, platform::describeError(error)));
        return {};
    }

    void accept(OnConnection callback) override
    {
        if (!m_waiting.is_open() && makeInstance(0) != ERROR_SUCCESS) {
            asio::post(m_io,
                [this, callback = std::move(callback)] { callback(asio::error::no_descriptors, Stream(m_io), {}); });
            return;
        }
        asio::windows::overlapped_ptr operation(
            m_io, [this, callback = std::move(callback)](const error_code& error, std::size_t) {
                Stream::Pipe pipe = std::move(m_waiting);
                m_waiting = Stream::Pipe(m_io);
                if (!m_isClosed)
                    makeInstance(0); // tried again by the next accept() if it fails
                callback(error, Stream(std::move(pipe)), {});
            });
        const BOOL isDone = ConnectNamedPipe(m_waiting.native_handle(), operation.get());
        const DWORD error = GetLastError();
        if (!isDone && error == ERROR_IO_PENDING)
            operation.release();
        else
            operation.complete(error == ERROR_PIPE_CONNECTED || isDone
                    ? error_code()
                    : error_code(static_cast<int>(error), asio::error::get_system_category()),
                0);
    }

    void close() override
    {
        error_code ignored;
        m_isClosed = true;
        m_waiting.close(ignored);
    }

private:
    DWORD makeInstance(DWORD flags)
    {
        platform::OwnerOnly owner;
        if (owner.attributes() == nullptr)
            return GetLastError();
        HANDLE pipe = CreateNamedPipeW(m_name.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | flags,
            PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES,
            kBufferBytes, kBufferBytes, 0, owner.attributes());
        if (pipe == INVALID_HANDLE_VALUE)
            return GetLastError();
        error_code error;
        m_waiting.assign(pipe, error);
        return static_cast<DWORD>(error.value());
    }

    asio::io_context& m_io;
    std::filesystem::path m_path;
    std::wstring m_name;
    std::optional<platform::FileLock> m_lock; ///< given back after the pipe
    Stream::Pipe m_waiting;
    bool m_isClosed = false;
};

} // namespace

Result<std::unique_ptr<Listener>> listenOnLocal(asio::io_context& io, const std::filesystem::path& path)
{
    auto listener = std::make_unique<PipeListener>(io, path);
    if (const auto listening = listener->listen(); !listening)
        return tl::unexpected(listening.error());
    return listener;
}

} // namespace visgate::sockets
