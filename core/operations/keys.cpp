// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/keys.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<ListKeys> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<ListKeys>;

template <> struct Table<SetKey> {
    static auto fields()
    {
        return std::tuple(needed("kind", &SetKey::kind), needed("key", &SetKey::key),
            field("session_only", &SetKey::sessionOnly), field("account", &SetKey::account));
    }
};
template struct Codec<SetKey>;

template <> struct Table<CheckKey> {
    static auto fields() { return std::tuple(needed("kind", &CheckKey::kind), field("account", &CheckKey::account)); }
};
template struct Codec<CheckKey>;

template <> struct Table<ForgetKey> {
    static auto fields() { return std::tuple(needed("kind", &ForgetKey::kind), field("account", &ForgetKey::account)); }
};
template struct Codec<ForgetKey>;

template <> struct Table<TryKey> {
    static auto fields() { return std::tuple(needed("key", &TryKey::key)); }
};
template struct Codec<TryKey>;

template <> struct Table<UnlockKeychain> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<UnlockKeychain>;

template <> struct Table<GetWorkerImage> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<GetWorkerImage>;

template <> struct Table<SetWorkerImage> {
    static auto fields() { return std::tuple(field("image", &SetWorkerImage::image)); }
};
template struct Codec<SetWorkerImage>;

template <> struct Table<GetHealth> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<GetHealth>;

} // namespace visgate
