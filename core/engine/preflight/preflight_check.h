// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/model/model.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/preflight/preflight_facts.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <optional>

namespace visgate {

/// What for: a list for a person, who waits for it, or the last look before an endpoint is created.
enum class PreflightPurpose { Quote, Creation };

/// The one list of what a deployment needs, before any paid second: everything is asked at once
/// (preflight_questions.h), then the rules of core/domain/preflight/preflight_rules.h make lines of the answers. A
/// quote is there after 3 s at the latest; what has not answered by then is said to be unchecked.
class PreflightCheck {
public:
    PreflightCheck(EngineContext& context, CreateRequest request, QString modelId,
        PreflightPurpose purpose = PreflightPurpose::Quote, std::optional<AccountRef> account = std::nullopt);

    Task<Result<DeployQuote>> run();
    /// After run(): the model as the hub described it; empty if it did not.
    [[nodiscard]] std::optional<ModelSpec> foundModel() const;

private:
    void derive();

    EngineContext& m_context;
    PreflightPurpose m_purpose;
    AccountRef m_account;
    PreflightFacts m_facts;
};

} // namespace visgate
