// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/message.h"
#include "core/foundation/json_value.h"
#include "core/practice/problem.h"

namespace visgate::practice {

/// Small helpers of the route files.

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
