// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/local_listener.h"

#include "core/foundation/file_error.h"
#include "core/foundation/sockets/platform/posix/local_endpoint.h"
#include "core/foundation/sockets/platform/posix/peer_user.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace visgate::sockets {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;

class LocalListener final : public Listener {
public:
    LocalListener(asio::io_context& io, std::filesystem::path path) : m_io(io), m_acceptor(io), m_path(std::move(path))
    {
    }

    ~LocalListener() override
    {
        struct stat info { };
        if (m_isBound && lstat(m_path.c_str(), &info) == 0 && isOurs(info))
            unlink(m_path.c_str()); // and not a successor's of the same name
    }

    Result<void> listen()
    {
        const auto endpoint = localEndpoint(m_path);
        if (!endpoint)
            return fail(fileError(ErrorCode::FileUnwritable, m_path, "the socket's path is too long"));
        error_code error = bind(*endpoint);
        if (error == asio::error::address_in_use && !isServed(*endpoint) && removeStale())
            error = bind(*endpoint);
        if (error == asio::error::address_in_use)
            return fail(fileError(ErrorCode::AlreadyServed, m_path));
        if (error)
            return fail(fileError(ErrorCode::FileUnwritable, m_path, error.message()));
        struct stat info { };
        // Before it listens, nobody can connect.
        if (chmod(m_path.c_str(), S_IRUSR | S_IWUSR) != 0 || lstat(m_path.c_str(), &info) != 0)
            return fail(fileError(ErrorCode::FileUnwritable, m_path, std::strerror(errno)));
        m_device = info.st_dev;
        m_inode = info.st_ino;
        m_isBound = true;
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return fail(fileError(ErrorCode::FileUnwritable, m_path, error.message()));
        return {};
    }

    void accept(OnConnection callback) override
    {
        m_acceptor.async_accept([this, callback = std::move(callback)](const error_code& error, Stream stream) {
            if (!error && peerUserId(stream.native_handle()) != currentUserId()) {
                stream = Stream(m_io);
                accept(callback);
                return;
            }
            callback(error, std::move(stream), {});
        });
    }

    void close() override
    {
        error_code ignored;
        m_acceptor.close(ignored);
    }

private:
    error_code bind(const Protocol::endpoint& endpoint)
    {
        error_code error;
        m_acceptor.close(error);
        m_acceptor.open(endpoint.protocol(), error);
        if (!error)
            m_acceptor.bind(endpoint, error);
        return error;
    }

    bool isServed(const Protocol::endpoint& endpoint)
    {
        Stream probe(m_io);
        error_code error;
        probe.connect(endpoint, error);
        return !error;
    }

    bool removeStale()
    {
        struct stat info { };
        return lstat(m_path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && unlink(m_path.c_str()) == 0;
    }

    [[nodiscard]] bool isOurs(const struct stat& info) const
    {
        return info.st_dev == m_device && info.st_ino == m_inode;
    }

    asio::io_context& m_io;
    asio::basic_socket_acceptor<Protocol> m_acceptor;
    std::filesystem::path m_path;
    bool m_isBound = false;
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

} // namespace

Result<std::unique_ptr<Listener>> listenOnLocal(asio::io_context& io, const std::filesystem::path& path)
{
    auto listener = std::make_unique<LocalListener>(io, path);
    if (const auto listening = listener->listen(); !listening)
        return tl::unexpected(listening.error());
    return listener;
}

} // namespace visgate::sockets
