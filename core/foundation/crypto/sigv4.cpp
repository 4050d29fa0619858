// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/crypto/sigv4.h"

#include "core/foundation/hash.h"

#include <algorithm>
#include <map>
#include <openssl/crypto.h>
#include <utility>
#include <vector>

namespace visgate::sigv4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

// Outer blanks go, inner runs of them become one space.
std::string trimmed(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool isBlank = c == ' ' || c == '\t';
        if (!isBlank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

// 20130524T000000Z
std::string basicTime(TimePoint now)
{
    std::string time = formatUtc(now).substr(0, 19);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return time + "Z";
}

std::string scopeText(const Scope& scope, std::string_view date)
{
    return std::string(date) + "/" + scope.region + "/" + scope.service + "/aws4_request";
}

using Headers = std::map<std::string, std::string>; ///< by lower-case name

Headers canonicalHeaders(const http::Headers& headers)
{
    Headers out;
    for (const auto& [name, value] : headers.all()) {
        std::string& joined = out[lower(name)];
        joined += (joined.empty() ? "" : ",") + trimmed(value);
    }
    return out;
}

std::string signedNames(const Headers& headers)
{
    std::string out;
    for (const auto& [name, value] : headers)
        out += (out.empty() ? "" : ";") + name;
    return out;
}

// Each part decoded and encoded again, so that "%2f", "/" and "+" cannot be signed in one form and sent in another.
std::string canonicalQuery(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> pairs; ///< sorted by name: as one text "a-b=" would precede "a="
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        if (!pair.empty()) {
            pairs.emplace_back(http::percentEncode(http::percentDecode(pair.substr(0, equals))),
                http::percentEncode(http::percentDecode(value)));
        }
    }
    std::sort(pairs.begin(), pairs.end());
    std::string out;
    for (const auto& [name, value] : pairs)
        out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
    return out;
}

struct Target {
    std::string_view path;
    std::string_view query;
};

Target split(std::string_view target)
{
    const std::size_t mark = std::min(target.find('?'), target.size());
    return {target.substr(0, mark), target.substr(std::min(mark + 1, target.size()))};
}

std::string signature(std::string_view method, std::string_view path, const std::string& query, const Headers& headers,
    std::string_view payloadHash, const Scope& scope, const Credentials& credentials, const std::string& time)
{
    std::string canonical = std::string(method) + "\n" + std::string(path.empty() ? "/" : path) + "\n" + query + "\n";
    for (const auto& [name, value] : headers)
        canonical.append(name).append(":").append(value).append("\n");
    canonical.append("\n").append(signedNames(headers)).append("\n").append(payloadHash);

    const std::string date = time.substr(0, 8);
    const std::string toSign
        = std::string(kAlgorithm) + "\n" + time + "\n" + scopeText(scope, date) + "\n" + sha256Hex(canonical);

    std::string firstKey = "AWS4" + std::string(credentials.secretKey.reveal());
    Sha256Digest key = hmacSha256(firstKey, date);
    OPENSSL_cleanse(firstKey.data(), firstKey.size());
    for (const std::string_view part : {std::string_view(scope.region), std::string_view(scope.service),
             std::string_view("aws4_request"), std::string_view(toSign)})
        key = hmacSha256(asBytes(key), part);
    return toHex(key);
}

} // namespace

void sign(http::Request& request, const Scope& scope, const Credentials& credentials, TimePoint now,
    std::string_view payloadHash)
{
    const std::string time = basicTime(now);
    request.headers.remove("Authorization");
    request.headers.set("X-Amz-Date", time);
    request.headers.set("X-Amz-Content-Sha256", std::string(payloadHash));
    if (!credentials.sessionToken.empty())
        request.headers.set("X-Amz-Security-Token", credentials.sessionToken);
    const Target target = split(request.target);
    const Headers headers = canonicalHeaders(request.headers);
    const std::string signedBy = signature(
        request.method, target.path, canonicalQuery(target.query), headers, payloadHash, scope, credentials, time);
    request.headers.set("Authorization",
        std::string(kAlgorithm) + " Credential=" + credentials.accessKeyId + "/" + scopeText(scope, time.substr(0, 8))
            + ",SignedHeaders=" + signedNames(headers) + ",Signature=" + signedBy);
}

std::string presign(std::string_view method, std::string_view host, std::string_view target, const Scope& scope,
    const Credentials& credentials, TimePoint now, std::chrono::seconds validity)
{
    const std::string time = basicTime(now);
    const Target parts = split(target);
    std::string query(parts.query);
    const auto add = [&query](std::string_view name, std::string_view value) {
        query.append(query.empty() ? "" : "&").append(name).append("=").append(http::percentEncode(value));
    };
    add("X-Amz-Algorithm", kAlgorithm);
    add("X-Amz-Credential", credentials.accessKeyId + "/" + scopeText(scope, time.substr(0, 8)));
    add("X-Amz-Date", time);
    add("X-Amz-Expires", std::to_string(validity.count()));
    if (!credentials.sessionToken.empty())
        add("X-Amz-Security-Token", credentials.sessionToken);
    add("X-Amz-SignedHeaders", "host");
    const std::string canonical = canonicalQuery(query);
    const std::string signedBy = signature(
        method, parts.path, canonical, {{"host", std::string(host)}}, kUnsignedPayload, scope, credentials, time);
    return std::string(parts.path) + "?" + canonical + "&X-Amz-Signature=" + signedBy;
}

} // namespace visgate::sigv4
