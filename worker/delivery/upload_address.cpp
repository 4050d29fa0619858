// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/upload_address.h"

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
    if (url
        && curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)
            != CURLUE_OK) {
        url.reset();
    }
    return url;
}

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (url == nullptr || curl_url_get(url, which, &text, flags) != CURLUE_OK) {
        return std::nullopt;
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

} // namespace

std::optional<Reach> reachOf(const std::string& address)
{
    const Url url = parsed(address);
    if (!url) {
        return std::nullopt;
    }
    const auto scheme = part(url.get(), CURLUPART_SCHEME);
    if (part(url.get(), CURLUPART_HOST).value_or("").empty() || part(url.get(), CURLUPART_USER)) {
        return std::nullopt;
    }
    if (scheme == "https") {
        return Reach::NoLinkLocal;
    }
    return scheme == "http" ? std::optional(Reach::ThisComputer) : std::nullopt;
}

std::string hostOf(const std::string& address)
{
    const Url url = parsed(address);
    const auto port = part(url.get(), CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
    return part(url.get(), CURLUPART_HOST).value_or("") + (port ? ':' + *port : std::string());
}

std::string originOf(const std::string& address)
{
    return part(parsed(address).get(), CURLUPART_SCHEME).value_or("") + "://" + hostOf(address);
}

std::string pathOf(const std::string& address)
{
    std::string path = part(parsed(address).get(), CURLUPART_PATH).value_or("");
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

} // namespace visgate::worker
