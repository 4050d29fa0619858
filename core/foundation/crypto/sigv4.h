// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/message.h"
#include "core/foundation/secret.h"

#include <chrono>
#include <string>
#include <string_view>

/// AWS Signature Version 4 for S3 and what speaks its dialect. Source: "Authenticating Requests (AWS Signature
/// Version 4)" of the S3 API reference. Nothing here touches the network.
namespace visgate::sigv4 {

struct Credentials {
    std::string accessKeyId;
    Secret secretKey;
    std::string sessionToken; ///< empty for lasting keys
};

struct Scope {
    std::string region;
    std::string service = "s3";
};

/// For bodies that are not hashed before they are sent; S3 takes it over TLS.
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";

/// Adds X-Amz-Date, X-Amz-Content-Sha256 (always: S3 demands it), X-Amz-Security-Token where there is a token, and
/// Authorization. Every header present is signed, so `Host` must be among them and nothing may be changed afterwards.
/// `target` is percent-encoded already. `payloadHash`: lower-case hex SHA-256 of the body, or kUnsignedPayload.
void sign(http::Request& request, const Scope& scope, const Credentials& credentials, TimePoint now,
    std::string_view payloadHash);

/// The target with a signature in its query: whoever has it may make this one request until it expires (S3 allows one
/// second to seven days). Only Host is signed.
[[nodiscard]] std::string presign(std::string_view method, std::string_view host, std::string_view target,
    const Scope& scope, const Credentials& credentials, TimePoint now, std::chrono::seconds validity);

} // namespace visgate::sigv4
