// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_spec.h"

#include "core/catalog/licence_table.h"
#include "core/catalog/pipeline_table.h"
#include "core/catalog/video_rules.h"

#include <QMap>

#include <algorithm>
#include <utility>

namespace visgate::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

tl::unexpected<Error> refused(ErrorCode code, const Model& model, const QString& argument = {})
{
    Error error;
    error.code = code;
    error.detail = model.id.toStdString();
    error.arguments = {model.id.toStdString()};
    if (!argument.isEmpty())
        error.arguments.push_back(argument.toStdString());
    return tl::unexpected(std::move(error));
}

bool hasFile(const Model& model, const QString& path)
{
    return std::any_of(model.files.begin(), model.files.end(), [&path](const File& file) { return file.path == path; });
}

bool isLora(const Model& model)
{
    const bool isTagged = std::any_of(model.tags.begin(), model.tags.end(),
        [](const QString& tag) { return tag == "lora"_L1 || tag.startsWith("base_model:adapter:"_L1); });
    // A whole pipeline may be called after the LoRA that went into it.
    return (isTagged && model.pipelineClass.isEmpty()) || hasFile(model, u"pytorch_lora_weights.safetensors"_s)
        || hasFile(model, u"adapter_model.safetensors"_s);
}

bool isGguf(const Model& model)
{
    return model.library == "gguf"_L1 || model.tags.contains(u"gguf"_s)
        || std::any_of(model.files.begin(), model.files.end(),
            [](const File& file) { return file.path.endsWith(".gguf"_L1, Qt::CaseInsensitive); });
}

/// The program of its own that the pipeline needs; empty for most.
QString ownCodeOf(const Model& model, const PipelineIndex& index)
{
    if (!index.ownModule.isEmpty())
        return index.ownModule;
    for (const Component& component : index.components) {
        if (!isKnownLibrary(component.library) || hasFile(model, component.name + u'/' + component.library + u".py"_s))
            return component.library;
    }
    return {};
}

QList<Component> foldersOf(const Model& model)
{
    QList<Component> components;
    for (const File& file : model.files) {
        const QString folder = folderOf(file.path);
        const bool isKnown = std::any_of(components.begin(), components.end(),
            [&folder](const Component& component) { return component.name == folder; });
        if (!folder.isEmpty() && !isKnown)
            components.append({folder, {}, {}});
    }
    return components;
}

/// Sizes of what is loaded. Half a sum would choose too small a GPU and disk: where one is missing, none is known.
void setSizes(ModelSpec& spec, const QList<File>& toLoad)
{
    QMap<QString, qint64> weights;
    qint64 download = 0;
    bool isKnown = true;
    for (const File& file : toLoad) {
        download += file.bytes;
        if (!isWeights(file.path))
            continue;
        weights[folderOf(file.path)] += file.bytes;
        isKnown = isKnown && file.hasSize;
    }
    spec.downloadBytes = isKnown ? download : 0;
    for (auto it = weights.begin(); it != weights.end(); ++it)
        spec.components.append({it.key(), isKnown ? it.value() : 0});
}

} // namespace

Result<GenerationTask> taskOf(const Model& model, const QString& pipelineClass)
{
    const auto tagged = generationTaskFromString(model.task);
    if (const auto kind = pipelineKind(pipelineClass)) {
        if (kind->refusal == ErrorCode::ModelWeightsMissing)
            return refused(*kind->refusal, model, pipelineClass);
        if (kind->refusal)
            return refused(*kind->refusal, model);
        return tagged && kind->tasks.contains(*tagged) ? *tagged : kind->tasks.constFirst();
    }
    if (tagged)
        return *tagged;
    if (const auto refusal = tagRefusal(model.task))
        return refused(*refusal, model);
    return refused(ErrorCode::PipelineUnknown, model, pipelineClass.isEmpty() ? model.task : pipelineClass);
}

Result<void> checkDeployable(const Model& model)
{
    if (model.disabled)
        return refused(ErrorCode::ModelDisabled, model);
    const bool hasIndex = hasFile(model, u"model_index.json"_s);
    const auto refusal = tagRefusal(model.task);
    // With an index, what the pipeline is made of says more than its page does.
    if (refusal && (*refusal == ErrorCode::LanguageModel || !hasIndex))
        return refused(*refusal, model);
    if (hasIndex)
        return {};
    if (isLora(model))
        return refused(ErrorCode::ModelIsLora, model, model.baseModel);
    if (isGguf(model))
        return refused(ErrorCode::ModelIsGguf, model);
    const bool makesPictures = generationTaskFromString(model.task).has_value();
    if (!makesPictures && !model.library.isEmpty() && model.library != "diffusers"_L1)
        return refused(ErrorCode::UnsupportedTask, model);
    if (!model.files.isEmpty())
        return refused(ErrorCode::ModelNotDiffusers, model);
    return {};
}

ModelSpec refusedSpec(const Model& model, Error why)
{
    ModelSpec spec;
    spec.id = model.id;
    spec.title = model.id.section(u'/', -1);
    spec.pipelineClass = model.pipelineClass;
    spec.licence = model.licence;
    spec.terms = licenceTerms(model.licence);
    spec.gating = model.gating;
    spec.refusal = std::move(why);
    return spec;
}

Result<ModelSpec> toSpec(const Model& model, const std::optional<PipelineIndex>& index, const ShardLists& lists)
{
    if (auto deployable = checkDeployable(model); !deployable)
        return fail(std::move(deployable.error()));
    if (const QString module = index ? ownCodeOf(model, *index) : QString(); !module.isEmpty())
        return refused(ErrorCode::ModelOwnCode, model, module);
    ModelSpec spec;
    spec.id = model.id;
    spec.title = model.id.section(u'/', -1);
    spec.pipelineClass = index ? index->className : model.pipelineClass;
    spec.licence = model.licence;
    spec.terms = licenceTerms(model.licence);
    spec.gating = model.gating;
    spec.revision = model.commit;
    auto task = taskOf(model, spec.pipelineClass);
    if (!task)
        return fail(std::move(task.error()));
    spec.tasks = {*task};
    if (const auto rule = videoRule(spec.pipelineClass)) {
        spec.frameRule = rule->frames;
        spec.defaults.fps = rule->fps;
    }
    const QList<Component> components = index ? index->components : foldersOf(model);
    const QList<File> toLoad = filesToLoad(model.files, components, lists);
    if (const QStringList missing = withoutWeights(toLoad, components); !missing.isEmpty())
        return refused(ErrorCode::ModelWeightsMissing, model, missing.join(u", "_s));
    setSizes(spec, toLoad);
    return spec;
}

} // namespace visgate::hub
