// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/bucket.h"

#include "core/foundation/backoff.h"
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/hash.h"
#include "worker/delivery/bucket_replies.h"
#include "worker/delivery/upload_address.h"
#include "worker/queue/pause.h"

#include <algorithm>

namespace visgate::worker {
namespace {

constexpr std::uint64_t mostParts = 10'000;
constexpr std::chrono::hours readable{7 * 24};

/// RFC 3986, with the slashes of the key as they are: S3 takes a path as it is written, "//" and ".." included.
std::string encodedPath(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('/'), text.size());
        out += http::percentEncode(text.substr(0, end));
        if (end < text.size()) {
            out += '/';
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

bool isWorthAnotherTry(const Result<WebReply>& reply)
{
    if (!reply) {
        return reply.error().code != ErrorCode::Cancelled;
    }
    return reply->status >= 500 || reply->status == 429 || reply->status == 408
        || errorCodeIn(reply->body) == "RequestTimeout" || isErrorInDisguise(*reply);
}

bool isGood(const Result<WebReply>& reply)
{
    return reply && reply->status >= 200 && reply->status < 300 && !isErrorInDisguise(*reply);
}

Error refusal(const WebReply& reply)
{
    const std::string code = errorCodeIn(reply.body);
    return Error{ErrorCode::StorageRefused,
        "the bucket answered " + std::to_string(reply.status) + (code.empty() ? "" : " " + code), reply.status, {}, {}};
}

} // namespace

std::string regionOf(const std::string& endpoint)
{
    const std::string host = hostOf(endpoint);
    const auto before = [&host](std::string_view end) {
        const std::string_view rest = std::string_view(host).substr(0, host.size() - end.size());
        return std::string(rest.substr(rest.rfind('.') + 1));
    };
    if (host.ends_with(".amazonaws.com")) {
        const std::string region = before(".amazonaws.com");
        return region == "s3" ? "us-east-1" : region;
    }
    if (host.ends_with(".digitaloceanspaces.com")) {
        return before(".digitaloceanspaces.com");
    }
    return host.ends_with(".r2.cloudflarestorage.com") ? "auto" : "us-east-1";
}

Bucket::Bucket(const BucketAccess& access, Transport& transport, const Clock& clock, Limits limits)
    : m_access(access), m_transport(transport), m_clock(clock), m_limits(limits)
{
}

std::string Bucket::target(const std::string& key, const std::string& query) const
{
    std::string path = pathOf(m_access.endpoint);
    path += '/' + encodedPath(m_access.name);
    if (!key.empty()) {
        path += '/' + encodedPath(key);
    }
    return query.empty() ? path : path + '?' + query;
}

WebRequest Bucket::signedRequest(const Call& call) const
{
    http::Request signedCall{
        call.method, call.target, {{"Host", hostOf(m_access.endpoint)}, {"Content-Type", call.contentType}}, {}, {}};
    const sigv4::Credentials credentials{m_access.accessKeyId, m_access.secretKey.clone(), m_access.sessionToken};
    sigv4::sign(signedCall, {m_access.region, "s3"}, credentials, m_clock.now() + m_skew, sha256Hex(call.body));
    WebRequest request;
    request.method = call.method;
    request.url = originOf(m_access.endpoint) + call.target;
    request.headers = signedCall.headers.all();
    request.timeout = m_limits.callPatience;
    request.reach = m_access.reach;
    request.isPathLiteral = true;
    return request;
}

/// A clock that is off by a quarter of an hour, as after a machine was frozen and woken, makes every signature void:
/// the service says what time it is.
bool Bucket::learnsTime(const WebReply& reply)
{
    const auto now = timeIn(reply);
    if (reply.status != 403 || errorCodeIn(reply.body) != "RequestTimeTooSkewed" || !now || m_skew.count() != 0) {
        return false;
    }
    m_skew = std::chrono::duration_cast<std::chrono::seconds>(*now - m_clock.now());
    return m_skew.count() != 0;
}

/// The body lies in the request while it is sent, and comes back from it: it is large.
Result<WebReply> Bucket::send(Call& call, const http::CancelToken& cancel, int& attempts)
{
    Backoff backoff(m_limits.backoffLeast, m_limits.backoffMost, seededRandom());
    for (attempts = 1;; ++attempts) {
        WebRequest request = signedRequest(call);
        request.body = std::move(call.body);
        const auto reply = m_transport.send(request, cancel);
        call.body = std::move(request.body);
        if (isGood(reply) || (reply && reply->status == 404)) {
            return reply;
        }
        if (reply && learnsTime(*reply)) {
            continue;
        }
        if (!isWorthAnotherTry(reply) || attempts >= m_limits.attempts || !pauseFor(backoff.next(), cancel)) {
            return reply ? fail(refusal(*reply)) : fail(reply.error());
        }
    }
}

Result<WebReply> Bucket::send(Call call, const http::CancelToken& cancel)
{
    int attempts = 0;
    auto reply = send(call, cancel, attempts);
    return reply && reply->status == 404 ? fail(refusal(*reply)) : std::move(reply);
}

Result<void> Bucket::put(
    const std::string& key, const std::string& contentType, const UploadSource& source, const http::CancelToken& cancel)
{
    if (source.size > m_limits.partsFrom) {
        return putParts(key, contentType, source, cancel);
    }
    auto bytes = source.read(0, static_cast<std::size_t>(source.size));
    if (!bytes) {
        return fail(bytes.error());
    }
    const auto reply = send(Call{"PUT", target(key), contentType, std::move(*bytes)}, cancel);
    return reply ? Result<void>() : fail(reply.error());
}

Result<void> Bucket::putParts(
    const std::string& key, const std::string& contentType, const UploadSource& source, const http::CancelToken& cancel)
{
    Call begin{"POST", target(key, "uploads="), contentType};
    int attempts = 0;
    const auto begun = send(begin, cancel, attempts);
    const std::string upload = begun ? elementOf(begun->body, "UploadId") : std::string();
    if (attempts > 1) {
        giveUpOthers(key, upload); // an answer that was lost may have begun one
    }
    if (!begun) {
        return fail(begun.error());
    }
    if (begun->status == 404 || upload.empty()) {
        return fail(refusal(*begun));
    }
    auto parts = sendParts(key, upload, source, cancel);
    const auto done = parts ? complete(key, upload, std::move(*parts), source.size, cancel) : fail(parts.error());
    if (!done) {
        giveUp(key, upload);
    }
    return done;
}

/// The list of them, as complete() wants it.
Result<std::string> Bucket::sendParts(
    const std::string& key, const std::string& upload, const UploadSource& source, const http::CancelToken& cancel)
{
    const std::uint64_t partBytes = std::max(m_limits.partBytes, (source.size + mostParts - 1) / mostParts);
    std::string list;
    int number = 1;
    for (std::uint64_t offset = 0; offset < source.size; offset += partBytes, ++number) {
        auto bytes = source.read(offset, static_cast<std::size_t>(std::min(partBytes, source.size - offset)));
        if (!bytes) {
            return fail(bytes.error());
        }
        const std::string query = "partNumber=" + std::to_string(number) + "&uploadId=" + http::percentEncode(upload);
        const auto reply = send(Call{"PUT", target(key, query), "application/octet-stream", std::move(*bytes)}, cancel);
        if (!reply) {
            return fail(reply.error());
        }
        const std::string tag(reply->headers.get("ETag"));
        if (tag.empty()) {
            return fail(ErrorCode::StorageRefused, "the bucket gave a part no tag");
        }
        list += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" + escapedXml(tag)
            + "</ETag></Part>";
    }
    return list;
}

Result<void> Bucket::complete(const std::string& key, const std::string& upload, std::string list, std::uint64_t size,
    const http::CancelToken& cancel)
{
    Call call{"POST", target(key, "uploadId=" + http::percentEncode(upload)), "application/xml",
        "<CompleteMultipartUpload>" + std::move(list) + "</CompleteMultipartUpload>"};
    int attempts = 0;
    const auto reply = send(call, cancel, attempts);
    if (!reply) {
        return fail(reply.error());
    }
    // The answer to an earlier try may have been lost: the upload is gone then because it is complete.
    if (reply->status == 404 && !(attempts > 1 && isThere(key, size, cancel))) {
        return fail(refusal(*reply));
    }
    return {};
}

bool Bucket::isThere(const std::string& key, std::uint64_t size, const http::CancelToken& cancel)
{
    const auto reply = send(Call{"HEAD", target(key)}, cancel);
    return reply && reply->headers.get("Content-Length") == std::to_string(size);
}

/// Also where the job was cancelled: parts that nobody joins cost storage until somebody deletes them.
void Bucket::giveUp(const std::string& key, const std::string& upload)
{
    const http::CancelToken own;
    Call call{"DELETE", target(key, "uploadId=" + http::percentEncode(upload))};
    for (int attempt = 0; attempt < m_limits.attempts; ++attempt) {
        WebRequest request = signedRequest(call);
        request.timeout = m_limits.abortPatience;
        const auto reply = m_transport.send(request, own);
        if ((isGood(reply) || !isWorthAnotherTry(reply)) || !pauseFor(m_limits.backoffLeast, own)) {
            return;
        }
    }
}

void Bucket::giveUpOthers(const std::string& key, const std::string& kept)
{
    const http::CancelToken own;
    WebRequest request = signedRequest(Call{"GET", target({}, "prefix=" + http::percentEncode(key) + "&uploads=")});
    request.timeout = m_limits.abortPatience;
    const auto reply = m_transport.send(request, own);
    if (!isGood(reply)) {
        return;
    }
    for (const std::string& upload : elementsOf(reply->body, "Upload")) {
        if (const std::string id = elementOf(upload, "UploadId"); elementOf(upload, "Key") == key && id != kept) {
            giveUp(key, id);
        }
    }
}

std::string Bucket::address(const std::string& key) const
{
    if (!m_access.publicBase.empty()) {
        return m_access.publicBase + '/' + encodedPath(key);
    }
    const sigv4::Credentials credentials{m_access.accessKeyId, m_access.secretKey.clone(), m_access.sessionToken};
    return originOf(m_access.endpoint)
        + sigv4::presign("GET", hostOf(m_access.endpoint), target(key), {m_access.region, "s3"}, credentials,
            m_clock.now() + m_skew, readable);
}

} // namespace visgate::worker
