// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/upload_address.h"

#include <curl/curl.h>
#include <memory>

namespace visgate::worker {
namespace {

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::optional<std::string> part(CURLU* url, CURLUPart which)
{
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) {
        return std::nullopt;
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

} // namespace

std::optional<Reach> reachOf(const std::string& address)
{
    // By the parser that the transfer itself uses: what is checked is what is connected to.
    const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) {
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

} // namespace visgate::worker
