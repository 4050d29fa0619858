// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/windows/utf16.h"

#include <windows.h>

namespace visgate::platform {

std::wstring toUtf16(std::string_view utf8)
{
    const auto size = static_cast<int>(utf8.size());
    std::wstring text(utf8.size(), L'\0'); // never more units than bytes
    const int units = size == 0 ? 0 : MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), size);
    text.resize(static_cast<std::size_t>(units));
    return text;
}

std::string toUtf8(std::wstring_view utf16)
{
    const auto size = static_cast<int>(utf16.size());
    std::string text(utf16.size() * 3, '\0'); // never more than three bytes a unit
    const int bytes = size == 0 ? 0
                                : WideCharToMultiByte(CP_UTF8, 0, utf16.data(), size, text.data(),
                                    static_cast<int>(text.size()), nullptr, nullptr);
    text.resize(static_cast<std::size_t>(bytes));
    return text;
}

} // namespace visgate::platform
