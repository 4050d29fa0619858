// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/queue/transport.h"
#include "worker/supervisor/job_input.h"

#include <chrono>
#include <string>
#include <vector>

namespace visgate::worker {

/// Fetches pictures that a job names by address. Whoever writes a job is a stranger to the network that the worker
/// stands in: only https is followed, and only to the public internet, judged by the very address that is connected to,
/// at each redirect anew, so that a name that means something else a moment later gains nothing. No proxy, no cookies,
/// no key. For one thread.
class PictureFetcher {
public:
    struct Rules {
        Reach reach = Reach::Public;
        std::string scheme = "https";
        std::size_t mostBytes = 20U << 20U;
        std::chrono::milliseconds patience{45'000}; ///< for one picture, redirects included
        int redirects = 5;
    };

    explicit PictureFetcher(Rules rules) : m_rules(std::move(rules)) { }

    /// Puts the bytes into the input. What cannot be had or is no picture is named.
    [[nodiscard]] std::vector<BadField> fetch(JobInput& input, const http::CancelToken& cancel);

private:
    [[nodiscard]] Result<std::string> bytesOf(std::string address, const http::CancelToken& cancel);

    const Rules m_rules;
    Transport m_transport;
};

} // namespace visgate::worker
