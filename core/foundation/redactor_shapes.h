// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace visgate::redaction {

/// What to do at the front of a text: keep so many bytes, mask so many behind them. Nothing to mask: no match.
struct Match {
    std::size_t keep = 0;
    std::size_t mask = 0;
};

/// Whether a secret that nobody registered begins here, by its looks: a service's token, a bearer token, the value
/// behind a credential's name, the user part of an address. `before` is the character in front of `text`.
[[nodiscard]] Match matchShape(std::string_view text, char before);

} // namespace visgate::redaction
