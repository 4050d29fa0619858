// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// RFC 4648.
namespace visgate {

[[nodiscard]] std::string base64Encode(std::string_view bytes);
/// The alphabet for URLs and file names, without padding.
[[nodiscard]] std::string base64UrlEncode(std::string_view bytes);
/// Takes either alphabet, padding or none, and skips line breaks. None for anything else.
[[nodiscard]] std::optional<std::string> base64Decode(std::string_view text);

} // namespace visgate
