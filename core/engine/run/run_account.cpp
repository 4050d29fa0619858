// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_account.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/run/endpoint_facts.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/key_history.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

RunAccount::RunAccount(RunState& state) : m_state(state), m_context(state.context()), m_record(state.record()) { }

AccountRef RunAccount::ofKey() const
{
    const Deployment& d = m_record.deployment;
    return d.keyFromRequest ? AccountRef(d.target, d.userHash) : AccountRef(d.target);
}

void RunAccount::choose()
{
    const Deployment& d = m_record.deployment;
    const bool hasOwnKey = !d.userHash.isEmpty() && m_context.accounts.hasGuest(d.target, d.userHash);
    m_state.useAccount(hasOwnKey ? AccountRef(d.target, d.userHash) : AccountRef(d.target));
}

Task<Result<void>> RunAccount::open(double speed)
{
    Deployment& d = m_record.deployment;
    choose();
    auto opened = co_await m_context.accounts.open(ref(), speed);
    if (!opened && isWithoutKey(opened.error().code) && d.keyFromRequest)
        co_return fail(ErrorCode::KeyNeeded);
    if (!opened)
        co_return opened;
    const QString present = m_context.accounts.userHash(ref());
    // With nothing made yet, whatever key is stored now will do.
    if (d.userHash.isEmpty() || (!d.keyFromRequest && !m_state.mayExist()))
        d.userHash = present;
    if (d.userHash == present)
        co_return Result<void>();
    // An account whose key has another hash, but with our endpoint in it: the key was replaced by a newer one.
    auto same = co_await isListed();
    if (!same)
        co_return fail(std::move(same.error()));
    // Another account's key can neither see nor delete what this one made.
    if (!*same)
        co_return fail(ErrorCode::KeyNeeded);
    m_state.note(u"info"_s, u"The account has a new key"_s);
    [[maybe_unused]] const auto kept = m_context.stored(rememberHash(m_context.meta, d.target, d.userHash));
    d.userHash = present;
    co_return m_context.stored(m_state.save());
}

void RunAccount::noteRefusal(const Error& error)
{
    m_context.facts.noteRefusal(ref(), error);
}

Provider* RunAccount::provider() const
{
    return m_context.accounts.provider(ref());
}

bool RunAccount::isReachable() const
{
    return m_context.accounts.isOpen(ref()) && m_context.accounts.userHash(ref()) == m_record.deployment.userHash;
}

Task<Result<QList<ProviderEndpoint>>> RunAccount::list()
{
    return m_context.watches->of(ref()).list();
}

Task<Result<bool>> RunAccount::isListed()
{
    const EndpointId own = m_record.deployment.endpointId;
    if (own.isEmpty())
        co_return false;
    auto listed = co_await list();
    if (!listed)
        co_return fail(std::move(listed.error()));
    co_return std::any_of(
        listed->cbegin(), listed->cend(), [own](const ProviderEndpoint& endpoint) { return endpoint.id == own; });
}

Task<Result<std::optional<ProviderEndpoint>>> RunAccount::findByName(QString name)
{
    auto listed = co_await list();
    if (!listed)
        co_return fail(std::move(listed.error()));
    for (const ProviderEndpoint& endpoint : *listed) {
        if (endpoint.name == name)
            co_return std::optional<ProviderEndpoint>(endpoint);
    }
    co_return std::optional<ProviderEndpoint>();
}

Task<Result<std::shared_ptr<const Secret>>> RunAccount::hubToken()
{
    const std::shared_ptr<const Secret> own = m_record.request.hubToken;
    const AccountId target = m_record.deployment.target;
    if (own && HubTokens::mayUseToken(target, *own))
        co_return own;
    auto token = co_await m_context.hubTokens.hubToken(target, m_record.deployment.modelId);
    co_return token;
}

void RunAccount::accept(const ProviderEndpoint& endpoint)
{
    m_record.deployment.workers.min = endpoint.workersMin;
    m_record.deployment.workers.max = endpoint.workersMax;
    m_record.endpointFacts = factsOf(endpoint);
    m_record.alwaysOnConfirmed = m_record.alwaysOnSent && endpoint.workersMin > 0;
    m_ownChangeAt = m_context.config.clock->monotonic();
    m_context.watches->of(ref()).noteOwnChange(endpoint.id);
}

} // namespace visgate
