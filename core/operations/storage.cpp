// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/storage.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<GetStorage> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<GetStorage>;

template <> struct Table<SetStorage> {
    static auto fields()
    {
        return std::tuple(
            flat(&SetStorage::settings), flat(&SetStorage::keys), field("session_only", &SetStorage::sessionOnly));
    }
};
template struct Codec<SetStorage>;

template <> struct Table<TestStorage> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<TestStorage>;

template <> struct Table<ForgetStorage> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<ForgetStorage>;

} // namespace visgate
