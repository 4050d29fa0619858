// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/errors/error_catalog.h"

namespace visgate {

using namespace codec;

template <> struct Table<PictureEngine> {
    static auto fields()
    {
        return std::tuple(needed("status", &PictureEngine::status), field("folder", &PictureEngine::folder),
            field("version", &PictureEngine::version), field("device", &PictureEngine::device),
            field("step", &PictureEngine::step), field("done_bytes", &PictureEngine::doneBytes),
            field("download_bytes", &PictureEngine::downloadBytes), field("disk_bytes", &PictureEngine::diskBytes),
            field("free_bytes", &PictureEngine::freeBytes), field("problem", &PictureEngine::problem));
    }
};
template struct Codec<PictureEngine>;

} // namespace visgate
