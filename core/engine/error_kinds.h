// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <string>

namespace visgate {

/// Whether the same call may well succeed a moment later.
[[nodiscard]] inline bool isOfTheMoment(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::NetworkTimeout:
    case ErrorCode::RateLimited:
    case ErrorCode::ProviderFailed:
    case ErrorCode::UnexpectedReply:
    case ErrorCode::StoreBusy:
    case ErrorCode::Cancelled:
        return true;
    default:
        return false;
    }
}

/// Whether the provider no longer has what was asked for.
[[nodiscard]] inline bool isGone(const Error& error)
{
    return error.providerStatus == 404 || error.code == ErrorCode::EndpointVanished;
}

/// A request whose `field`, named as in the local API, has a value that cannot be used.
[[nodiscard]] inline Error invalidSetting(const std::string& field)
{
    return Error{ErrorCode::InvalidRequest, field, 0, {}, {field}};
}

} // namespace visgate
