// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_refusal.h"

#include <array>
#include <utility>

namespace visgate::hub {

namespace {

/// Parts of the hub's sentences, in lower case.
constexpr std::array<std::pair<const char*, ErrorCode>, 5> kWords{{
    {"fine-grained token", ErrorCode::TokenTooNarrow},
    {"awaiting a review", ErrorCode::LicencePending},
    {"has been rejected", ErrorCode::LicenceRefused},
    {"is disabled", ErrorCode::ModelDisabled},
    {"has been disabled", ErrorCode::ModelDisabled},
}};

ErrorCode forbidden(const QByteArray& code, const QByteArray& words)
{
    const QByteArray lower = words.toLower();
    for (const auto& [part, meaning] : kWords) {
        if (lower.contains(part))
            return meaning;
    }
    return code == "GatedRepo" || words.isEmpty() ? ErrorCode::LicenceNotAccepted : ErrorCode::HubRefused;
}

ErrorCode codeOf(const HttpReply& reply)
{
    const QByteArray code = reply.header("x-error-code");
    if (code == "GatedRepo" || reply.status == 403)
        return forbidden(code, reply.header("x-error-message"));
    if (code == "RepoNotFound" || code == "RevisionNotFound") // 401 among them: private or missing
        return ErrorCode::ModelNotFound;
    if (code == "EntryNotFound")
        return ErrorCode::ModelNotDiffusers; // only files of the diffusers form are ever asked for
    switch (reply.status) {
    case 401:
        return ErrorCode::TokenRejected;
    case 404:
        return ErrorCode::ModelNotFound;
    case 429:
        return ErrorCode::RateLimited;
    default:
        return reply.status >= 500 ? ErrorCode::ProviderFailed : ErrorCode::ProviderRefused;
    }
}

} // namespace

bool isOfAccess(ErrorCode code)
{
    switch (code) {
    case ErrorCode::LicenceNotAccepted:
    case ErrorCode::LicencePending:
    case ErrorCode::LicenceRefused:
    case ErrorCode::TokenTooNarrow:
    case ErrorCode::HubRefused:
        return true;
    default:
        return false;
    }
}

Error refusal(const HttpReply& reply, const QString& modelId)
{
    Error error;
    error.code = codeOf(reply);
    error.detail = reply.header("x-error-message").left(500).toStdString();
    error.providerStatus = reply.status;
    error.requestId = reply.requestId().toStdString();
    const bool namesModel = isOfAccess(error.code) || error.code == ErrorCode::ModelNotFound
        || error.code == ErrorCode::ModelNotDiffusers || error.code == ErrorCode::ModelDisabled;
    if (namesModel && !modelId.isEmpty())
        error.arguments = {modelId.toStdString()};
    return error;
}

} // namespace visgate::hub
