// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/accounts.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<ListAccounts> {
    static auto fields() { return std::tuple(); }
};
template struct Codec<ListAccounts>;

template <> struct Table<ListEndpoints> {
    static auto fields() { return std::tuple(field("refresh", &ListEndpoints::refresh)); }
};
template struct Codec<ListEndpoints>;

template <> struct Table<CleanUp> {
    static auto fields() { return std::tuple(flat(&CleanUp::request)); }
};
template struct Codec<CleanUp>;

} // namespace visgate
