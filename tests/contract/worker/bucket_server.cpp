// SPDX-License-Identifier: GPL-3.0-or-later
#include "bucket_server.h"

#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/hash.h"
#include "worker/delivery/bucket_replies.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace visgate::worker {
namespace {

constexpr auto tolerance = std::chrono::minutes(15);

http::Response error(int status, const std::string& code)
{
    return {status, {{"Content-Type", "application/xml"}},
        "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><AWSAccessKeyId>" + BucketServer::keyId
            + "</AWSAccessKeyId></Error>"};
}

http::Response xml(const std::string& body)
{
    return {200, {{"Content-Type", "application/xml"}}, "<?xml version=\"1.0\"?>\n" + body};
}

std::string between(std::string_view text, std::string_view before, char end)
{
    const std::size_t at = text.find(before);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = text.substr(at + before.size());
    return std::string(rest.substr(0, rest.find(end)));
}

std::optional<TimePoint> timeOf(const std::string& basic)
{
    TimePoint time;
    const bool isTime = basic.size() == 16
        && parseUtc(basic.substr(0, 4) + '-' + basic.substr(4, 2) + '-' + basic.substr(6, 5) + ':' + basic.substr(11, 2)
                + ':' + basic.substr(13),
            time);
    return isTime ? std::optional(time) : std::nullopt;
}

/// "24 May 2013 00:00:00 GMT"
std::string httpDate(TimePoint time)
{
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string text = formatUtc(time);
    return text.substr(8, 2) + ' ' + months.at(static_cast<std::size_t>(std::stoi(text.substr(5, 2)) - 1)) + ' '
        + text.substr(0, 4) + ' ' + text.substr(11, 8) + " GMT";
}

sigv4::Credentials credentials()
{
    return {BucketServer::keyId, Secret(BucketServer::secret), {}};
}

std::string nameOf(const http::Request& request)
{
    const bool hasUpload = request.hasQuery("uploadId");
    if (request.method == "PUT") {
        return hasUpload ? "part" : "put";
    }
    if (request.method == "POST") {
        return hasUpload ? "complete" : "begin";
    }
    if (request.method == "DELETE") {
        return "abort";
    }
    return request.method == "HEAD" ? "head" : request.hasQuery("uploads") ? "list" : "get";
}

std::string tagOf(const std::string& bytes)
{
    return '"' + sha256Hex(bytes).substr(0, 32) + '"';
}

} // namespace

BucketServer::BucketServer()
{
    http::ServerLimits limits;
    limits.bodyBytes = 64 * 1024 * 1024;
    limits.heldBytes = 256 * 1024 * 1024;
    auto server = http::Server::start(
        {}, [this](const std::shared_ptr<http::Exchange>& exchange) { handle(exchange); }, limits);
    if (!server) {
        throw std::runtime_error(server.error().detail);
    }
    m_server = std::move(*server);
}

BucketServer::~BucketServer()
{
    m_server.reset(); // before what its thread uses
}

std::string BucketServer::base() const
{
    return "http://127.0.0.1:" + std::to_string(m_server->port());
}

BucketAccess BucketServer::access() const
{
    BucketAccess access;
    access.endpoint = base();
    access.region = region;
    access.name = bucket;
    access.accessKeyId = keyId;
    access.secretKey = Secret(secret);
    access.reach = Reach::ThisComputer;
    return access;
}

void BucketServer::fail(Faults faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = std::move(faults);
}

std::optional<std::string> BucketServer::object(const std::string& key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_objects.find(key);
    return found == m_objects.end() ? std::nullopt : std::optional(found->second);
}

std::size_t BucketServer::objects() const
{
    const std::lock_guard lock(m_mutex);
    return m_objects.size();
}

std::size_t BucketServer::openUploads() const
{
    const std::lock_guard lock(m_mutex);
    return m_uploads.size();
}

std::vector<std::string> BucketServer::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

std::size_t BucketServer::largestBody() const
{
    const std::lock_guard lock(m_mutex);
    return m_largestBody;
}

void BucketServer::handle(const std::shared_ptr<http::Exchange>& exchange)
{
    const std::lock_guard lock(m_mutex);
    const http::Request& request = exchange->request();
    const std::string name = nameOf(request);
    m_asked.push_back(name);
    m_largestBody = std::max(m_largestBody, request.body.size());
    const auto fault = m_faults ? m_faults(name, request) : std::nullopt;
    if (fault == Fault::Cut) {
        exchange->abort();
        return;
    }
    if (fault == Fault::Busy || fault == Fault::Untrue) {
        exchange->respond(error(fault == Fault::Busy ? 503 : 200, "SlowDown"));
        return;
    }
    const std::string root = std::string("/") + bucket;
    const bool isOurs = request.path() == root || request.path().starts_with(root + '/');
    const std::string key
        = http::percentDecode(request.path().substr(std::min(request.path().size(), root.size() + 1)));
    auto refused = request.hasQuery("X-Amz-Signature") ? refusesPresigned(request) : refuses(request);
    http::Response reply = refused ? std::move(*refused)
        : isOurs                   ? answer(name, key, request)
                                   : error(404, "NoSuchBucket");
    if (fault == Fault::Lost) {
        exchange->abort();
    } else {
        exchange->respond(std::move(reply));
    }
}

