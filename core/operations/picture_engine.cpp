// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/picture_engine.h"

#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<GetPictureEngine> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<GetPictureEngine>;

template <> struct Table<InstallPictureEngine> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<InstallPictureEngine>;

template <> struct Table<PausePictureEngine> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<PausePictureEngine>;

template <> struct Table<RemovePictureEngine> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<RemovePictureEngine>;

} // namespace visgate
