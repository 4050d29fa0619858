// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/client.h"
#include "core/foundation/http/message.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "worker/queue/transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace visgate::worker {

/// A bucket of any service that speaks S3, addressed by path, and the keys to it.
struct BucketAccess {
    std::string endpoint; ///< "https://s3.eu-central-1.amazonaws.com", perhaps with a path of its own
    std::string region;
    std::string name;
    std::string prefix; ///< before each key, as it is
    std::string accessKeyId;
    Secret secretKey;
    std::string sessionToken; ///< empty for lasting keys
    std::string publicBase;   ///< where everybody reads what lies in it; empty: by signed addresses
    Reach reach = Reach::NoLinkLocal;
};

/// What a service's address says of the region that its signatures name: of AWS and DigitalOcean the one in the host,
/// of R2 "auto", else "us-east-1".
[[nodiscard]] std::string regionOf(const std::string& endpoint);

/// Bytes that are not all in memory at once.
struct UploadSource {
    std::uint64_t size = 0;
    /// So many bytes from this place on, never fewer.
    std::function<Result<std::string>(std::uint64_t offset, std::size_t length)> read;
};

/// Puts objects into one bucket, each call with Signature Version 4 and its body's hash. For one thread.
class Bucket {
public:
    struct Limits {
        std::uint64_t partsFrom = 100'000'000; ///< what is larger goes in parts
        std::uint64_t partBytes = 16U << 20U;  ///< S3 wants 5 MiB at least, and 10,000 parts at most
        int attempts = 4;                      ///< of each call
        std::chrono::milliseconds backoffLeast{500};
        std::chrono::milliseconds backoffMost{8'000};
        std::chrono::milliseconds callPatience{120'000};
        std::chrono::milliseconds abortPatience{10'000};
    };

    /// `access`, `transport` and `clock` must outlive it.
    Bucket(const BucketAccess& access, Transport& transport, const Clock& clock, Limits limits);

    /// StorageRefused (the service's own code), NetworkUnreachable and the like, Cancelled. Of an object in parts that
    /// does not come to its end nothing is left behind, so far as the service can be reached.
    [[nodiscard]] Result<void> put(const std::string& key, const std::string& contentType, const UploadSource& source,
        const http::CancelToken& cancel);
    /// Where the object is read: in public, or by an address that is signed for a week, the longest that S3 allows.
    [[nodiscard]] std::string address(const std::string& key) const;

private:
    struct Call {
        std::string method;
        std::string target; ///< path and query, encoded
        std::string contentType = "application/octet-stream";
        std::string body = {};
    };
    [[nodiscard]] std::string target(const std::string& key, const std::string& query = {}) const;
    [[nodiscard]] WebRequest signedRequest(const Call& call) const;
    [[nodiscard]] Result<WebReply> send(Call& call, const http::CancelToken& cancel, int& attempts);
    [[nodiscard]] Result<WebReply> send(Call call, const http::CancelToken& cancel);
    [[nodiscard]] bool learnsTime(const WebReply& reply);

    [[nodiscard]] Result<void> putParts(const std::string& key, const std::string& contentType,
        const UploadSource& source, const http::CancelToken& cancel);
    [[nodiscard]] Result<std::string> sendParts(
        const std::string& key, const std::string& upload, const UploadSource& source, const http::CancelToken& cancel);
    [[nodiscard]] Result<void> complete(const std::string& key, const std::string& upload, std::string list,
        std::uint64_t size, const http::CancelToken& cancel);
    [[nodiscard]] bool isThere(const std::string& key, std::uint64_t size, const http::CancelToken& cancel);
    void giveUp(const std::string& key, const std::string& upload);
    void giveUpOthers(const std::string& key, const std::string& kept);

    const BucketAccess& m_access;
    Transport& m_transport;
    const Clock& m_clock;
    const Limits m_limits;
    std::chrono::seconds m_skew{0}; ///< of the service's clock against ours
};

} // namespace visgate::worker
