// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/delivery/bucket.h"
#include "worker/delivery/picture_result.h"
#include "worker/queue/transport.h"

#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// Where a job wants its files.
struct UploadTarget {
    std::string jobId;
    std::vector<std::string> addresses; ///< presigned, one a file
    std::optional<BucketAccess> bucket; ///< the job's own
};

/// Puts what a job made where it belongs: to the addresses that the job brought, else into the bucket that it named,
/// else into the worker's. Without any of them results carry their files. For one thread.
class Uploads {
public:
    Uploads(std::optional<BucketAccess> own, const Clock& clock, Bucket::Limits limits = {});

    /// What was put keeps its address in place of its bytes. What cannot be put stays as it is, and the return value
    /// says why; it is empty if nothing went wrong.
    [[nodiscard]] std::string put(
        std::vector<PictureFile>& files, const UploadTarget& target, const http::CancelToken& cancel);

private:
    [[nodiscard]] std::string putInto(const BucketAccess& access, std::vector<PictureFile>& files,
        const std::string& jobId, const http::CancelToken& cancel);

    const std::optional<BucketAccess> m_own;
    const Clock& m_clock;
    const Bucket::Limits m_limits;
    Transport m_transport;
};

} // namespace visgate::worker
