// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/http/message.h"
#include "core/foundation/result.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace visgate::worker {

/// Which network addresses a call may end at, whatever its host's name resolves to.
enum class Reach {
    Anywhere,     ///< the provider's own addresses, from the environment
    NoLinkLocal,  ///< not where a cloud's machines ask for their credentials
    Public,       ///< nor any other network that the internet does not reach
    ThisComputer, ///< loopback only, and through no proxy
};

struct WebRequest {
    std::string method = "GET";
    std::string url; ///< http or https
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::filesystem::path bodyFile = {};       ///< of a PUT: what is sent in place of `body`, as it is read
    std::chrono::milliseconds timeout{30'000}; ///< of the whole call; 0: `silence` alone counts
    Reach reach = Reach::Anywhere;
    bool isDirect = false;           ///< through no proxy: it would look up the name by itself, and `reach` be void
    bool isPathLiteral = false;      ///< ".." in it is sent as it is
    std::chrono::seconds silence{0}; ///< the longest pause between two bytes; 0: any
    /// Gets the body of a reply with `bodyStatus` piece by piece, in place of WebReply::body. False ends the call
    /// (Internal). Called on the calling thread.
    std::function<bool(std::string_view)> onBody = {};
    int bodyStatus = 200;
};

struct WebReply {
    int status = 0;
    std::string contentType; ///< without parameters, lower case
    std::string body;
    http::Headers headers = {};
};

/// HTTP calls over libcurl: TLS, proxies by environment, kept-alive connections; no redirects, because a key must not
/// follow one. A call ends at once when its token is pulled. Not thread-safe: one a thread.
class Transport {
public:
    Transport();
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Any status is a success here. Errors: NetworkUnreachable, NetworkTimeout, TlsFailed, ReplyTooLarge, Cancelled;
    /// FileUnreadable of `bodyFile`.
    [[nodiscard]] Result<WebReply> send(
        const WebRequest& request, const http::CancelToken& cancel, std::size_t maxBodyBytes = 16 * 1024 * 1024);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace visgate::worker
