// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace visgate::platform {

// What is not well-formed becomes replacement characters.
[[nodiscard]] std::wstring toUtf16(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::wstring_view utf16);

} // namespace visgate::platform
