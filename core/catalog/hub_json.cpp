// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace visgate::hub {

namespace {

constexpr QLatin1String kIndexFile("model_index.json");

tl::unexpected<Error> broken(const QString& what)
{
    return fail(ErrorCode::UnexpectedReply, QStringLiteral("hub: %1").arg(what).toStdString());
}

Error modelError(ErrorCode code, const QString& id)
{
    Error error;
    error.code = code;
    error.detail = id.toStdString();
    error.arguments = {id.toStdString()};
    return error;
}

Gating toGating(const QJsonValue& value)
{
    if (value.toString() == QLatin1String("auto"))
        return Gating::Automatic;
    if (value.toString() == QLatin1String("manual") || value.toBool())
        return Gating::Manual;
    return Gating::Open;
}

QString licenceOf(const QJsonObject& model)
{
    const QJsonObject card = model[QLatin1String("cardData")].toObject();
    const QJsonValue licence = card[QLatin1String("license")];
    const QString id = licence.isArray() ? licence[0].toString() : licence.toString();
    const QString name = card[QLatin1String("license_name")].toString();
    if (!id.isEmpty())
        return id == QLatin1String("other") && !name.isEmpty() ? name : id;
    const QJsonArray tags = model[QLatin1String("tags")].toArray();
    for (const QJsonValue& tag : tags) {
        const QLatin1String prefix("license:");
        if (tag.toString().startsWith(prefix))
            return tag.toString().mid(prefix.size());
    }
    return {};
}

Result<Model> toModel(const QJsonObject& object)
{
    Model model;
    model.id = object[QLatin1String("id")].toString(object[QLatin1String("modelId")].toString());
    if (model.id.isEmpty())
        return broken(QStringLiteral("model without 'id'"));
    model.commit = object[QLatin1String("sha")].toString();
    model.task = object[QLatin1String("pipeline_tag")].toString();
    model.library = object[QLatin1String("library_name")].toString();
    model.licence = licenceOf(object);
    model.pipelineClass
        = object[QLatin1String("config")][QLatin1String("diffusers")][QLatin1String("_class_name")].toString();
    model.gating = toGating(object[QLatin1String("gated")]);
    model.downloads = object[QLatin1String("downloads")].toInteger();
    const QJsonArray siblings = object[QLatin1String("siblings")].toArray();
    for (const QJsonValue& sibling : siblings) {
        const QString path = sibling[QLatin1String("rfilename")].toString();
        const qint64 stored = sibling[QLatin1String("lfs")][QLatin1String("size")].toInteger();
        if (!path.isEmpty())
            model.files.append({path, std::max(sibling[QLatin1String("size")].toInteger(stored), qint64{0})});
    }
    return model;
}

bool isWeights(const QString& path)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\.(safetensors|bin|pt|pth|ckpt|msgpack|h5|onnx|onnx_data|xml|gguf|tflite|mlmodel)$"));
    return pattern.match(path).hasMatch();
}

/// How a weight file is told from its duplicates; lower is taken first. Nothing for files diffusers does not load.
std::optional<int> weightRank(const QString& name)
{
    static const QRegularExpression loadable(
        QStringLiteral("^(diffusion_pytorch_model|model|pytorch_model)(\\.(?<variant>[a-z0-9_]+))?"
                       "(-\\d{5}-of-\\d{5})?(\\.(?<late>[a-z0-9_]+))?\\.(?<suffix>safetensors|bin)$"));
    const QRegularExpressionMatch match = loadable.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    const QString variant = match.captured(QStringLiteral("variant")) + match.captured(QStringLiteral("late"));
    const bool sixteenBit = variant == QLatin1String("fp16") || variant == QLatin1String("bf16");
    if (!variant.isEmpty() && !sixteenBit)
        return std::nullopt; // "non_ema" and the like
    const bool pickle = match.captured(QStringLiteral("suffix")) == QLatin1String("bin");
    return (pickle ? 2 : 0) + (sixteenBit ? 0 : 1);
}

QString folderOf(const QString& path)
{
    const qsizetype slash = path.indexOf(QLatin1Char('/'));
    return slash < 0 ? QString() : path.left(slash);
}

/// The best-ranked set of weights of each folder.
QList<File> chosenWeights(const QList<File>& files, const QStringList& components)
{
    QMap<QString, QMap<int, QList<File>>> byFolder;
    for (const File& file : files) {
        const QString folder = folderOf(file.path);
        const auto rank = weightRank(file.path.mid(folder.size() + 1));
        if (!folder.isEmpty() && components.contains(folder) && rank)
            byFolder[folder][*rank].append(file);
    }
    QList<File> chosen;
    for (const auto& ranks : std::as_const(byFolder))
        chosen.append(ranks.first());
    return chosen;
}

/// A tag of the hub that stands for words, sound or numbers rather than pictures.
template <std::size_t size> bool isOneOf(const std::array<const char*, size>& names, const QString& task)
{
    return std::any_of(names.begin(), names.end(), [&task](const char* name) { return task == QLatin1String(name); });
}

/// Text goes in or pictures do, text comes out.
bool isLanguageTask(const QString& task)
{
    static const std::array names{"text-generation", "text2text-generation", "fill-mask", "token-classification",
        "text-classification", "question-answering", "summarization", "translation", "feature-extraction",
        "sentence-similarity", "image-text-to-text", "video-text-to-text", "zero-shot-classification"};
    return isOneOf(names, task);
}

