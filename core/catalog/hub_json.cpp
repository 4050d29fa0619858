// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_json.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace visgate::hub {

namespace {

/// No model has files that large; sums of what a hub makes up must not overflow.
constexpr qint64 kLargestFile = qint64{1} << 42;

tl::unexpected<Error> broken(const QString& what)
{
    return fail(ErrorCode::UnexpectedReply, QStringLiteral("hub: %1").arg(what).toStdString());
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

/// ["module", "Class"] where the program comes with the repository, else "Class".
std::pair<QString, QString> classOf(const QJsonValue& value)
{
    if (!value.isArray())
        return {{}, value.toString()};
    const QString module = value[0].toString();
    return {module == QLatin1String("diffusers") ? QString() : module, value[1].toString()};
}

/// The rest of the first tag that begins so.
QString tagAfter(const QStringList& tags, QLatin1String prefix)
{
    const auto found
        = std::find_if(tags.begin(), tags.end(), [prefix](const QString& tag) { return tag.startsWith(prefix); });
    return found == tags.end() ? QString() : found->mid(prefix.size());
}

File toFile(const QJsonValue& sibling)
{
    const QJsonValue size = sibling[QLatin1String("size")];
    const QJsonValue stored = sibling[QLatin1String("lfs")][QLatin1String("size")];
    const qint64 bytes = std::max(size.toInteger(-1), stored.toInteger(-1));
    return {sibling[QLatin1String("rfilename")].toString(), std::clamp(bytes, qint64{0}, kLargestFile), bytes >= 0};
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
    model.tags = json::strings(object[QLatin1String("tags")]);
    model.pipelineClass
        = classOf(object[QLatin1String("config")][QLatin1String("diffusers")][QLatin1String("_class_name")]).second;
    if (model.pipelineClass.isEmpty())
        model.pipelineClass = tagAfter(model.tags, QLatin1String("diffusers:"));
    const QJsonValue base = object[QLatin1String("cardData")][QLatin1String("base_model")];
    model.baseModel = base.isArray() ? base[0].toString() : base.toString();
    if (model.baseModel.isEmpty())
        model.baseModel = tagAfter(model.tags, QLatin1String("base_model:adapter:"));
    model.disabled = object[QLatin1String("disabled")].toBool();
    model.gating = toGating(object[QLatin1String("gated")]);
    model.downloads = object[QLatin1String("downloads")].toInteger();
    const QJsonArray siblings = object[QLatin1String("siblings")].toArray();
    for (const QJsonValue& sibling : siblings) {
        if (File file = toFile(sibling); !file.path.isEmpty())
            model.files.append(std::move(file));
    }
    return model;
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
    // Some editors begin a file with a byte order mark, which Python's reader forgives.
    const QByteArray mark("\xEF\xBB\xBF");
    const QJsonObject object
        = QJsonDocument::fromJson(body.startsWith(mark) ? body.sliced(mark.size()) : body).object();
    PipelineIndex index;
    std::tie(index.ownModule, index.className) = classOf(object[QLatin1String("_class_name")]);
    if (index.className.isEmpty())
        return broken(QStringLiteral("model_index.json without '_class_name'"));
    for (auto it = object.begin(); it != object.end(); ++it) {
        // "vae": ["diffusers", "AutoencoderKL"]; a part that was left out is [null, null].
        const QJsonArray part = it.value().toArray();
        if (part.size() == 2 && part[0].isString() && !it.key().startsWith(QLatin1Char('_')))
            index.components.append({it.key(), part[0].toString(), part[1].toString()});
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

} // namespace visgate::hub
