// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/provider/account_id.h"
#include "core/engine/sessions/model_source.h"
#include "core/engine/sessions/stored_keys.h"
#include "core/foundation/secret.h"

#include <QString>

#include <memory>

namespace visgate {

/// Who is given the user's hub token. Engine thread only.
class HubTokens {
public:
    /// Both outlive this object.
    HubTokens(StoredKeys& keys, const ModelSource& registry) : m_keys(keys), m_registry(registry) { }

    /// The user's hub token for this model, or null. Practice, whose hub gates like the real one, is only ever given
    /// one of its own tokens, and is not worth a question to the keychain for a model that is open.
    Task<Result<std::shared_ptr<const Secret>>> hubToken(AccountId target, QString modelId);

    /// Whether this token may be sent to the target's hub: practice is never given a real one.
    [[nodiscard]] static bool mayUseToken(const AccountId& target, const Secret& token);

private:
    StoredKeys& m_keys;
    const ModelSource& m_registry;
};

/// The name of the hub token among the stored keys.
[[nodiscard]] inline QString hubEntry()
{
    return QStringLiteral("hf");
}

} // namespace visgate
