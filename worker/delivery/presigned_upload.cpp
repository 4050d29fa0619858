// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/presigned_upload.h"

#include "core/foundation/base64.h"
#include "core/foundation/json/json_value.h"
#include "worker/delivery/upload_address.h"
#include "worker/queue/transport.h"

namespace visgate::worker {
namespace {

constexpr std::chrono::milliseconds patience{120'000};
constexpr int uploadAttempts = 3;

bool put(Transport& transport, const std::string& address, const std::string& type, const std::string& bytes,
    const http::CancelToken& cancel, std::string& why)
{
    const auto reach = reachOf(address);
    if (!reach) {
        why = "not an address that may be written to";
        return false;
    }
    for (int attempt = 0; attempt < uploadAttempts && !cancel.isCancelled(); ++attempt) {
        WebRequest request;
        request.method = "PUT";
        request.url = address;
        request.headers = {{"Content-Type", type}};
        request.body = bytes;
        request.timeout = patience;
        request.reach = *reach;
        const auto reply = transport.send(request, cancel);
        if (reply && reply->status >= 200 && reply->status < 300) {
            return true;
        }
        why = reply ? "status " + std::to_string(reply->status) : reply.error().detail;
        if (reply && reply->status < 500) {
            return false; // refused; asking again changes nothing
        }
    }
    return false;
}

} // namespace

bool isUploadAddress(const std::string& address)
{
    return reachOf(address).has_value();
}

void uploadArtifacts(nlohmann::json& result, const std::vector<std::string>& addresses, Transport& transport,
    const http::CancelToken& cancel)
{
    auto& artifacts = result["artifacts"];
    for (std::size_t i = 0; i < artifacts.size() && i < addresses.size(); ++i) {
        auto& artifact = artifacts[i];
        const auto bytes = base64Decode(artifact.value("data", ""));
        std::string why = "not a picture";
        if (bytes && put(transport, addresses[i], artifact.value("content_type", ""), *bytes, cancel, why)) {
            artifact.erase("data");
            artifact["url"] = addresses[i].substr(0, addresses[i].find('?'));
        } else {
            result["upload_error"] = why;
        }
    }
}

} // namespace visgate::worker
