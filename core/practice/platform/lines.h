// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace visgate::practice::platform {

/// A program's output, cut into lines as it comes in.
class Lines {
public:
    void add(std::string_view bytes) { m_pending += bytes; }

    /// The whole ones, and one without its end when it is too long to wait for, or `isEnd`: no more will come.
    [[nodiscard]] std::vector<std::string> take(bool isEnd)
    {
        std::vector<std::string> lines;
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = m_pending.find('\n', begin)) != std::string::npos; begin = end + 1)
            lines.push_back(m_pending.substr(begin, end - begin));
        m_pending.erase(0, begin);
        if (!m_pending.empty() && (isEnd || m_pending.size() > kLongest))
            lines.push_back(std::exchange(m_pending, {}));
        return lines;
    }

private:
    static constexpr std::size_t kLongest = 64 * 1024;
    std::string m_pending;
};

} // namespace visgate::practice::platform
