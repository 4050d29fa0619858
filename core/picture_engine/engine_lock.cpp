// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture_engine/engine_lock.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>
#include <utility>

/// Names are resolved at compile time, outside of namespaces.
static void initLockResource()
{
    Q_INIT_RESOURCE(picture_engine);
}

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kBatchBytes = 48'000'000;

std::optional<EngineLock::Package> toPackage(const QJsonObject& object)
{
    static const QRegularExpression name(u"^[A-Za-z0-9][A-Za-z0-9._-]*$"_s);
    static const QRegularExpression sum(u"^[0-9a-f]{64}$"_s);
    static const QRegularExpression marker(u"^[A-Za-z0-9_ ='.!<>\"()-]*$"_s);
    EngineLock::Package package;
    package.name = object["name"_L1].toString();
    package.version = object["version"_L1].toString();
    package.marker = object["marker"_L1].toString();
    package.bytes = object["bytes"_L1].toInteger();
    for (const QJsonValue& value : object["sha256"_L1].toArray())
        package.sha256.append(value.toString());
    const bool areSums = std::all_of(
        package.sha256.cbegin(), package.sha256.cend(), [](const QString& text) { return sum.match(text).hasMatch(); });
    if (!name.match(package.name).hasMatch() || !name.match(package.version).hasMatch()
        || !marker.match(package.marker).hasMatch() || package.sha256.isEmpty() || !areSums || package.bytes <= 0)
        return std::nullopt;
    return package;
}

QString requirement(const EngineLock::Package& package)
{
    QString line = package.name + "=="_L1 + package.version;
    if (!package.marker.isEmpty())
        line += " ; "_L1 + package.marker;
    for (const QString& sum : package.sha256)
        line += " --hash=sha256:"_L1 + sum;
    return line + u'\n';
}

} // namespace

qint64 EngineLock::downloadBytes() const
{
    return std::accumulate(packages.cbegin(), packages.cend(), qint64(0),
        [](qint64 sum, const Package& package) { return sum + package.bytes; });
}

QList<EngineLock::Batch> EngineLock::batches() const
{
    QList<Batch> batches;
    qint64 largest = 0;
    for (const Package& package : packages) {
        if (batches.isEmpty() || batches.last().bytes + package.bytes > kBatchBytes) {
            batches.append(Batch());
            largest = 0;
        }
        Batch& batch = batches.last();
        if (package.bytes > std::exchange(largest, std::max(largest, package.bytes)))
            batch.name = package.name + u' ' + package.version;
        batch.requirements += requirement(package);
        batch.bytes += package.bytes;
    }
    return batches;
}

EngineLock EngineLock::builtIn()
{
    initLockResource();
    QFile file(u":/visgate/picture_engine/lock.json"_s);
    auto lock = file.open(QIODevice::ReadOnly) ? parse(file.readAll()) : fail(ErrorCode::FileUnreadable);
    Q_ASSERT_X(lock.has_value(), "EngineLock", lock ? "" : lock.error().detail.c_str());
    return lock ? std::move(*lock) : EngineLock();
}

Result<EngineLock> EngineLock::parse(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    EngineLock lock;
    lock.installedBytes = root["installed_bytes"_L1].toInteger();
    for (const QJsonValue& version : root["pythons"_L1].toArray())
        lock.pythons.append(version.toString());
    for (const QJsonValue& value : root["packages"_L1].toArray()) {
        auto package = toPackage(value.toObject());
        if (!package)
            return fail(
                ErrorCode::UnexpectedReply, "picture engine: " + value["name"_L1].toString().left(100).toStdString());
        lock.packages.append(std::move(*package));
    }
    if (root["format"_L1].toInt() != 1 || lock.packages.isEmpty() || lock.pythons.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "picture engine: format, packages or pythons");
    lock.fingerprint = QString::fromLatin1(QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex().left(16));
    return lock;
}

} // namespace visgate