bool isOtherTask(const QString& task)
{
    static const std::array names{"automatic-speech-recognition", "text-to-speech", "text-to-audio", "audio-to-audio",
        "audio-classification", "image-classification", "object-detection", "image-segmentation", "depth-estimation",
        "image-to-text", "visual-question-answering", "tabular-classification", "tabular-regression",
        "time-series-forecasting", "reinforcement-learning", "any-to-any"};
    return isLanguageTask(task) || isOneOf(names, task);
}

} // namespace

Result<Model> readModel(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return broken(QStringLiteral("not an object"));
    return toModel(document.object());
}

Result<QList<Model>> readModels(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isArray())
        return broken(QStringLiteral("not a list"));
    QList<Model> models;
    const QJsonArray array = document.array();
    for (const QJsonValue& value : array) {
        auto model = toModel(value.toObject());
        if (!model)
            return fail(model.error());
        models.append(std::move(*model));
    }
    return models;
}

Result<PipelineIndex> readPipelineIndex(const QByteArray& body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    PipelineIndex index;
    index.className = object[QLatin1String("_class_name")].toString();
    if (index.className.isEmpty())
        return broken(QStringLiteral("model_index.json without '_class_name'"));
    for (auto it = object.begin(); it != object.end(); ++it) {
        // "vae": ["diffusers", "AutoencoderKL"]; a part that was left out is [null, null].
        const QJsonArray part = it.value().toArray();
        if (part.size() == 2 && part[0].isString())
            index.components.append(it.key());
    }
    return index;
}

Result<QString> readAccountName(const QByteArray& body)
{
    const QString name = QJsonDocument::fromJson(body).object()[QLatin1String("name")].toString();
    if (name.isEmpty())
        return broken(QStringLiteral("account without 'name'"));
    return name;
}

std::optional<QUrl> nextPage(const QByteArray& linkHeader)
{
    static const QRegularExpression pattern(
        QStringLiteral("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?"), QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(QString::fromLatin1(linkHeader));
    if (!match.hasMatch())
        return std::nullopt;
    const QUrl url = QUrl::fromEncoded(match.captured(1).toLatin1(), QUrl::StrictMode);
    return url.isValid() && !url.isEmpty() ? std::optional(url) : std::nullopt;
}

QList<File> filesToLoad(const QList<File>& files, const QStringList& components)
{
    QList<File> chosen = chosenWeights(files, components);
    for (const File& file : files) {
        const bool belongs = components.contains(folderOf(file.path)) || file.path == kIndexFile;
        if (belongs && !isWeights(file.path))
            chosen.append(file);
    }
    return chosen;
}

std::optional<GenerationTask> taskOf(const Model& model, const QString& pipelineClass)
{
    if (const auto task = generationTaskFromString(model.task))
        return task;
    if (isOtherTask(model.task))
        return std::nullopt;
    const auto says = [&pipelineClass](const char* word) { return pipelineClass.contains(QLatin1String(word)); };
    if (pipelineClass.isEmpty() || says("Audio") || says("Music"))
        return std::nullopt;
    if (says("ImageToVideo") || says("Img2Vid"))
        return GenerationTask::ImageToVideo;
    if (says("VideoToVideo"))
        return GenerationTask::VideoToVideo;
    if (says("Video") || says("LTX") || says("Wan") || says("AnimateDiff") || says("Mochi"))
        return GenerationTask::TextToVideo;
    if (says("Img2Img") || says("Edit") || says("Kontext") || says("Pix2Pix") || says("Upscale"))
        return GenerationTask::ImageToImage;
    return GenerationTask::TextToImage;
}

Result<void> checkDeployable(const Model& model)
{
    const bool hasIndex
        = std::any_of(model.files.begin(), model.files.end(), [](const File& file) { return file.path == kIndexFile; });
    const bool makesPictures = generationTaskFromString(model.task).has_value();
    const bool otherLibrary = !model.library.isEmpty() && model.library != QLatin1String("diffusers");
    if (isLanguageTask(model.task))
        return fail(modelError(ErrorCode::LanguageModel, model.id));
    if (isOtherTask(model.task) || (!makesPictures && !hasIndex && otherLibrary))
        return fail(modelError(ErrorCode::UnsupportedTask, model.id));
    if (!model.files.isEmpty() && !hasIndex)
        return fail(modelError(ErrorCode::ModelNotDiffusers, model.id));
    return {};
}

Result<ModelSpec> toSpec(const Model& model, const std::optional<PipelineIndex>& index)
{
    const auto deployable = checkDeployable(model);
    if (!deployable)
        return fail(deployable.error());
    ModelSpec spec;
    spec.id = model.id;
    spec.title = model.id.section(QLatin1Char('/'), -1);
    spec.pipelineClass = index ? index->className : model.pipelineClass;
    spec.licence = model.licence;
    spec.gating = model.gating;
    spec.revision = model.commit;
    const auto task = taskOf(model, spec.pipelineClass);
    if (!task)
        return fail(modelError(ErrorCode::UnsupportedTask, model.id));
    spec.tasks = {*task};

    QStringList components;
    if (index) {
        components = index->components;
    } else {
        for (const File& file : model.files) {
            if (!folderOf(file.path).isEmpty() && !components.contains(folderOf(file.path)))
                components.append(folderOf(file.path));
        }
    }
    const QList<File> needed = filesToLoad(model.files, components);
    QMap<QString, qint64> weights;
    for (const File& file : needed) {
        spec.downloadBytes += file.bytes;
        if (isWeights(file.path))
            weights[folderOf(file.path)] += file.bytes;
    }
    for (auto it = weights.begin(); it != weights.end(); ++it)
        spec.components.append({it.key(), it.value()});
    return spec;
}

} // namespace visgate::hub
