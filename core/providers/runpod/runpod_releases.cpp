// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_releases.h"

#include "core/base/json.h"
#include "core/providers/runpod/runpod_json.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

namespace visgate::runpod {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Diffs use the older API's names for settings; these are REST v2's.
QString restName(QString field)
{
    static const QHash<QString, QString> names{{u"imageName"_s, u"image"_s}, {u"dockerArgs"_s, u"args"_s},
        {u"containerDiskInGb"_s, u"disk"_s}, {u"containerRegistryAuthId"_s, u"registry"_s}, {u"gpuIds"_s, u"gpu"_s},
        {u"gpuCount"_s, u"gpu.count"_s}, {u"minCudaVersion"_s, u"gpu.minCudaVersion"_s},
        {u"allowedCudaVersions"_s, u"gpu.allowedCudaVersions"_s}, {u"locations"_s, u"dataCenterIds"_s},
        {u"networkVolumeId"_s, u"networkVolumes"_s}, {u"networkVolumeIds"_s, u"networkVolumes"_s},
        {u"executionTimeoutMs"_s, u"timeout"_s}, {u"flashBootType"_s, u"flashboot"_s},
        {u"workersMin"_s, u"workers.min"_s}, {u"workersMax"_s, u"workers.max"_s},
        {u"idleTimeout"_s, u"workers.idleTimeout"_s}, {u"scalerType"_s, u"scaling.type"_s},
        {u"scalerValue"_s, u"scaling.value"_s}};
    if (field.startsWith("template."_L1))
        field = field.mid(9);
    return names.value(field, field);
}

/// "ADA_24,AMPERE_24,-NVIDIA L4"
QJsonObject gpuFromIds(const QString& ids)
{
    QJsonArray pools;
    QJsonArray excluded;
    for (const QString& id : ids.split(u',', Qt::SkipEmptyParts)) {
        if (id.trimmed().startsWith(u'-'))
            excluded.append(id.trimmed().mid(1));
        else
            pools.append(id.trimmed());
    }
    QJsonObject gpu{{u"pools"_s, pools}};
    if (!excluded.isEmpty())
        gpu.insert(u"excludedTypes"_s, excluded);
    return gpu;
}

QJsonArray listFrom(const QString& text)
{
    QJsonArray list;
    for (const QString& entry : text.split(u',', Qt::SkipEmptyParts))
        list.append(entry.trimmed());
    return list;
}

/// A value in REST v2's form, whichever of the known ones it has.
QJsonValue restValue(const QString& name, const QJsonValue& value)
{
    if (name == "gpu"_L1 && value.isString())
        return gpuFromIds(value.toString());
    if ((name == "dataCenterIds"_L1 || name == "networkVolumes"_L1) && value.isString())
        return listFrom(value.toString());
    if (name == "env"_L1 && value.isArray()) {
        QJsonObject env;
        for (const QJsonValue& entry : value.toArray())
            env.insert(entry["key"_L1].toString(), entry["value"_L1]);
        return env;
    }
    return value;
}

QString shown(const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        return {};
    if (value.isObject())
        return QString::fromUtf8(json::compact(value.toObject()));
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList entries;
    for (const QJsonValue& entry : value.toArray())
        entries.append(shown(entry));
    return entries.join(", "_L1);
}

void appendChange(
    QList<ReleaseChange>& changes, const QString& field, const QJsonValue& before, const QJsonValue& after)
{
    if (before == after)
        return;
    ReleaseChange change{field, shown(before), shown(after)};
    if (change.before == change.after) // null, absent and empty are one thing to people
        return;
    if (isSecretName(field)) {
        change.before = change.before.isEmpty() ? QString() : u"(hidden)"_s;
        change.after = change.after.isEmpty() ? QString() : u"(hidden, another value)"_s;
    }
    changes.append(change);
}

QList<ReleaseChange> changesOf(const QJsonObject& entry)
{
    QList<ReleaseChange> changes;
    const QString name = restName(entry["field"_L1].toString());
    const QJsonValue before = restValue(name, entry["old"_L1]);
    const QJsonValue after = restValue(name, entry["new"_L1]);
    if (!before.isObject() && !after.isObject()) {
        appendChange(changes, name, before, after);
        return changes;
    }
    const QJsonObject was = before.toObject();
    const QJsonObject is = after.toObject();
    QStringList keys = was.keys() + is.keys();
    keys.removeDuplicates();
    for (const QString& key : std::as_const(keys))
        appendChange(changes, name + u'.' + key, was.value(key), is.value(key));
    return changes;
}

Result<QJsonArray> entriesOf(const QByteArray& body)
{
    const auto root = json::parseObject(body);
    if (!root || !root->value("releases"_L1).isArray())
        return fail(ErrorCode::UnexpectedReply, "release list: missing 'releases'");
    return root->value("releases"_L1).toArray();
}

/// What takes the place of a setting that was not there before; undefined where nothing can.
QJsonValue emptyValue(const QString& name)
{
    if (name == "args"_L1 || name == "gpu.minCudaVersion"_L1)
        return QString();
    if (name == "ports"_L1 || name == "dataCenterIds"_L1 || name == "networkVolumes"_L1
        || name == "gpu.allowedCudaVersions"_L1)
        return QJsonArray();
    if (name == "env"_L1)
        return QJsonObject();
    if (name == "registry"_L1)
        return QJsonValue::Null;
    return QJsonValue::Undefined;
}

bool isSetBack(const QString& name)
{
    static const QStringList names{u"image"_s, u"args"_s, u"disk"_s, u"env"_s, u"ports"_s, u"registry"_s, u"gpu"_s,
        u"gpu.count"_s, u"gpu.minCudaVersion"_s, u"gpu.allowedCudaVersions"_s, u"cpu"_s, u"dataCenterIds"_s,
        u"networkVolumes"_s, u"timeout"_s, u"flashboot"_s};
    return names.contains(name);
}

bool isLimitOrIdentity(const QString& name)
{
    return name.startsWith("workers."_L1) || name.startsWith("scaling"_L1) || name == "name"_L1;
}

void put(QJsonObject& patch, const QString& name, QJsonValue value)
{
    if (name == "gpu"_L1) {
        QJsonObject gpu = value.toObject();
        if (gpu.value("minCudaVersion"_L1).isNull() && gpu.contains("minCudaVersion"_L1))
            gpu.insert(u"minCudaVersion"_s, QString()); // null in a reply, an empty text in a request
        QJsonObject whole = patch.value("gpu"_L1).toObject();
        whole.remove("pools"_L1);
        whole.remove("excludedTypes"_L1);
        for (auto it = gpu.begin(); it != gpu.end(); ++it)
            whole.insert(it.key(), it.value());
        patch.insert(name, whole);
        return;
    }
    if (!name.startsWith("gpu."_L1)) {
        patch.insert(name, value);
        return;
    }
    QJsonObject gpu = patch.value("gpu"_L1).toObject();
    gpu.insert(name.mid(4), value);
    patch.insert(u"gpu"_s, gpu);
}

} // namespace

