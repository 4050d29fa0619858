// SPDX-License-Identifier: GPL-3.0-or-later
// Signs what it is told to, one JSON object a line, so that a script can hold our signatures beside another program's.
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/json/json_read.h"

#include <iostream>
#include <string>

namespace {

using nlohmann::json;

/// "20130524T000000Z"
visgate::TimePoint timeOf(const std::string& basic)
{
    visgate::TimePoint time;
    if (basic.size() != 16
        || !visgate::parseUtc(basic.substr(0, 4) + '-' + basic.substr(4, 2) + '-' + basic.substr(6, 5) + ':'
                + basic.substr(11, 2) + ':' + basic.substr(13),
            time)) {
        std::cerr << "not a time: " << basic << '\n';
    }
    return time;
}

/// The Authorization header; of an address that is good for a while, its target.
std::string signedOf(const json& asked)
{
    namespace sigv4 = visgate::sigv4;
    using visgate::json::text;
    const sigv4::Credentials credentials{
        text(asked, "access"), visgate::Secret(text(asked, "secret")), text(asked, "token")};
    const sigv4::Scope scope{text(asked, "region"), "s3"};
    const auto time = timeOf(text(asked, "time"));
    if (const auto seconds = visgate::json::integer(asked, "validity"); seconds && *seconds > 0) {
        return sigv4::presign(text(asked, "method"), text(asked, "host"), text(asked, "target"), scope, credentials,
            time, std::chrono::seconds(*seconds));
    }
    visgate::http::Request request{text(asked, "method"), text(asked, "target"), {}, {}, {}};
    request.headers.set("Host", text(asked, "host"));
    for (const json& header : asked.at("headers")) {
        request.headers.add(header.at(0).get<std::string>(), header.at(1).get<std::string>());
    }
    sigv4::sign(request, scope, credentials, time, text(asked, "payload_hash"));
    return std::string(request.headers.get("Authorization"));
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const auto asked = visgate::json::parseObject(line);
        std::cout << (asked ? signedOf(*asked) : std::string("not an object")) << std::endl;
    }
    return 0;
}
