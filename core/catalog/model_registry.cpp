// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/model_registry.h"

#include "core/catalog/hub_reference.h"
#include "core/catalog/licence_table.h"
#include "core/catalog/registry_file.h"
#include "core/catalog/video_rules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace visgate {

namespace {

template <typename T> using Names = std::initializer_list<std::pair<QLatin1String, T>>;

template <typename T> std::optional<T> oneOf(const QJsonValue& value, Names<T> names)
{
    const QString text = value.toString();
    for (const auto& [name, meaning] : names) {
        if (text == name)
            return meaning;
    }
    return std::nullopt;
}

std::optional<Evidence> toEvidence(const QJsonValue& value)
{
    return oneOf<Evidence>(value,
        {{QLatin1String("measured"), Evidence::Measured}, {QLatin1String("published"), Evidence::Published},
            {QLatin1String("computed"), Evidence::Computed}, {QLatin1String("estimated"), Evidence::Estimated}});
}

std::optional<Gating> toGating(const QJsonValue& value)
{
    return oneOf<Gating>(value,
        {{QLatin1String("open"), Gating::Open}, {QLatin1String("automatic"), Gating::Automatic},
            {QLatin1String("manual"), Gating::Manual}});
}

tl::unexpected<Error> broken(const QString& where, const QString& field)
{
    return fail(ErrorCode::UnexpectedReply, QStringLiteral("registry: %1: %2").arg(where, field).toStdString());
}

std::optional<int> optionalInt(const QJsonValue& value)
{
    return value.isDouble() ? std::optional<int>(value.toInt()) : std::nullopt;
}

Result<GenerationDefaults> readDefaults(const QString& id, const QJsonObject& object)
{
    for (const auto key :
        {QLatin1String("steps"), QLatin1String("guidance"), QLatin1String("width"), QLatin1String("height")}) {
        if (!object[key].isDouble())
            return broken(id, QStringLiteral("defaults.%1").arg(key));
    }
    GenerationDefaults defaults;
    defaults.steps = object[QLatin1String("steps")].toInt();
    defaults.guidance = object[QLatin1String("guidance")].toDouble();
    defaults.width = object[QLatin1String("width")].toInt();
    defaults.height = object[QLatin1String("height")].toInt();
    defaults.frames = optionalInt(object[QLatin1String("frames")]);
    defaults.fps = optionalInt(object[QLatin1String("fps")]);
    return defaults;
}

Result<QList<MemoryNeed>> readMemory(const QString& id, const QJsonArray& rows)
{
    QList<MemoryNeed> needs;
    for (const QJsonValue& row : rows) {
        const auto evidence = toEvidence(row[QLatin1String("evidence")]);
        MemoryNeed need;
        need.precision = row[QLatin1String("precision")].toString();
        need.offload = row[QLatin1String("offload")].toString();
        need.resolution = row[QLatin1String("resolution")].toString();
        need.peakGb = row[QLatin1String("gb")].toDouble();
        need.source = row[QLatin1String("source")].toString();
        if (!evidence || need.precision.isEmpty() || need.offload.isEmpty() || need.peakGb <= 0.0
            || need.source.isEmpty())
            return broken(id, QStringLiteral("memory"));
        need.evidence = *evidence;
        needs.append(std::move(need));
    }
    return needs;
}

Result<QList<GenerationTask>> readTasks(const QString& id, const QJsonArray& names)
{
    QList<GenerationTask> tasks;
    for (const QJsonValue& name : names) {
        const auto task = generationTaskFromString(name.toString());
        if (!task)
            return broken(id, QStringLiteral("tasks"));
        tasks.append(*task);
    }
    if (tasks.isEmpty())
        return broken(id, QStringLiteral("tasks"));
    return tasks;
}

Result<ModelSpec> readModel(const QJsonObject& object)
{
    ModelSpec model;
    model.preset = true;
    model.id = object[QLatin1String("id")].toString();
    const auto reference = parseHubReference(model.id);
    if (!reference || reference->id != model.id)
        return broken(model.id, QStringLiteral("id"));
    model.title = object[QLatin1String("title")].toString();
    model.family = object[QLatin1String("family")].toString();
    model.pipelineClass = object[QLatin1String("pipeline")].toString();
    model.mirrorNote = object[QLatin1String("mirror_note")].toString();
    model.samplePrompt = object[QLatin1String("sample_prompt")].toString();
    for (const QString* text : {&model.title, &model.family, &model.pipelineClass, &model.samplePrompt}) {
        if (text->isEmpty())
            return broken(model.id, QStringLiteral("title, family, pipeline or sample_prompt"));
    }
    const QJsonArray aliases = object[QLatin1String("aliases")].toArray();
    for (const QJsonValue& alias : aliases)
        model.aliases.append(alias.toString());

    model.licence = object[QLatin1String("licence")].toString();
    model.terms = hub::licenceTerms(model.licence);
    const auto gating = toGating(object[QLatin1String("gating")]);
    if (model.licence.isEmpty() || model.terms.commercial == CommercialUse::Unknown || !gating)
        return broken(model.id, QStringLiteral("licence or gating"));
    model.gating = *gating;

    const QJsonObject components = object[QLatin1String("components")].toObject();
    for (auto it = components.begin(); it != components.end(); ++it)
        model.components.append({it.key(), it.value().toInteger()});
    const QJsonObject download = object[QLatin1String("download")].toObject();
    model.downloadBytes = download[QLatin1String("bytes")].toInteger();
    if (model.components.isEmpty() || model.downloadBytes <= 0)
        return broken(model.id, QStringLiteral("components or download"));

    auto tasks = readTasks(model.id, object[QLatin1String("tasks")].toArray());
    auto defaults = readDefaults(model.id, object[QLatin1String("defaults")].toObject());
    auto memory = readMemory(model.id, object[QLatin1String("memory")].toArray());
    if (!tasks || !defaults || !memory)
        return fail(!tasks ? tasks.error() : !defaults ? defaults.error() : memory.error());
    model.tasks = std::move(*tasks);
    model.defaults = *defaults;
    model.memory = std::move(*memory);
    if (const auto rule = hub::videoRule(model.pipelineClass); rule && model.defaults.frames) {
        if (!rule->frames.holds(*model.defaults.frames))
            return broken(model.id, QStringLiteral("defaults.frames"));
        model.frameRule = rule->frames;
    }
    return model;
}

bool matches(const ModelSpec& model, const QString& foldedWord)
{
    const auto has = [&foldedWord](const QString& text) { return text.toCaseFolded().contains(foldedWord); };
    return has(model.id) || has(model.title) || has(model.family)
        || std::any_of(model.aliases.begin(), model.aliases.end(), has)
        || std::any_of(model.tasks.begin(), model.tasks.end(),
            [&has](GenerationTask task) { return has(toString(task).replace(QLatin1Char('_'), QLatin1Char('-'))); });
}

} // namespace

