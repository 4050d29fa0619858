// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/accounts/account_changes.h"

#include "core/engine/accounts/account_contents.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/publisher.h"
#include "core/engine/money/pending_stops.h"
#include "core/engine/sessions/account_keys.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/storage_access.h"
#include "core/operations/accounts.h"
#include "core/operations/handlers.h"

#include <utility>

namespace visgate {

void AccountChanges::addTo(Handlers& handlers)
{
    AccountBook& book = m_context.book;
    handlers.add<AddAccount>([this, &book](AddAccount op) { return told(book.add(op.provider, op.name)); });
    handlers.add<RenameAccount>([this, &book](RenameAccount op) { return told(book.rename(op.account, op.name)); });
    handlers.add<SetDefaultAccount>([this](SetDefaultAccount op) { return setStandard(std::move(op.account)); });
    handlers.add<GetAccountHoldings>([this](GetAccountHoldings op) { return holdings(std::move(op.account)); });
    handlers.add<RemoveAccount>([this](RemoveAccount op) { return remove(std::move(op)); });
}

Task<Result<ProviderAccount>> AccountChanges::told(Result<ProviderAccount> changed)
{
    if (changed)
        m_context.publisher.publishEndpoints(); // whoever shows accounts shows what is in them
    co_return changed;
}

Task<Result<void>> AccountChanges::setStandard(AccountId account)
{
    auto chosen = m_context.book.setStandard(account);
    if (chosen)
        m_context.publisher.publishEndpoints();
    co_return chosen;
}

Task<Result<AccountHoldings>> AccountChanges::holdings(AccountId account)
{
    if (auto known = m_context.book.checkKnown(account); !known)
        co_return fail(std::move(known.error()));
    auto held = co_await m_contents.at(std::move(account));
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    co_return held;
}

Error AccountChanges::inUse(const AccountId& account) const
{
    return Error{ErrorCode::AccountInUse, {}, 0, {}, {m_context.book.nameOf(account).toStdString()}};
}

/// The key goes first: an account that lost it is still there to be removed, a key without an account would stay for
/// good.
Task<Result<void>> AccountChanges::remove(RemoveAccount op)
{
    const AccountId account = op.account;
    if (auto checked = m_context.book.checkRemovable(account); !checked)
        co_return checked;
    if (op.endWhatRuns) {
        auto ended = co_await m_contents.end(account);
        if (!ended)
            co_return ended;
    }
    const auto held = co_await m_contents.at(account);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    if (!held.holdings.isEmpty())
        co_return fail(inUse(account));
    if (held.problem)
        co_return fail(*held.problem);
    auto forgotten = co_await forgetKeys(account);
    if (!forgotten)
        co_return forgotten;
    // Somebody may have deployed meanwhile. From here to the end nothing else gets a turn.
    if (m_context.stopping || m_contents.hasDeployments(account))
        co_return fail(inUse(account));
    if (auto removed = m_context.book.remove(account); !removed)
        co_return removed;
    m_context.watches->of(account).forget();
    m_pending.end(account);
    m_context.publisher.publishEndpoints();
    co_return Result<void>();
}

Task<Result<void>> AccountChanges::forgetKeys(AccountId account)
{
    auto key = co_await m_keys.forgetAccountKey(account);
    auto volumes = co_await m_context.storage.forgetVolumeKeys(account);
    // Where there is no keychain, none is kept in it.
    if (!key && key.error().code != ErrorCode::KeychainUnavailable)
        co_return key;
    if (!volumes && volumes.error().code != ErrorCode::KeychainUnavailable)
        co_return volumes;
    co_return Result<void>();
}

} // namespace visgate
