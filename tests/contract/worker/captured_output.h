// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <ostream>
#include <string>

namespace visgate::worker {

/// A stream that several threads write lines to while the test reads.
class CapturedOutput final : private std::streambuf, public std::ostream {
public:
    CapturedOutput() : std::ostream(static_cast<std::streambuf*>(this)) { }
    [[nodiscard]] std::string text() const
    {
        const std::lock_guard lock(m_mutex);
        return m_text;
    }

private:
    int overflow(int letter) override
    {
        const std::lock_guard lock(m_mutex);
        m_text += static_cast<char>(letter);
        return letter;
    }
    std::streamsize xsputn(const char* data, std::streamsize size) override
    {
        const std::lock_guard lock(m_mutex);
        m_text.append(data, static_cast<std::size_t>(size));
        return size;
    }

    mutable std::mutex m_mutex;
    std::string m_text;
};

} // namespace visgate::worker
