// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/fault_cells.h"

#include <QFile>
#include <QStringList>

#include <stdexcept>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

/// More than the client's own attempts, so that the engine sees it; few enough to pass.
constexpr int kTimes = 4;

QJsonObject effect(const QString& kind, const QJsonObject& more = {})
{
    QJsonObject object = more;
    object[u"effect"_s] = kind;
    object[u"count"_s] = kTimes;
    return object;
}

ExternalCall call(const QString& name, const QString& method, const QString& path, const QString& point)
{
    return {name, method, path, point + ".before"_L1, point + ".after"_L1};
}

ExternalCall with(bool ExternalCall::*trait, ExternalCall call)
{
    call.*trait = true;
    return call;
}

CallFault answers(int status)
{
    QJsonObject more{{u"status"_s, status},
        {u"body"_s, QJsonObject{{u"title"_s, u"spoiled"_s}, {u"status"_s, status}, {u"detail"_s, u"spoiled"_s}}}};
    if (status == 429)
        more[u"headers"_s] = QJsonObject{{u"Retry-After"_s, u"1"_s}};
    return {QString::number(status), effect(u"status"_s, more)};
}

} // namespace

const QList<ExternalCall>& externalCalls()
{
    static const QList<ExternalCall> calls{
        call(u"list"_s, u"GET"_s, u"/rest/v2/serverless"_s, u"list_endpoints"_s),
        with(&ExternalCall::mayBeOnKept, call(u"gpus"_s, u"GET"_s, u"/rest/v2/catalog/gpus"_s, u"offers"_s)),
        {u"model"_s, u"GET"_s, u"/hub/api/models/stabilityai/sdxl-turbo"_s, u"validate_key.after"_s,
            u"failed.committed"_s},
        {u"licence"_s, u"GET"_s, u"/hub/api/models/*/auth-check"_s, u"validate_key.after"_s, u"failed.committed"_s},
        call(u"create"_s, u"POST"_s, u"/rest/v2/serverless"_s, u"create_endpoint"_s),
        call(u"workers"_s, u"GET"_s, u"/rest/v2/serverless/*/workers"_s, u"workers"_s),
        {u"logs"_s, u"GET"_s, u"/rest/v2/serverless/*/logs"_s, u"open_logs.before"_s, u"workers.after"_s},
        with(&ExternalCall::besideWatch, call(u"run"_s, u"POST"_s, u"/queue/v2/*/run"_s, u"submit_job"_s)),
        with(&ExternalCall::besideWatch,
            with(&ExternalCall::onlyFirstJob, call(u"status"_s, u"GET"_s, u"/queue/v2/*/status/*"_s, u"job"_s))),
        with(&ExternalCall::besideWatch, call(u"cancel"_s, u"POST"_s, u"/queue/v2/*/cancel/*"_s, u"cancel_job"_s)),
        with(&ExternalCall::onlyWhenReady, call(u"endpoint"_s, u"GET"_s, u"/rest/v2/serverless/*"_s, u"endpoint"_s)),
        call(u"scale"_s, u"PATCH"_s, u"/rest/v2/serverless/*"_s, u"scale"_s),
        with(&ExternalCall::besideWatch, call(u"billing"_s, u"GET"_s, u"/rest/v2/billing/serverless"_s, u"billing"_s)),
        call(u"delete"_s, u"DELETE"_s, u"/rest/v2/serverless/*"_s, u"delete_endpoint"_s),
    };
    return calls;
}

const QList<CallFault>& callFaults()
{
    static const QList<CallFault> faults{
        {u"refused"_s, {}},
        {u"reset_before"_s, effect(u"reset_before"_s)},
        {u"reset_after"_s, effect(u"reset_after"_s)},
        {u"reply_lost"_s, effect(u"drop"_s, {{u"bytes"_s, 0}})},
        answers(400),
        answers(401),
        answers(403),
        answers(404),
        answers(409),
        answers(422),
        answers(429),
        answers(500),
        answers(502),
        answers(524),
        {u"slow"_s, effect(u"delay"_s, {{u"delay_ms"_s, 700}})},
        {u"torn"_s, effect(u"drop"_s, {{u"bytes"_s, 90}})},
        {u"garbage"_s, effect(u"garbage"_s)},
        {u"content_type"_s, effect(u"content_type"_s, {{u"content_type"_s, u"text/html"_s}})},
    };
    return faults;
}

QList<Cell> readFaultTable()
{
    return readFaultTable(QStringLiteral(VISGATE_FAULT_TABLE));
}

QList<Cell> readFaultTable(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot be read: " + path.toStdString());
    QList<Cell> cells;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        if (line.startsWith(u'#'))
            continue;
        const QStringList words = line.simplified().split(u' ');
        if (words.size() < 3)
            throw std::runtime_error("a line of the fault table is no cell: " + line.toStdString());
        cells.append({words.at(0), words.at(1), words.mid(2).join(u' ')});
    }
    return cells;
}

} // namespace visgate::test
