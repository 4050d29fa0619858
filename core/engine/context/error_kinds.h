// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <string>
#include <utility>

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

/// Whether it is unknown if a key is stored: the keychain is locked, silent or not there.
[[nodiscard]] inline bool isOfTheKeychain(ErrorCode code)
{
    return code == ErrorCode::KeychainLocked || code == ErrorCode::KeychainUnavailable;
}

/// Whether there is no key to ask with, stored nowhere or out of reach, or not even the account it would be for.
[[nodiscard]] inline bool isWithoutKey(ErrorCode code)
{
    return code == ErrorCode::KeyMissing || code == ErrorCode::AccountUnknown || isOfTheKeychain(code);
}

/// What the hub refused, or why the token for it could not be read: that is not a licence that was not accepted.
template <typename Token> [[nodiscard]] Error orOfToken(Error refused, const Result<Token>& token)
{
    return refused.code == ErrorCode::LicenceNotAccepted && !token ? token.error() : std::move(refused);
}

/// Whether the provider no longer has what was asked for.
[[nodiscard]] inline bool isGone(const Error& error)
{
    return error.providerStatus == 404 || error.code == ErrorCode::EndpointVanished;
}

/// How often in a row "no such job" must be said of a small job of our own before another one is paid for in its place.
inline constexpr int kBelievedDenials = 20;

/// A request whose `field`, named as in the local API, has a value that cannot be used.
[[nodiscard]] inline Error invalidSetting(const std::string& field)
{
    return Error{ErrorCode::InvalidRequest, field, 0, {}, {field}};
}

} // namespace visgate
