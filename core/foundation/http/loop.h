// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <utility>

namespace visgate::http {

/// The server's event loop, shared with every exchange that is still held somewhere: posting stays possible for ever
/// and turns into nothing once the server has stopped.
class Loop {
public:
    boost::asio::io_context io{1};

    /// False once close() was called.
    template <typename Function> bool post(Function&& function)
    {
        const std::lock_guard lock(m_mutex);
        if (m_isOpen)
            boost::asio::post(io, std::forward<Function>(function));
        return m_isOpen;
    }

    /// Refuses what is posted from now on and runs what was posted before. Call when no thread runs `io` any more.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isOpen = false;
        }
        io.restart();
        io.poll();
    }

private:
    std::mutex m_mutex;
    bool m_isOpen = true;
};

} // namespace visgate::http
