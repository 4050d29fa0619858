// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/run_state.h"
#include "core/providers/provider.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace visgate {

/// The account that a deployment lives in: which one it is, its provider, and what stands in it. Engine thread only.
class RunAccount {
public:
    /// `state` outlives it.
    explicit RunAccount(RunState& state);

    [[nodiscard]] const AccountRef& ref() const { return m_state.account(); }
    /// The account of the key that made it, whether that key is here or not.
    [[nodiscard]] AccountRef ofKey() const;
    /// Takes the account whose key is here.
    void choose();
    /// That account, ready to be called. KeyNeeded where its key is another account's. `speed` as for
    /// ProviderSessions::open().
    Task<Result<void>> open(double speed);
    /// Only after open(). Goes stale when a key changes: ask again after each wait.
    [[nodiscard]] Provider* provider() const;
    /// Whether it is open, and with the key that made the deployment.
    [[nodiscard]] bool isReachable() const;

    /// Everything in it, read now.
    Task<Result<QList<ProviderEndpoint>>> list();
    /// Whether that list has our endpoint.
    Task<Result<bool>> isListed();
    Task<Result<std::optional<ProviderEndpoint>>> findByName(QString name);
    /// For the deployment's model: the request's own, else the user's. May be null.
    Task<Result<std::shared_ptr<const Secret>>> hubToken();

    /// What a refusal tells of the account itself, such as its worker quota.
    void noteRefusal(const Error& error);
    /// After each change of the endpoint that is our own or a sharing deployment's, with the provider's answer to it.
    void accept(const ProviderEndpoint& endpoint);
    /// Lists that were asked for before this say nothing of our own changes.
    [[nodiscard]] MonotonicPoint ownChangeAt() const { return m_ownChangeAt; }

private:
    RunState& m_state;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    MonotonicPoint m_ownChangeAt;
};

} // namespace visgate
