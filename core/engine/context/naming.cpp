// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/context/naming.h"

#include "core/base/json.h"

#include <QCryptographicHash>
#include <QJsonObject>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kHashDigits = 10;
constexpr qsizetype kSuffixDigits = 8;

QString prefixFor(const QString& userHash)
{
    return "visgate-"_L1 + userHash.left(kHashDigits) + u'-';
}

QString nameOfModel(QString modelId)
{
    return modelId.replace(u'/', "--"_L1);
}

/// QJsonObject keeps its keys sorted, so equal set-ups give equal bytes.
QString suffixFor(const EndpointSetup& setup)
{
    const EndpointLimits& limits = setup.limits;
    const QJsonObject facts{{u"revision"_s, setup.revision}, {u"task"_s, toString(setup.task)},
        {u"precision"_s, u"auto"_s}, {u"image"_s, setup.image},
        {u"idle"_s, static_cast<qint64>(limits.idleTimeout.count())},
        {u"execution"_s, static_cast<qint64>(limits.executionTimeout.count())},
        {u"init"_s, static_cast<qint64>(limits.initTimeout.count())},
        {u"worker_idle"_s, static_cast<qint64>(limits.workerIdleTimeout.count())},
        {u"failures"_s, limits.failureThreshold}, {u"min"_s, limits.workersMin}, {u"max"_s, limits.workersMax},
        {u"distinct"_s, setup.distinct}};
    const QByteArray digest = QCryptographicHash::hash(json::compact(facts), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(kSuffixDigits));
}

} // namespace

QString endpointName(const EndpointSetup& setup)
{
    return legacyName(setup.userHash, setup.modelId) + u'-' + suffixFor(setup);
}

QString legacyName(const QString& userHash, const QString& modelId)
{
    return prefixFor(userHash) + nameOfModel(modelId);
}

QString poolName(const QString& modelId)
{
    return "visgate-pool-"_L1 + nameOfModel(modelId);
}

bool isOurName(const QString& endpointName, const QString& userHash)
{
    return !userHash.isEmpty() && endpointName.startsWith(prefixFor(userHash));
}

QString modelOfName(const QString& endpointName, const QString& userHash)
{
    if (!isOurName(endpointName, userHash))
        return {};
    QString model = endpointName.mid(prefixFor(userHash).size());
    const qsizetype suffix = model.size() - kSuffixDigits - 1;
    if (suffix > 0 && model.at(suffix) == u'-')
        model.truncate(suffix);
    const qsizetype separator = model.indexOf("--"_L1);
    return separator < 0 ? QString() : model.left(separator) + u'/' + model.mid(separator + 2);
}

} // namespace visgate
