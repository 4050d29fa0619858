// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/web_address.h"

#include <curl/curl.h>
#include <memory>

namespace visgate::worker {
namespace {

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlDeleter>;

/// By the parser that the transfer itself uses: what is checked is what is connected to.
Url parsed(const std::string& address)
{
    Url url(curl_url());
    if (url && curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) {
        url.reset();
    }
    return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (!url || curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

/// By its name; that it is so in earnest is seen when it is connected to.
bool isNamedHere(const std::string& host)
{
    return host == "localhost" || host.starts_with("127.") || host == "[::1]";
}

} // namespace

std::optional<Reach> reachOfHub(const std::string& base)
{
    const Url url = parsed(base);
    const std::string scheme = part(url, CURLUPART_SCHEME);
    const std::string host = part(url, CURLUPART_HOST);
    if (host.empty() || !part(url, CURLUPART_QUERY).empty()) {
        return std::nullopt;
    }
    if (scheme == "https") {
        return Reach::NoLinkLocal;
    }
    return scheme == "http" && isNamedHere(host) ? std::optional(Reach::ThisComputer) : std::nullopt;
}

std::optional<Reach> reachOfRedirect(const std::string& base, const std::string& address)
{
    const auto own = reachOfHub(base);
    if (isSameHost(base, address)) {
        return own;
    }
    const Url url = parsed(address);
    const std::string scheme = part(url, CURLUPART_SCHEME);
    if (part(url, CURLUPART_HOST).empty()) {
        return std::nullopt;
    }
    if (own == Reach::ThisComputer && scheme == "http") {
        return Reach::ThisComputer;
    }
    return scheme == "https" ? std::optional(Reach::Public) : std::nullopt;
}

bool isSameHost(const std::string& one, const std::string& other)
{
    const Url first = parsed(one);
    const Url second = parsed(other);
    const auto same = [&](CURLUPart which) {
        return part(first, which, CURLU_DEFAULT_PORT) == part(second, which, CURLU_DEFAULT_PORT);
    };
    return !part(first, CURLUPART_HOST).empty() && same(CURLUPART_SCHEME) && same(CURLUPART_HOST)
        && same(CURLUPART_PORT);
}

} // namespace visgate::worker
