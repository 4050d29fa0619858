// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/job_bucket.h"

#include "core/foundation/json/json_read.h"
#include "worker/delivery/upload_address.h"

namespace visgate::worker {

std::optional<BucketAccess> bucketOfJob(const nlohmann::json& job, std::vector<BadField>& bad)
{
    const nlohmann::json* const config = visgate::json::find(job, "s3Config");
    if (config == nullptr || config->is_null()) {
        return std::nullopt;
    }
    const std::size_t badBefore = bad.size();
    const auto needed = [&](const char* name) {
        std::string value = visgate::json::text(*config, name);
        if (value.empty()) {
            bad.push_back({std::string("s3Config.") + name, "is missing"});
        }
        return value;
    };
    BucketAccess access;
    access.accessKeyId = needed("accessId");
    access.secretKey = Secret(needed("accessSecret"));
    access.name = needed("bucketName");
    access.endpoint = needed("endpointUrl");
    const auto reach = reachOf(access.endpoint);
    if (!access.endpoint.empty() && !reach) {
        bad.push_back({"s3Config.endpointUrl", "must be an https address"});
    }
    if (bad.size() > badBefore) {
        return std::nullopt;
    }
    access.reach = *reach;
    access.region = visgate::json::text(*config, "region");
    if (access.region.empty()) {
        access.region = regionOf(access.endpoint);
    }
    return access;
}

} // namespace visgate::worker
