// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_weights.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace visgate::hub {

namespace {

constexpr QLatin1String kModelIndex("model_index.json");

/// One way in which a folder's weights are stored. The smaller is taken first.
struct WeightSet {
    bool foreignName = false; ///< named as the other library names its weights
    bool pickle = false;
    bool fullPrecision = false;
    QString variant; ///< "fp16", "bf16", empty
    QString stem;    ///< "diffusion_pytorch_model", "model"
    QString suffix;  ///< "safetensors", "bin"
    int parts = 0;   ///< "of N"; 0: one file

    [[nodiscard]] auto form() const { return std::tie(foreignName, pickle, fullPrecision, variant, stem, suffix); }
    bool operator<(const WeightSet& other) const
    {
        return std::tuple_cat(form(), std::tie(parts)) < std::tuple_cat(other.form(), std::tie(other.parts));
    }

    /// The name of the file that lists the parts of such a set.
    [[nodiscard]] QString indexName() const
    {
        const QString name = stem + u'.' + suffix + QStringLiteral(".index");
        return variant.isEmpty() ? name + QStringLiteral(".json") : name + u'.' + variant + QStringLiteral(".json");
    }
};

using Sets = QMap<WeightSet, QList<File>>;

/// Nothing for files that are not loaded: "non_ema" variants, flax, single-file copies and the like.
std::optional<WeightSet> weightSetOf(const QString& name, const QString& library)
{
    static const QRegularExpression loadable(
        QStringLiteral("^(?<stem>diffusion_pytorch_model|model|pytorch_model)(\\.(?<variant>[a-z0-9_]+))?"
                       "(-\\d{5}-of-(?<parts>\\d{5}))?(\\.(?<late>[a-z0-9_]+))?\\.(?<suffix>safetensors|bin)$"));
    const QRegularExpressionMatch match = loadable.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    WeightSet set;
    set.variant = match.captured(QStringLiteral("variant")) + match.captured(QStringLiteral("late"));
    set.fullPrecision = set.variant != QLatin1String("fp16") && set.variant != QLatin1String("bf16");
    if (!set.variant.isEmpty() && set.fullPrecision)
        return std::nullopt;
    set.stem = match.captured(QStringLiteral("stem"));
    set.suffix = match.captured(QStringLiteral("suffix"));
    set.pickle = set.suffix == QLatin1String("bin");
    set.parts = match.captured(QStringLiteral("parts")).toInt();
    const bool isDiffusers = set.stem == QLatin1String("diffusion_pytorch_model");
    set.foreignName = !library.isEmpty() && isDiffusers != (library == QLatin1String("diffusers"));
    return set;
}

QString nameIn(const QString& folder, const QString& path)
{
    return path.mid(folder.size() + 1);
}

/// The whole sets of a component's folder; a set of which a part is missing cannot be loaded.
Sets wholeSets(const QList<File>& files, const Component& component)
{
    Sets sets;
    for (const File& file : files) {
        if (component.name.isEmpty() || folderOf(file.path) != component.name)
            continue;
        if (const auto set = weightSetOf(nameIn(component.name, file.path), component.library))
            sets[*set].append(file);
    }
    for (auto it = sets.begin(); it != sets.end();)
        it = it.key().parts > 0 && it.value().size() != it.key().parts ? sets.erase(it) : std::next(it);
    return sets;
}

/// The sets that differ from the best one in nothing but how they are cut into parts.
QList<WeightSet> contenders(const Sets& sets)
{
    QList<WeightSet> equal;
    const auto all = sets.keys();
    for (const WeightSet& set : all) {
        if (set.form() == all.constFirst().form())
            equal.append(set);
    }
    return equal;
}

bool has(const QList<File>& files, const QString& path)
{
    return std::any_of(files.begin(), files.end(), [&path](const File& file) { return file.path == path; });
}

QList<File> chosenOf(const QList<File>& files, const Component& component, const ShardLists& lists)
{
    const Sets sets = wholeSets(files, component);
    if (sets.isEmpty())
        return {};
    const QList<WeightSet> equal = contenders(sets);
    const QString index = component.name + u'/' + equal.constFirst().indexName();
    // transformers looks for the single file first, diffusers for the index.
    const bool singleCounts
        = equal.constFirst().parts == 0 && (component.library == QLatin1String("transformers") || !has(files, index));
    if (equal.size() == 1 || singleCounts)
        return sets.value(equal.constFirst());
    QList<File> named;
    const QSet<QString> list = lists.value(index);
    for (const WeightSet& set : equal) {
        for (const File& file : sets.value(set)) {
            if (list.contains(file.path))
                named.append(file);
        }
    }
    if (!named.isEmpty() && named.size() == list.size())
        return named;
    return sets.value(equal.constLast());
}

} // namespace

bool isWeights(const QString& path)
{
    static const QRegularExpression pattern(QStringLiteral(
        "\\.(safetensors|bin|pt|pth|ckpt|msgpack|h5|onnx|onnx_data|pb|xml|gguf|tflite|mlmodel|ot|npz)$"));
    return pattern.match(path).hasMatch();
}

QString folderOf(const QString& path)
{
    const qsizetype slash = path.indexOf(QLatin1Char('/'));
    return slash < 0 ? QString() : path.left(slash);
}

QList<File> filesToLoad(const QList<File>& files, const QList<Component>& components, const ShardLists& lists)
{
    QList<File> chosen;
    QSet<QString> names;
    for (const Component& component : components) {
        names.insert(component.name);
        chosen.append(chosenOf(files, component, lists));
    }
    for (const File& file : files) {
        const bool belongs = names.contains(folderOf(file.path)) || file.path == kModelIndex;
        if (belongs && !isWeights(file.path))
            chosen.append(file);
    }
    return chosen;
}

QStringList indexesToRead(const QList<File>& files, const QList<Component>& components)
{
    QStringList indexes;
    for (const Component& component : components) {
        const Sets sets = wholeSets(files, component);
        if (sets.isEmpty())
            continue;
        const auto equal = contenders(sets);
        const auto cut = std::count_if(equal.begin(), equal.end(), [](const WeightSet& set) { return set.parts > 0; });
        const QString index = component.name + u'/' + equal.constFirst().indexName();
        if (cut > 1 && has(files, index))
            indexes.append(index);
    }
    return indexes;
}

Result<QSet<QString>> readShardIndex(const QByteArray& body, const QString& path)
{
    const QJsonObject map = QJsonDocument::fromJson(body).object().value(QLatin1String("weight_map")).toObject();
    QSet<QString> names;
    for (const QJsonValue& name : map)
        names.insert(folderOf(path) + u'/' + name.toString());
    if (names.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "hub: " + path.toStdString() + " without 'weight_map'");
    return names;
}

QStringList withoutWeights(const QList<File>& toLoad, const QList<Component>& components)
{
    static const QRegularExpression bare(QStringLiteral("Scheduler|Tokenize|Processor|FeatureExtractor|Guid"));
    QStringList missing;
    for (const Component& component : components) {
        const bool isOfWeights
            = component.library == QLatin1String("diffusers") || component.library == QLatin1String("transformers");
        if (!isOfWeights || bare.match(component.className).hasMatch())
            continue;
        const bool isThere = std::any_of(toLoad.begin(), toLoad.end(), [&component](const File& file) {
            return folderOf(file.path) == component.name && isWeights(file.path) && (file.bytes > 0 || !file.hasSize);
        });
        if (!isThere)
            missing.append(component.name);
    }
    return missing;
}

} // namespace visgate::hub