std::optional<http::Response> BucketServer::refuses(const http::Request& request) const
{
    const std::string_view header = request.headers.get("Authorization");
    const std::string date(request.headers.get("X-Amz-Date"));
    const auto time = timeOf(date);
    if (!time || between(header, "Credential=", '/') != keyId) {
        return error(403, "InvalidAccessKeyId");
    }
    if (now() - *time > tolerance || *time - now() > tolerance) {
        http::Response reply = error(403, "RequestTimeTooSkewed");
        reply.headers.set("Date", httpDate(now()));
        return reply;
    }
    http::Request same{request.method, request.target, {}, {}, {}};
    std::string names = between(header, "SignedHeaders=", ',') + ';';
    for (std::size_t end = names.find(';'); end != std::string::npos; end = names.find(';')) {
        const std::string one = names.substr(0, end);
        names.erase(0, end + 1);
        if (!one.starts_with("x-amz-")) {
            same.headers.set(one, std::string(request.headers.get(one)));
        }
    }
    const std::string_view payload = request.headers.get("X-Amz-Content-Sha256");
    sigv4::sign(same, {region, "s3"}, credentials(), *time, payload);
    if (between(same.headers.get("Authorization"), "Signature=", ',') != between(header, "Signature=", ',')) {
        return error(403, "SignatureDoesNotMatch");
    }
    return payload == sha256Hex(request.body) ? std::nullopt : std::optional(error(400, "XAmzContentSHA256Mismatch"));
}

std::optional<http::Response> BucketServer::refusesPresigned(const http::Request& request) const
{
    const auto time = timeOf(request.query("X-Amz-Date"));
    if (!time || now() > *time + std::chrono::hours(7 * 24) || now() < *time - tolerance) {
        return error(403, "AccessDenied");
    }
    const std::string right = sigv4::presign(request.method, request.headers.get("Host"), request.path(),
        {region, "s3"}, credentials(), *time, std::chrono::hours(7 * 24));
    return right.ends_with("X-Amz-Signature=" + request.query("X-Amz-Signature"))
        ? std::nullopt
        : std::optional(error(403, "SignatureDoesNotMatch"));
}

http::Response BucketServer::answer(const std::string& name, const std::string& key, const http::Request& request)
{
    const auto upload = m_uploads.find(request.query("uploadId"));
    const bool isPart = name == "part" || name == "complete" || name == "abort";
    if (isPart && upload == m_uploads.end()) {
        return error(404, "NoSuchUpload");
    }
    if (name == "put") {
        m_objects[key] = request.body;
        return {200, {{"ETag", tagOf(request.body)}}, {}};
    }
    if (name == "begin") {
        const std::string id = "an/id+of=" + std::to_string(++m_begun);
        m_uploads[id] = Upload{key, {}};
        return xml("<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }
    if (name == "part") {
        upload->second.parts[std::stoi(request.query("partNumber"))] = request.body;
        return {200, {{"ETag", tagOf(request.body)}}, {}};
    }
    if (name == "complete") {
        return complete(request);
    }
    if (name == "abort") {
        m_uploads.erase(upload);
        return {204, {}, {}};
    }
    if (name == "list") {
        return xml(listOfUploads(request.query("prefix")));
    }
    const auto found = m_objects.find(key);
    return found == m_objects.end() ? error(404, "NoSuchKey") : http::Response{200, {}, found->second};
}

http::Response BucketServer::complete(const http::Request& request)
{
    const auto upload = m_uploads.find(request.query("uploadId"));
    std::string bytes;
    for (const std::string& part : elementsOf(request.body, "Part")) {
        const auto found = upload->second.parts.find(std::stoi(elementOf(part, "PartNumber")));
        if (found == upload->second.parts.end() || elementOf(part, "ETag") != tagOf(found->second)) {
            return error(400, "InvalidPart");
        }
        bytes += found->second;
    }
    m_objects[upload->second.key] = std::move(bytes);
    m_uploads.erase(upload);
    return xml("<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
}

std::string BucketServer::listOfUploads(const std::string& prefix) const
{
    std::string list;
    for (const auto& [id, upload] : m_uploads) {
        if (upload.key.starts_with(prefix)) {
            list += "<Upload><Key>" + escapedXml(upload.key) + "</Key><UploadId>" + id + "</UploadId></Upload>";
        }
    }
    return "<ListMultipartUploadsResult>" + list + "</ListMultipartUploadsResult>";
}

} // namespace visgate::worker
