// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/endpoint_facts.h"

#include <QCryptographicHash>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString digestOf(const QMap<QString, QString>& env)
{
    constexpr qsizetype digits = 8;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (auto entry = env.cbegin(); entry != env.cend(); ++entry)
        hash.addData((entry.key() + u'=' + entry.value() + u'\n').toUtf8());
    return QString::fromLatin1(hash.result().toHex().left(digits));
}

} // namespace

EndpointFacts factsOf(const ProviderEndpoint& endpoint)
{
    return {{u"name"_s, endpoint.name}, {u"image"_s, endpoint.image}, {u"gpu_pools"_s, endpoint.gpuPools.join(u", "_s)},
        {u"workers_min"_s, QString::number(endpoint.workersMin)},
        {u"workers_max"_s, QString::number(endpoint.workersMax)},
        {u"idle_timeout_seconds"_s, QString::number(endpoint.idleTimeout.count())},
        {u"execution_timeout_ms"_s, QString::number(endpoint.executionTimeout.count())},
        {u"environment"_s, digestOf(endpoint.env)}};
}

QList<EndpointChange> changesBetween(const EndpointFacts& before, const EndpointFacts& after, TimePoint noticed)
{
    QList<EndpointChange> changes;
    if (before.isEmpty())
        return changes;
    for (auto fact = after.cbegin(); fact != after.cend(); ++fact) {
        const QString was = before.value(fact.key());
        if (was != fact.value())
            changes.append({fact.key(), was, fact.value(), noticed});
    }
    return changes;
}

} // namespace visgate
