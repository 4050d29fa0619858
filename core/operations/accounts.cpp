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

template <> struct Table<AddAccount> {
    static auto fields()
    {
        return std::tuple(needed("provider", &AddAccount::provider), needed("name", &AddAccount::name));
    }
};
template struct Codec<AddAccount>;

template <> struct Table<RenameAccount> {
    static auto fields()
    {
        return std::tuple(needed("account", &RenameAccount::account), needed("name", &RenameAccount::name));
    }
};
template struct Codec<RenameAccount>;

template <> struct Table<SetDefaultAccount> {
    static auto fields() { return std::tuple(needed("account", &SetDefaultAccount::account)); }
};
template struct Codec<SetDefaultAccount>;

template <> struct Table<GetAccountHoldings> {
    static auto fields() { return std::tuple(needed("account", &GetAccountHoldings::account)); }
};
template struct Codec<GetAccountHoldings>;

template <> struct Table<RemoveAccount> {
    static auto fields()
    {
        return std::tuple(
            needed("account", &RemoveAccount::account), field("end_what_runs", &RemoveAccount::endWhatRuns));
    }
};
template struct Codec<RemoveAccount>;

template <> struct Table<ListEndpoints> {
    static auto fields() { return std::tuple(field("refresh", &ListEndpoints::refresh)); }
};
template struct Codec<ListEndpoints>;

template <> struct Table<CleanUp> {
    static auto fields() { return std::tuple(flat(&CleanUp::request)); }
};
template struct Codec<CleanUp>;

} // namespace visgate
