// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/provider_access.h"

#include <utility>

namespace visgate {

Task<Result<Provider*>> ProviderAccess::open(AccountRef account)
{
    auto opened = co_await m_context.accounts.open(account, 0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context.stopping || !m_context.accounts.isOpen(account))
        co_return fail(ErrorCode::Cancelled);
    co_return m_context.accounts.provider(account);
}

} // namespace visgate
