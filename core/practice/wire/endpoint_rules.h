// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/wire/replies.h"
#include "core/practice/world/records.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>

namespace visgate::practice {

struct Catalog;

/// What the rules look at beside the body.
struct RuleContext {
    const Catalog& catalog;
    std::function<bool(const std::string& image)> imageExists;
    std::function<const Volume*(const std::string& id)> volume;
    std::function<const Template*(const std::string& id)> findTemplate;
    std::function<bool(const std::string& id)> registryExists;
    int quota = 5;           ///< workers that all endpoints may have together
    int otherWorkersMax = 0; ///< what the other endpoints use of it
};

/// Checks a create body: schema first (422), then the rules that only the document's prose has (facts 1.3).
/// On success `config` is what to store; otherwise the problem to answer with.
[[nodiscard]] std::optional<Problem> checkCreate(
    const nlohmann::json& body, const RuleContext& context, EndpointConfig& config);

/// The same for a PATCH on `config`, which is replaced on success.
[[nodiscard]] std::optional<Problem> checkUpdate(
    const nlohmann::json& body, const RuleContext& context, EndpointConfig& config);

/// The problem that a schema violation is answered with.
[[nodiscard]] Problem validationFailed(std::vector<std::string> errors);

} // namespace visgate::practice
