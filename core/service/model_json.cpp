// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/domain_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr fields::Names<Evidence, 4> kEvidence{{{Evidence::Measured, "measured"}, {Evidence::Published, "published"},
    {Evidence::Computed, "computed"}, {Evidence::Estimated, "estimated"}}};
constexpr fields::Names<Gating, 3> kGating{
    {{Gating::Open, "open"}, {Gating::Automatic, "automatic"}, {Gating::Manual, "manual"}}};
constexpr fields::Names<Stock, 5> kStock{{{Stock::None, "none"}, {Stock::Low, "low"}, {Stock::Medium, "medium"},
    {Stock::High, "high"}, {Stock::Unknown, "unknown"}}};

QJsonObject toJson(const ModelComponent& component)
{
    return {{u"name"_s, component.name}, {u"bytes"_s, component.bytes}};
}

QJsonObject toJson(const MemoryNeed& need)
{
    return {{u"precision"_s, need.precision}, {u"offload"_s, need.offload}, {u"resolution"_s, need.resolution},
        {u"peak_gb"_s, need.peakGb}, {u"evidence"_s, fields::nameOf(kEvidence, need.evidence)},
        {u"source"_s, fields::orNull(need.source)}};
}

MemoryNeed memoryFromJson(const QJsonObject& object)
{
    MemoryNeed need;
    need.precision = object.value("precision"_L1).toString();
    need.offload = object.value("offload"_L1).toString();
    need.resolution = object.value("resolution"_L1).toString();
    need.peakGb = object.value("peak_gb"_L1).toDouble();
    need.evidence = fields::valueOf(kEvidence, object.value("evidence"_L1).toString()).value_or(Evidence::Estimated);
    need.source = object.value("source"_L1).toString();
    return need;
}

QJsonObject toJson(const GenerationDefaults& defaults)
{
    return {{u"num_inference_steps"_s, defaults.steps}, {u"guidance_scale"_s, defaults.guidance},
        {u"width"_s, defaults.width}, {u"height"_s, defaults.height},
        {u"num_frames"_s, fields::orNull(defaults.frames)}, {u"fps"_s, fields::orNull(defaults.fps)}};
}

GenerationDefaults defaultsFromJson(const QJsonObject& object)
{
    GenerationDefaults defaults;
    defaults.steps = object.value("num_inference_steps"_L1).toInt(defaults.steps);
    defaults.guidance = object.value("guidance_scale"_L1).toDouble(defaults.guidance);
    defaults.width = object.value("width"_L1).toInt(defaults.width);
    defaults.height = object.value("height"_L1).toInt(defaults.height);
    defaults.frames = fields::toInt(object.value("num_frames"_L1));
    defaults.fps = fields::toInt(object.value("fps"_L1));
    return defaults;
}

template <typename T> QJsonArray list(const QList<T>& values)
{
    QJsonArray array;
    for (const T& value : values)
        array.append(toJson(value));
    return array;
}

} // namespace

QJsonObject toJson(const ModelSpec& model)
{
    QJsonArray tasks;
    for (const GenerationTask task : model.tasks)
        tasks.append(toString(task));
    return {
        {u"hf_model_id"_s, model.id},
        {u"title"_s, model.title},
        {u"family"_s, fields::orNull(model.family)},
        {u"pipeline_class"_s, fields::orNull(model.pipelineClass)},
        {u"aliases"_s, QJsonArray::fromStringList(model.aliases)},
        {u"mirror_note"_s, fields::orNull(model.mirrorNote)},
        {u"tasks"_s, tasks},
        {u"licence"_s, fields::orNull(model.licence)},
        {u"commercial_use"_s, model.commercialUse},
        {u"licence_note"_s, fields::orNull(model.licenceNote)},
        {u"gating"_s, fields::nameOf(kGating, model.gating)},
        {u"defaults"_s, toJson(model.defaults)},
        {u"components"_s, list(model.components)},
        {u"download_bytes"_s, model.downloadBytes},
        {u"memory"_s, list(model.memory)},
        {u"preset"_s, model.preset},
        {u"sample_prompt"_s, fields::orNull(model.samplePrompt)},
        {u"revision"_s, fields::orNull(model.revision)},
    };
}

Result<ModelSpec> modelFromJson(const QJsonObject& object)
{
    ModelSpec model;
    model.id = object.value("hf_model_id"_L1).toString();
    if (model.id.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "not a model");
    model.title = object.value("title"_L1).toString();
    model.family = object.value("family"_L1).toString();
    model.pipelineClass = object.value("pipeline_class"_L1).toString();
    model.aliases = fields::toStrings(object.value("aliases"_L1));
    model.mirrorNote = object.value("mirror_note"_L1).toString();
    for (const QString& name : fields::toStrings(object.value("tasks"_L1))) {
        if (const auto task = generationTaskFromString(name))
            model.tasks.append(*task);
    }
    model.licence = object.value("licence"_L1).toString();
    model.commercialUse = object.value("commercial_use"_L1).toBool();
    model.licenceNote = object.value("licence_note"_L1).toString();
    model.gating = fields::valueOf(kGating, object.value("gating"_L1).toString()).value_or(Gating::Open);
    model.defaults = defaultsFromJson(object.value("defaults"_L1).toObject());
    const QJsonArray components = object.value("components"_L1).toArray();
    for (const QJsonValue& component : components)
        model.components.append({component["name"_L1].toString(), component["bytes"_L1].toInteger()});
    model.downloadBytes = object.value("download_bytes"_L1).toInteger();
    const QJsonArray memory = object.value("memory"_L1).toArray();
    for (const QJsonValue& need : memory)
        model.memory.append(memoryFromJson(need.toObject()));
    model.preset = object.value("preset"_L1).toBool();
    model.samplePrompt = object.value("sample_prompt"_L1).toString();
    model.revision = object.value("revision"_L1).toString();
    return model;
}

QJsonObject toJson(const ModelDetails& details)
{
    QJsonObject object = toJson(details.model);
    object.insert(u"input_schema"_s, details.inputSchema);
    return object;
}

Result<ModelDetails> modelDetailsFromJson(const QJsonObject& object)
{
    auto model = modelFromJson(object);
    if (!model)
        return fail(model.error());
    return ModelDetails{*std::move(model), object.value("input_schema"_L1).toObject()};
}

QJsonObject toJson(const GpuOffer& offer)
{
    return {{u"gpu_type_id"_s, offer.typeId}, {u"name"_s, offer.name}, {u"pool"_s, fields::orNull(offer.pool)},
        {u"memory_gb"_s, offer.memoryGb}, {u"usd_per_hour"_s, offer.usdPerHour},
        {u"stock"_s, fields::nameOf(kStock, offer.stock)},
        {u"data_centers"_s, QJsonArray::fromStringList(offer.dataCenters)}, {u"source"_s, offer.source}};
}

Result<GpuOffer> gpuOfferFromJson(const QJsonObject& object)
{
    GpuOffer offer;
    offer.typeId = object.value("gpu_type_id"_L1).toString();
    if (offer.typeId.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "not a GPU offer");
    offer.name = object.value("name"_L1).toString();
    offer.pool = object.value("pool"_L1).toString();
    offer.memoryGb = object.value("memory_gb"_L1).toDouble();
    offer.usdPerHour = object.value("usd_per_hour"_L1).toDouble();
    offer.stock = fields::valueOf(kStock, object.value("stock"_L1).toString()).value_or(Stock::Unknown);
    offer.dataCenters = fields::toStrings(object.value("data_centers"_L1));
    offer.source = object.value("source"_L1).toString(offer.source);
    return offer;
}

} // namespace visgate
