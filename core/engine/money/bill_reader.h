// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QList>

namespace visgate {

class SpendBooks;
class SpendRepository;

/// The provider's own books, hour by hour, brought beside what was counted here. Engine thread only.
class BillReader {
public:
    BillReader(EngineContext& context, SpendRepository& store, SpendBooks& books)
        : m_context(context), m_store(store), m_books(books)
    {
    }

    /// Reads what the provider has booked at a target since the last settled hour, one caller after the other.
    Task<Result<void>> read(AccountId target, CallFor reason = CallFor::Watching);
    /// The same, not more often than the pace says. True if something was read.
    Task<bool> readIfDue(AccountId target);

private:
    void keep(AccountId target, const QList<BillingRecord>& bills, TimePoint from, TimePoint to);
    void learnFrom(AccountId target);

    EngineContext& m_context;
    SpendRepository& m_store;
    SpendBooks& m_books;
    QHash<AccountId, MonotonicPoint> m_readAt;
    QHash<AccountId, bool> m_isReading;
};

} // namespace visgate
