// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/pending_stops.h"

#include "core/store/spend_repository.h"

#include <algorithm>

namespace visgate {

namespace {

bool isAt(const PendingStop& stop, const AccountRef& account)
{
    return stop.target == account.target && stop.requestKeyHash == account.guest;
}

} // namespace

QList<PendingStop> PendingStops::all()
{
    if (!m_stops) {
        const auto stored = m_store.pendingStops();
        if (!stored)
            return {};
        m_stops = *stored;
    }
    return *m_stops;
}

void PendingStops::set(const QList<PendingStop>& stops)
{
    m_stops = stops;
    [[maybe_unused]] const auto kept = m_context.stored(m_store.setPendingStops(stops));
}

void PendingStops::end(const AccountRef& account)
{
    QList<PendingStop> stops = all();
    if (stops.removeIf([&account](const PendingStop& stop) { return isAt(stop, account); }) > 0)
        set(stops);
}

bool PendingStops::isPendingAt(const AccountRef& account)
{
    const QList<PendingStop> stops = all();
    return std::any_of(stops.begin(), stops.end(), [&account](const PendingStop& stop) { return isAt(stop, account); });
}

} // namespace visgate
