// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/model/model.h"

namespace visgate {

using namespace codec;

template <> struct Table<ModelComponent> {
    static auto fields()
    {
        return std::tuple(text("name", &ModelComponent::name), field("bytes", &ModelComponent::bytes));
    }
};
template struct Codec<ModelComponent>;

template <> struct Table<MemoryNeed> {
    static auto fields()
    {
        return std::tuple(text("precision", &MemoryNeed::precision), text("offload", &MemoryNeed::offload),
            text("resolution", &MemoryNeed::resolution), field("peak_gb", &MemoryNeed::peakGb),
            word("evidence", &MemoryNeed::evidence), field("source", &MemoryNeed::source));
    }
};
template struct Codec<MemoryNeed>;

template <> struct Table<GenerationDefaults> {
    static auto fields()
    {
        return std::tuple(field("num_inference_steps", &GenerationDefaults::steps),
            field("guidance_scale", &GenerationDefaults::guidance), field("width", &GenerationDefaults::width),
            field("height", &GenerationDefaults::height), field("num_frames", &GenerationDefaults::frames),
            field("fps", &GenerationDefaults::fps));
    }
};
template struct Codec<GenerationDefaults>;

template <> struct Table<LicenceTerms> {
    static auto fields()
    {
        return std::tuple(word("commercial", &LicenceTerms::commercial),
            field("revenue_limit_usd", &LicenceTerms::revenueLimitUsd),
            field("excluded_regions", &LicenceTerms::excludedRegions), field("note", &LicenceTerms::note));
    }
};
template struct Codec<LicenceTerms>;

template <> struct Table<FrameRule> {
    static auto fields() { return std::tuple(field("step", &FrameRule::step), field("offset", &FrameRule::offset)); }
};
template struct Codec<FrameRule>;

template <> struct Table<ModelSpec> {
    static auto fields()
    {
        return std::tuple(needed("hf_model_id", &ModelSpec::id), text("title", &ModelSpec::title),
            field("family", &ModelSpec::family), field("pipeline_class", &ModelSpec::pipelineClass),
            field("aliases", &ModelSpec::aliases), field("mirror_note", &ModelSpec::mirrorNote),
            word("tasks", &ModelSpec::tasks), field("licence", &ModelSpec::licence),
            shown("commercial_use",
                [](const ModelSpec& it) { return QJsonValue(it.terms.commercial != CommercialUse::Forbidden); }),
            shown("licence_note", [](const ModelSpec& it) { return encode(it.terms.note); }),
            field("licence_terms", &ModelSpec::terms), word("gating", &ModelSpec::gating),
            field("defaults", &ModelSpec::defaults), field("frame_rule", &ModelSpec::frameRule),
            field("components", &ModelSpec::components), field("download_bytes", &ModelSpec::downloadBytes),
            field("memory", &ModelSpec::memory), field("preset", &ModelSpec::preset),
            field("sample_prompt", &ModelSpec::samplePrompt), field("revision", &ModelSpec::revision),
            field("refusal", &ModelSpec::refusal));
    }
};
template struct Codec<ModelSpec>;

template <> struct Table<ModelDetails> {
    static auto fields()
    {
        return std::tuple(flat(&ModelDetails::model), field("input_schema", &ModelDetails::inputSchema));
    }
};
template struct Codec<ModelDetails>;

} // namespace visgate
