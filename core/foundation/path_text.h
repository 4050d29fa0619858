// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace visgate {

/// A path in messages, JSON and environment variables: UTF-8 on every system, and on POSIX the very bytes of the path.
[[nodiscard]] inline std::string toUtf8(const std::filesystem::path& path)
{
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

[[nodiscard]] inline std::filesystem::path pathFromUtf8(std::string_view text)
{
    return std::u8string(text.begin(), text.end());
}

} // namespace visgate