Result<ReleaseHistory> readReleases(const QByteArray& body)
{
    const auto root = json::parseObject(body);
    const auto entries = entriesOf(body);
    if (!entries)
        return fail(entries.error());
    ReleaseHistory history;
    for (const QJsonValue& value : *entries) {
        const QJsonObject entry = value.toObject();
        Release release;
        release.id = entry["id"_L1].toString();
        if (release.id.isEmpty())
            return fail(ErrorCode::UnexpectedReply, "release: missing 'id'");
        release.version = entry["version"_L1].toInt();
        release.source = entry["source"_L1].toString();
        TimePoint at;
        if (parseUtc(entry["createdAt"_L1].toString().toStdString(), at))
            release.createdAt = at;
        release.workers = entry["workerCount"_L1].toInt();
        for (const QJsonValue& change : entry["diff"_L1].toArray())
            release.changes += changesOf(change.toObject());
        history.releases.append(std::move(release));
    }
    history.current = root->value("endpointVersion"_L1).toInt();
    if (history.current == 0 && !history.releases.isEmpty())
        history.current = history.releases.constFirst().version;
    history.rollingOut = root->value("rollout"_L1)["inProgress"_L1].toBool();
    return history;
}

Result<QByteArray> rollBackBody(const QByteArray& releases, int version)
{
    const auto history = readReleases(releases);
    if (!history)
        return fail(history.error());
    const std::string named = std::to_string(version);
    if (!history->has(version) || version == 0)
        return fail(Error{ErrorCode::NotFound, "release " + named, 0, {}, {"release " + named}});
    if (version == history->current)
        return fail(Error{ErrorCode::InvalidRequest, "release " + named + " is the present one", 0, {}, {"release"}});
    QJsonObject patch;
    const auto entries = entriesOf(releases);
    // From the newest down to the one after `version`: what an older one replaced overrides what a newer one did.
    for (qsizetype i = 0; history->releases.at(i).version != version; ++i) {
        for (const QJsonValue& change : entries->at(i).toObject().value("diff"_L1).toArray()) {
            const QString name = restName(change["field"_L1].toString());
            if (isLimitOrIdentity(name))
                continue;
            QJsonValue before = restValue(name, change["old"_L1]);
            if (before.isNull() || before.isUndefined())
                before = emptyValue(name);
            if (!isSetBack(name) || before.isUndefined())
                return fail(Error{ErrorCode::InvalidRequest,
                    "'" + name.toStdString() + "' cannot be set back to release " + named, 0, {}, {"release"}});
            put(patch, name, before);
        }
    }
    return json::compact(patch);
}

} // namespace visgate::runpod
