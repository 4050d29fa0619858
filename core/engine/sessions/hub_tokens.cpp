// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/hub_tokens.h"

#include "core/domain/model/demo_model.h"

#include <string>
#include <string_view>

namespace visgate {

namespace {

/// Practice's hub knows its own tokens by this; the user's real one never goes there.
constexpr std::string_view kPracticeTokenPrefix = "hf_practice_";
/// Practice's own model stands in for whatever is asked for: its hub opens every gate to this one.
constexpr std::string_view kStandInToken = "hf_practice_stands_in";

} // namespace

bool HubTokens::mayUseToken(const AccountId& target, const Secret& token)
{
    return !target.isPractice() || token.reveal().starts_with(kPracticeTokenPrefix);
}

Task<Result<std::shared_ptr<const Secret>>> HubTokens::hubToken(AccountId target, QString modelId)
{
    if (isDemoModel(modelId) || isModelFolder(modelId))
        co_return std::shared_ptr<const Secret>(); // on no hub
    if (target.isPractice()) {
        const auto preset = m_registry.preset(modelId);
        if (modelId.isEmpty() || (preset && preset->gating == Gating::Open))
            co_return std::shared_ptr<const Secret>();
    }
    auto token = co_await m_keys.load(hubEntry());
    const bool isUsable = token && *token && mayUseToken(target, **token);
    if (target.isPractice() && !isUsable)
        co_return std::make_shared<const Secret>(std::string(kStandInToken));
    co_return token;
}

} // namespace visgate
