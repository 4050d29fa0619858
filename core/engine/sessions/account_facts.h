// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/gpu/gpu.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/sessions/kept_fact.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

/// What the accounts' services have told, kept for as long as it may be believed: offers and prices, places, endpoints,
/// the worker quota, an image's digest, a model's commit. Engine thread only.
class AccountFacts {
public:
    /// Both outlive this object.
    AccountFacts(const EngineConfig& config, ProviderSessions& accounts);
    ~AccountFacts();
    AccountFacts(const AccountFacts&) = delete;
    AccountFacts& operator=(const AccountFacts&) = delete;

    /// The account's endpoints, at most `age` old: one list call serves every deployment.
    /// Cancelled where the account is not open, as for all that is asked here.
    Task<Result<QList<ProviderEndpoint>>> endpoints(AccountRef account, std::chrono::milliseconds age);
    /// The same without asking: unset where they are not known, nor just asked for.
    Task<std::optional<QList<ProviderEndpoint>>> knownEndpoints(AccountRef account, std::chrono::milliseconds age);
    /// The list has come by another way.
    void noteEndpoints(const AccountRef& account, const QList<ProviderEndpoint>& endpoints);
    /// The provider's places, asked once an hour.
    Task<Result<QList<DataCenter>>> dataCenters(AccountRef account);
    /// Live offers, at most a minute old.
    Task<Result<QList<GpuOffer>>> offers(AccountRef account);
    /// ImageRegistry::digest() as this account asks for it, at most `age` old.
    Task<Result<QString>> imageDigest(AccountRef account, QString image, std::chrono::milliseconds age);

    /// The price of one GPU of this type, from the offers last seen; USD an hour.
    [[nodiscard]] std::optional<double> priceOf(const AccountRef& account, const QString& gpuTypeId) const;
    /// The dearest GPU of these pools, from the offers last seen, else as published. USD an hour.
    [[nodiscard]] double dearestOf(const AccountRef& account, const QStringList& pools) const;
    /// Also when they were never asked for.
    [[nodiscard]] bool arePricesOlderThan(const AccountId& target, std::chrono::milliseconds age) const;
    /// The pool of this GPU type; empty if it is not known.
    [[nodiscard]] QString poolOf(const AccountRef& account, const QString& gpuTypeId) const;
    /// The account's worker quota, once a refusal has told it; forgotten after ten minutes, because credit raises it.
    [[nodiscard]] std::optional<int> workerQuota(const AccountRef& account) const;
    void noteRefusal(const AccountRef& account, const Error& error);

    /// The commit that the hub named for this model and wish, if that was within the last minute.
    [[nodiscard]] std::optional<QString> knownRevision(
        const AccountId& target, const QString& modelId, const QString& desired) const;
    void noteRevision(const AccountId& target, const QString& modelId, const QString& desired, const QString& commit);

private:
    struct Known;
    struct KnownRevision {
        QString commit;
        MonotonicPoint at;
    };

    [[nodiscard]] Known& of(const AccountRef& account) const;
    [[nodiscard]] std::function<quint64()> closingsOf(const AccountRef& account) const;
    /// The answer kept in `fact`, else that of `call` to the account's provider.
    template <typename T, typename Call>
    Task<Result<T>> keptOr(AccountRef account, KeptFact<T> Known::*fact, std::chrono::nanoseconds age, Call call);

    const EngineConfig& m_config;
    ProviderSessions& m_accounts;
    mutable std::map<AccountRef, std::unique_ptr<Known>> m_known;
    QHash<QString, KnownRevision> m_revisions;
};

} // namespace visgate
