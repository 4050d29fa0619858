// SPDX-License-Identifier: GPL-3.0-or-later
// The S3 side of the network volumes, and one bucket of the user's own. Every call carries Signature Version 4, which
// is really checked: the body's hash, the time, the signed headers.
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/hash.h"
#include "core/practice/storage/object_store.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

namespace {

constexpr std::string_view kScheme = "AWS4-HMAC-SHA256 ";
constexpr auto kTolerance = std::chrono::minutes(15); ///< the volumes' own service allows an hour
constexpr std::int64_t kGigabyte = 1'000'000'000;

http::Response xmlError(int status, const std::string& code, const std::string& message)
{
    http::Response reply;
    reply.status = status;
    reply.headers.set("Content-Type", "application/xml");
    reply.body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
    return reply;
}

http::Response xml(const std::string& body)
{
    return {200, {{"Content-Type", "application/xml"}}, "<?xml version=\"1.0\"?>" + body};
}

/// `name=value` out of a comma-separated list.
std::string member(std::string_view list, std::string_view name)
{
    const auto at = list.find(std::string(name) + '=');
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = list.substr(at + name.size() + 1);
    return std::string(rest.substr(0, rest.find(',')));
}

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// "20130524T000000Z" as a time.
std::optional<TimePoint> timeOf(const std::string& basic)
{
    if (basic.size() != 16)
        return std::nullopt;
    const std::string text = basic.substr(0, 4) + '-' + basic.substr(4, 2) + '-' + basic.substr(6, 5) + ':'
        + basic.substr(11, 2) + ':' + basic.substr(13);
    TimePoint time;
    return parseUtc(text, time) ? std::optional(time) : std::nullopt;
}

struct Claim {
    std::string accessKey;
    sigv4::Scope scope;
    TimePoint time;
};

/// "KEY/20130524/region/s3/aws4_request"
std::optional<Claim> claimOf(const std::string& credential, const std::string& time)
{
    const auto parts = split(credential, '/');
    const auto at = timeOf(time);
    if (parts.size() != 5 || parts[4] != "aws4_request" || !at)
        return std::nullopt;
    return Claim{parts[0], {parts[2], parts[3]}, *at};
}

sigv4::Credentials credentialsOf(const Keys& keys)
{
    return {keys.storageKeyId, Secret(keys.storageSecret), {}};
}

Reply checkPresigned(const Keys& keys, const http::Request& request)
{
    const auto claim = claimOf(request.query("X-Amz-Credential"), request.query("X-Amz-Date"));
    if (!claim || claim->accessKey != keys.storageKeyId)
        return xmlError(403, "InvalidAccessKeyId", "The access key does not exist.");
    int validity = 0;
    const std::string expires = request.query("X-Amz-Expires");
    std::from_chars(expires.data(), expires.data() + expires.size(), validity);
    const TimePoint now = std::chrono::system_clock::now();
    if (validity < 1 || validity > 604'800 || now > claim->time + std::chrono::seconds(validity))
        return xmlError(403, "AccessDenied", "Request has expired");
    // What was signed: the query without our own additions and the signature.
    std::string query;
    for (const std::string& pair : split(request.target.substr(request.path().size() + 1), '&')) {
        if (!pair.starts_with("X-Amz-"))
            query += (query.empty() ? "" : "&") + pair;
    }
    const std::string expected = sigv4::presign(request.method, request.headers.get("Host"),
        std::string(request.path()) + (query.empty() ? "" : "?" + query), claim->scope, credentialsOf(keys),
        claim->time, std::chrono::seconds(validity));
    if (!expected.ends_with("X-Amz-Signature=" + request.query("X-Amz-Signature")))
        return xmlError(403, "SignatureDoesNotMatch", "The signature does not match.");
    return std::nullopt;
}

Reply checkSignature(const Keys& keys, const http::Request& request)
{
    const std::string_view header = request.headers.get("Authorization");
    if (!header.starts_with(kScheme))
        return xmlError(403, "AccessDenied", "Access Denied.");
    const auto claim = claimOf(member(header, "Credential"), std::string(request.headers.get("X-Amz-Date")));
    if (!claim || claim->accessKey != keys.storageKeyId)
        return xmlError(403, "InvalidAccessKeyId", "The access key does not exist.");
    const auto skew = std::chrono::system_clock::now() - claim->time;
    if (skew > kTolerance || skew < -kTolerance)
        return xmlError(403, "RequestTimeTooSkewed", "The clocks differ too much.");
    const std::string payload(request.headers.get("X-Amz-Content-Sha256"));
    http::Request same;
    same.method = request.method;
    same.target = request.target;
    for (const std::string& name : split(member(header, "SignedHeaders"), ';')) {
        if (name != "x-amz-date" && name != "x-amz-content-sha256")
            same.headers.set(name, std::string(request.headers.get(name)));
    }
    sigv4::sign(same, claim->scope, credentialsOf(keys), claim->time, payload);
    if (member(same.headers.get("Authorization"), "Signature") != member(header, "Signature"))
        return xmlError(403, "SignatureDoesNotMatch", "The signature does not match.");
    return std::nullopt;
}

Reply checkSigned(const Keys& keys, const http::Request& request)
{
    if (auto refused = checkSignature(keys, request))
        return refused;
    const std::string_view payload = request.headers.get("X-Amz-Content-Sha256");
    if (payload != sigv4::kUnsignedPayload && payload != sha256Hex(request.body))
        return xmlError(400, "XAmzContentSHA256Mismatch", "The body does not match its hash.");
    return std::nullopt;
}

/// The bucket that a call names: a volume in its own data center, or the user's.
struct Bucket {
    std::string name;
    std::int64_t mostBytes = 0;
    bool takesPresigned = false;
};

std::optional<Bucket> bucketOf(const World& world, const std::string& place, const std::string& name)
{
    if (place == "bucket" && name == userBucket)
        return Bucket{name, 10 * kGigabyte, true};
    const auto volume = world.account.volumes.find(name);
    if (volume == world.account.volumes.end())
        return std::nullopt;
    std::string home = volume->second.dataCenter;
    std::transform(home.begin(), home.end(), home.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (home != place)
        return std::nullopt;
    return Bucket{name, volume->second.sizeGb * kGigabyte, false}; // facts 5: volumes know no presigned addresses
}

Reply putObject(World& world, const Bucket& bucket, const std::string& key, const http::Request& request)
{
    const auto there = static_cast<std::int64_t>(request.body.size());
    if (world.objects.usedBytes(bucket.name) + there > bucket.mostBytes)
        return xmlError(507, "InsufficientStorage", "The volume is full.");
    const std::string tag = '"' + sha256Hex(request.body).substr(0, 32) + '"';
    if (request.hasQuery("uploadId")) {
        int number = 0;
        const std::string text = request.query("partNumber");
        std::from_chars(text.data(), text.data() + text.size(), number);
        if (number < 1 || !world.objects.putPart(request.query("uploadId"), number, request.body))
            return xmlError(404, "NoSuchUpload", "The upload does not exist.");
    } else if (auto kept = world.objects.put(bucket.name, key, request.body); !kept) {
        return xmlError(400, "InvalidArgument", kept.error().detail);
    }
    return http::Response{200, {{"ETag", tag}}, {}};
}

Reply getObject(const World& world, const Bucket& bucket, const std::string& key, const http::Request& request)
{
    const bool isHead = request.method == "HEAD";
    if (isHead) {
        const auto size = world.objects.size(bucket.name, key);
        if (!size)
            return http::Response{404, {}, {}};
        auto bytes = world.objects.get(bucket.name, key);
        return http::Response{200, {{"Content-Type", "application/octet-stream"}}, std::move(*bytes)};
    }
    auto bytes = world.objects.get(bucket.name, key);
    if (!bytes)
        return xmlError(404, "NoSuchKey", "The specified key does not exist.");
    return http::Response{200, {{"Content-Type", "application/octet-stream"}}, std::move(*bytes)};
}

Reply postObject(World& world, const Bucket& bucket, const std::string& key, const http::Request& request)
{
    if (request.hasQuery("uploads")) {
        const std::string id = world.objects.beginParts(bucket.name, key);
        return xml("<InitiateMultipartUploadResult><Bucket>" + bucket.name + "</Bucket><UploadId>" + id
            + "</UploadId></InitiateMultipartUploadResult>");
    }
    if (auto done = world.objects.completeParts(request.query("uploadId")); !done)
        return xmlError(404, "NoSuchUpload", "The upload does not exist.");
    return xml("<CompleteMultipartUploadResult><Bucket>" + bucket.name + "</Bucket></CompleteMultipartUploadResult>");
}

Reply listObjects(const World& world, const Bucket& bucket, const http::Request& request)
{
    std::string items;
    for (const std::string& key : world.objects.keys(bucket.name, request.query("prefix"))) {
        items += "<Contents><Key>" + key + "</Key><Size>"
            + std::to_string(world.objects.size(bucket.name, key).value_or(0)) + "</Size></Contents>";
    }
    return xml("<ListBucketResult><Name>" + bucket.name + "</Name><IsTruncated>false</IsTruncated>" + items
        + "</ListBucketResult>");
}

Reply answer(World& world, const Visit& visit)
{
    const http::Request& request = visit.request();
    const Keys& keys = world.settings.keys;
    const auto bucket = bucketOf(world, visit.params[0], visit.params[1]);
    const bool isPresigned = request.hasQuery("X-Amz-Signature");
    if (isPresigned && bucket && !bucket->takesPresigned)
        return xmlError(400, "InvalidRequest", "Presigned addresses are not supported.");
    if (auto refused = isPresigned ? checkPresigned(keys, request) : checkSigned(keys, request))
        return refused;
    if (!bucket)
        return xmlError(404, "NoSuchBucket", "The specified bucket does not exist.");
    const std::string key = visit.params.size() > 2 ? visit.params[2] : std::string();
    if (key.empty())
        return listObjects(world, *bucket, request);
    if (request.method == "PUT")
        return putObject(world, *bucket, key, request);
    if (request.method == "POST")
        return postObject(world, *bucket, key, request);
    if (request.method == "DELETE") {
        if (request.hasQuery("uploadId"))
            world.objects.giveUpParts(request.query("uploadId"));
        else
            world.objects.remove(bucket->name, key);
        return http::Response{204, {}, {}};
    }
    return getObject(world, *bucket, key, request);
}

} // namespace

bool isSignedCall(const Keys& keys, const http::Request& head)
{
    return !(head.hasQuery("X-Amz-Signature") ? checkPresigned(keys, head) : checkSignature(keys, head));
}

void addS3Routes(Router& router, World& world)
{
    router.add("GET", "{place}/{bucket}", [&world](const Visit& visit) { return answer(world, visit); });
    for (const char* method : {"GET", "PUT", "POST", "DELETE"})
        router.add(method, "{place}/{bucket}/{key...}", [&world](const Visit& visit) { return answer(world, visit); });
}

} // namespace visgate::practice
