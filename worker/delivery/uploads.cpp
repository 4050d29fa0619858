// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/uploads.h"

#include "core/foundation/path_text.h"
#include "worker/delivery/presigned_upload.h"

#include <algorithm>
#include <fstream>

namespace visgate::worker {
namespace {

/// The id of a job is the provider's, and may hold what would lead elsewhere.
std::string plainName(std::string id)
{
    constexpr std::string_view plain = "-_.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::replace_if(
        id.begin(), id.end(), [plain](char c) { return plain.find(c) == std::string_view::npos; }, '_');
    return id;
}

std::string endingOf(const std::string& contentType)
{
    const std::string kind = contentType.substr(contentType.rfind('/') + 1);
    return kind == "jpeg" ? "jpg" : kind;
}

/// `file` must outlive it.
UploadSource sourceOf(const PictureFile& file)
{
    if (file.file.empty()) {
        return {file.bytes.size(), [&file](std::uint64_t offset, std::size_t length) -> Result<std::string> {
                    return file.bytes.substr(static_cast<std::size_t>(offset), length);
                }};
    }
    return {file.size, [&file](std::uint64_t offset, std::size_t length) -> Result<std::string> {
                std::string bytes(length, '\0');
                std::ifstream stream(file.file, std::ios::binary);
                stream.seekg(static_cast<std::streamoff>(offset));
                if (!stream.read(bytes.data(), static_cast<std::streamsize>(length))) {
                    return fail(ErrorCode::FileUnreadable, toUtf8(file.file));
                }
                return bytes;
            }};
}

} // namespace

Uploads::Uploads(std::optional<BucketAccess> own, const Clock& clock, Bucket::Limits limits)
    : m_own(std::move(own)), m_clock(clock), m_limits(limits)
{
}

std::string Uploads::put(std::vector<PictureFile>& files, const UploadTarget& target, const http::CancelToken& cancel)
{
    if (!target.addresses.empty()) {
        return uploadFiles(files, target.addresses, m_transport, cancel);
    }
    if (target.bucket) {
        return putInto(*target.bucket, files, target.jobId, cancel);
    }
    return m_own ? putInto(*m_own, files, target.jobId, cancel) : std::string();
}

std::string Uploads::putInto(const BucketAccess& access, std::vector<PictureFile>& files, const std::string& jobId,
    const http::CancelToken& cancel)
{
    Bucket bucket(access, m_transport, m_clock, m_limits);
    std::string error;
    for (std::size_t i = 0; i < files.size(); ++i) {
        PictureFile& file = files[i];
        const std::string key
            = access.prefix + plainName(jobId) + '-' + std::to_string(i + 1) + '.' + endingOf(file.contentType);
        if (const auto put = bucket.put(key, file.contentType, sourceOf(file), cancel); !put) {
            error = put.error().detail.empty() ? "there was no time left" : put.error().detail;
            continue;
        }
        file.bytes.clear();
        file.key = key;
        file.url = bucket.address(key);
    }
    return error;
}

} // namespace visgate::worker
