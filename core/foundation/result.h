// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <tl/expected.hpp>

namespace visgate {

/// The outcome of anything that may fail in an expected way. Exceptions do not cross a module.
template <typename T> using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::NotFound, "dep_2026_…");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail), 0, {}, {}});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace visgate