ModelRegistry ModelRegistry::builtIn()
{
    auto registry = parse(registryFile(QStringLiteral("models.json")));
    Q_ASSERT_X(registry.has_value(), "ModelRegistry", registry ? "" : registry.error().detail.c_str());
    return registry ? std::move(*registry) : ModelRegistry();
}

Result<ModelRegistry> ModelRegistry::parse(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    if (root[QLatin1String("format")].toInt() != 1)
        return broken(QStringLiteral("file"), QStringLiteral("format"));
    ModelRegistry registry;
    registry.m_date = root[QLatin1String("date")].toString();
    const QJsonArray models = root[QLatin1String("models")].toArray();
    for (const QJsonValue& value : models) {
        auto model = readModel(value.toObject());
        if (!model)
            return fail(model.error());
        const qsizetype index = registry.m_presets.size();
        const QStringList ids = QStringList{model->id} + model->aliases;
        for (const QString& id : ids) {
            if (registry.m_indexById.contains(id.toCaseFolded()))
                return broken(model->id, QStringLiteral("%1 stands twice").arg(id));
            registry.m_indexById.insert(id.toCaseFolded(), index);
        }
        registry.m_presets.append(std::move(*model));
    }
    const QJsonArray names = root[QLatin1String("names")].toArray();
    for (const QJsonValue& value : names) {
        const ShortName name{value[QLatin1String("name")].toString(), value[QLatin1String("provider")].toString(),
            value[QLatin1String("model")].toString()};
        if (name.name.isEmpty() || !registry.find(name.model))
            return broken(QStringLiteral("names"), name.name);
        registry.m_names.append(name);
    }
    return registry;
}

std::optional<ModelSpec> ModelRegistry::find(const QString& idOrLink) const
{
    const auto reference = parseHubReference(idOrLink);
    if (!reference)
        return std::nullopt;
    const auto index = m_indexById.constFind(reference->id.toCaseFolded());
    if (index == m_indexById.constEnd())
        return std::nullopt;
    return m_presets[*index];
}

std::optional<QString> ModelRegistry::resolveName(const QString& name, const QString& provider) const
{
    for (const QString& wanted : {provider, QString()}) {
        const auto match = std::find_if(m_names.begin(), m_names.end(),
            [&](const ShortName& entry) { return entry.name == name && entry.provider == wanted; });
        if (match != m_names.end())
            return match->model;
    }
    return std::nullopt;
}

QList<ModelSpec> ModelRegistry::search(const QString& text) const
{
    const auto reference = parseHubReference(text);
    if (reference && find(reference->id))
        return {*find(reference->id)};
    const QStringList words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QList<ModelSpec> found;
    std::copy_if(m_presets.begin(), m_presets.end(), std::back_inserter(found), [&words](const ModelSpec& model) {
        return std::all_of(words.begin(), words.end(), [&model](const QString& word) { return matches(model, word); });
    });
    return found;
}

} // namespace visgate
