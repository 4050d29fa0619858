// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/message.h"
#include "core/foundation/json/json_value.h"

#include <string>
#include <vector>

namespace visgate::practice {

/// A REST refusal, sent as application/problem+json (facts 1.1).
struct Problem {
    int status = 400;
    std::string detail;
    std::vector<std::string> errors; ///< single validation failures, only with 422
    std::string allow;               ///< the Allow header of a 405
};

[[nodiscard]] http::Response jsonReply(int status, const nlohmann::json& body);
/// What a control route says that has nothing else to say.
[[nodiscard]] http::Response doneReply();
[[nodiscard]] http::Response problemReply(const Problem& problem);
[[nodiscard]] http::Response problemReply(int status, std::string detail);
/// The body as JSON; a discarded value if it is not.
[[nodiscard]] nlohmann::json parseBody(const http::Request& request);
/// A query parameter that lists values with commas.
[[nodiscard]] std::vector<std::string> queryList(const http::Request& request, std::string_view name);

} // namespace visgate::practice
