// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/volumes.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<ListVolumes> {
    static auto fields() { return std::tuple(needed("target", &ListVolumes::target)); }
};
template struct Codec<ListVolumes>;

template <> struct Table<CreateVolume> {
    static auto fields()
    {
        return std::tuple(needed("target", &CreateVolume::target), needed("name", &CreateVolume::name),
            needed("size_gb", &CreateVolume::sizeGb), needed("data_center", &CreateVolume::dataCenter));
    }
};
template struct Codec<CreateVolume>;

template <> struct Table<GrowVolume> {
    static auto fields()
    {
        return std::tuple(needed("target", &GrowVolume::target), needed("volume_id", &GrowVolume::id),
            needed("size_gb", &GrowVolume::sizeGb));
    }
};
template struct Codec<GrowVolume>;

template <> struct Table<DeleteVolume> {
    static auto fields()
    {
        return std::tuple(needed("target", &DeleteVolume::target), needed("volume_id", &DeleteVolume::id));
    }
};
template struct Codec<DeleteVolume>;

template <> struct Table<KeepModelNear> {
    static auto fields() { return std::tuple(flat(&KeepModelNear::wish)); }
};
template struct Codec<KeepModelNear>;

template <> struct Table<SetVolumeKeys> {
    static auto fields()
    {
        return std::tuple(flat(&SetVolumeKeys::keys), field("session_only", &SetVolumeKeys::sessionOnly),
            field("target", &SetVolumeKeys::target));
    }
};
template struct Codec<SetVolumeKeys>;

} // namespace visgate
