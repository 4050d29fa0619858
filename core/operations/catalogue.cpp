// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/catalogue.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<ListPresets> {
    static auto fields() { return std::tuple<>(); }
};
template struct Codec<ListPresets>;

template <> struct Table<SearchModels> {
    static auto fields()
    {
        return std::tuple(needed("target", &SearchModels::target), field("text", &SearchModels::text));
    }
};
template struct Codec<SearchModels>;

template <> struct Table<GetModelDetails> {
    static auto fields()
    {
        return std::tuple(needed("target", &GetModelDetails::target), field("hf_model_id", &GetModelDetails::idOrLink));
    }
};
template struct Codec<GetModelDetails>;

template <> struct Table<ListGpuOffers> {
    static auto fields() { return std::tuple(needed("target", &ListGpuOffers::target)); }
};
template struct Codec<ListGpuOffers>;

template <> struct Table<GetQuote> {
    static auto fields() { return std::tuple(flat(&GetQuote::request)); }
};
template struct Codec<GetQuote>;

template <> struct Table<WatchLicence> {
    static auto fields()
    {
        return std::tuple(needed("target", &WatchLicence::target), needed("hf_model_id", &WatchLicence::modelId));
    }
};
template struct Codec<WatchLicence>;

} // namespace visgate
