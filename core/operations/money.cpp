// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/money.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<GetSpend> {
    static auto fields() { return std::tuple(flat(&GetSpend::query)); }
};
template struct Codec<GetSpend>;

template <> struct Table<ListSpendLimits> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<ListSpendLimits>;

template <> struct Table<SetSpendLimit> {
    static auto fields() { return std::tuple(flat(&SetSpendLimit::limit)); }
};
template struct Codec<SetSpendLimit>;

template <> struct Table<ListLimitStates> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<ListLimitStates>;

template <> struct Table<StopEverything> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<StopEverything>;

} // namespace visgate
