// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/link.h"

#include <curl/curl.h>
#include <memory>

namespace visgate::worker {

std::string resolved(const std::string& from, const std::string& link)
{
    struct Deleter {
        void operator()(CURLU* url) const { curl_url_cleanup(url); }
    };
    const std::unique_ptr<CURLU, Deleter> url(curl_url());
    char* text = nullptr;
    // By the parser that the transfer itself uses: what is checked is what is connected to.
    const bool leadsSomewhere = url
        && curl_url_set(url.get(), CURLUPART_URL, from.c_str(), CURLU_DISALLOW_USER) == CURLUE_OK
        && curl_url_set(url.get(), CURLUPART_URL, link.c_str(), CURLU_DISALLOW_USER) == CURLUE_OK
        && curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0) == CURLUE_OK
        && curl_url_get(url.get(), CURLUPART_URL, &text, 0) == CURLUE_OK;
    if (!leadsSomewhere) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

} // namespace visgate::worker
