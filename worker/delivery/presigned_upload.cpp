// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/presigned_upload.h"

#include "worker/delivery/upload_address.h"
#include "worker/queue/transport.h"

namespace visgate::worker {
namespace {

constexpr std::chrono::milliseconds uploadPatience{120'000};
constexpr int uploadAttempts = 3;

constexpr std::chrono::seconds uploadSilence{60};

/// Empty if it worked. The bytes lie in the request meanwhile, and come back from it: they are many.
std::string put(Transport& transport, const std::string& address, PictureFile& file, const http::CancelToken& cancel)
{
    const auto reach = reachOf(address);
    if (!reach) {
        return "not an address that may be written to";
    }
    WebRequest request;
    request.method = "PUT";
    request.url = address;
    request.headers = {{"Content-Type", file.contentType}};
    request.body = std::move(file.bytes);
    request.bodyFile = file.file;
    // A file may take as long as it keeps moving: whoever watches over the job ends it.
    request.timeout = file.file.empty() ? uploadPatience : std::chrono::milliseconds(0);
    request.silence = file.file.empty() ? std::chrono::seconds(0) : uploadSilence;
    request.reach = *reach;
    const std::string stopped = "there was no time left";
    std::string why = stopped;
    for (int attempt = 0; attempt < uploadAttempts && !cancel.isCancelled(); ++attempt) {
        const auto reply = transport.send(request, cancel);
        if (reply && reply->status >= 200 && reply->status < 300) {
            file.bytes.clear();
            file.url = address.substr(0, address.find('?'));
            return {};
        }
        why = reply ? "status " + std::to_string(reply->status) : reply.error().detail;
        if (why.empty()) {
            why = stopped;
        }
        if (reply && reply->status < 500) {
            break; // refused; asking again changes nothing
        }
    }
    file.bytes = std::move(request.body);
    return why;
}

} // namespace

bool isUploadAddress(const std::string& address)
{
    return reachOf(address).has_value();
}

std::string uploadFiles(std::vector<PictureFile>& files, const std::vector<std::string>& addresses,
    Transport& transport, const http::CancelToken& cancel)
{
    std::string error;
    for (std::size_t i = 0; i < files.size() && i < addresses.size(); ++i) {
        if (const std::string why = put(transport, addresses[i], files[i], cancel); !why.empty()) {
            error = why;
        }
    }
    return error;
}

} // namespace visgate::worker
