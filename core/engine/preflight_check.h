// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model.h"
#include "core/domain/request.h"
#include "core/engine/engine_context.h"
#include "core/providers/provider.h"

namespace visgate {

/// The one list of what a deployment needs, before any paid second: each line is asked for real, a red one carries the
/// error whose remedy is its button. Lines after a failed one are still checked where they can be.
class PreflightCheck {
public:
    PreflightCheck(EngineContext& context, CreateRequest request, QString modelId);

    Task<Result<DeployQuote>> run();

private:
    void add(const QString& id, PreflightLevel level, const QString& detail, std::optional<Error> error = {});
    Task<Result<void>> checkKeychain();
    void checkWorkerImage();
    Task<Result<void>> checkKey();
    Task<Result<void>> checkModel();
    Task<Result<void>> checkGpus();
    Task<Result<void>> checkQuota();

    EngineContext& m_context;
    CreateRequest m_request;
    QString m_modelId;
    ModelSpec m_model;
    DeployQuote m_quote;
    bool m_hasAccount = false;
};

/// The line's title in the user's language.
[[nodiscard]] QString preflightTitle(const QString& id);

} // namespace visgate
