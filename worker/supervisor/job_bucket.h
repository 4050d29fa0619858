// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/delivery/bucket.h"
#include "worker/supervisor/job_input.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

namespace visgate::worker {

/// A job's `s3Config`, which the queue API passes on: `{accessId, accessSecret, bucketName, endpointUrl}`, and `region`
/// where the address does not tell it. None without one; what cannot be used is named in `bad`.
[[nodiscard]] std::optional<BucketAccess> bucketOfJob(const nlohmann::json& job, std::vector<BadField>& bad);

} // namespace visgate::worker
