// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/practice_process.h"

#include "core/foundation/http/client.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <chrono>
#include <stdexcept>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QString program(const QString& name)
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

} // namespace

PracticeProcess::PracticeProcess(double speed, const QStringList& more)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program(u"practice_host"_s),
        QStringList{u"--data"_s, m_folder.path(), u"--worker"_s, program(u"visgate-worker"_s), u"--speed"_s,
            QString::number(speed), u"--seed"_s, u"7"_s, u"--leave-after"_s, u"60"_s, u"--image"_s,
            imageOfNobody() + u'=' + program(u"visgate-worker"_s), u"--image"_s, publicImage() + u"=/usr/bin/env"_s}
            + more);
    while (!m_process.canReadLine() && m_process.waitForReadyRead(300'000)) { }
    m_addresses = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_addresses.isEmpty())
        throw std::runtime_error("practice_host did not come up");
    // Tests live minutes in a second, and ask accordingly; those of the quota set their own.
    control(
        "POST", QStringLiteral("/limits"), {{u"minute"_s, 100'000}, {u"hour"_s, 1'000'000}, {u"day"_s, 10'000'000}});
}

PracticeProcess::~PracticeProcess()
{
    m_process.terminate();
    if (!m_process.waitForFinished(15'000))
        m_process.kill();
    m_process.waitForFinished(5'000);
}

PracticeAddress PracticeProcess::address(const std::string& key) const
{
    PracticeAddress address;
    address.address.rest = QUrl(m_addresses["rest"_L1].toString());
    address.address.queue = QUrl(m_addresses["queue"_L1].toString());
    address.address.hub = QUrl(m_addresses["hub"_L1].toString());
    address.address.registry = QUrl(m_addresses["registry"_L1].toString());
    address.address.volumes = m_addresses["volumes"_L1].toString();
    address.volumeKeys = {u"user_practice"_s, std::make_shared<const Secret>(std::string("rps_practice_play_storage"))};
    address.address.graphql = QUrl(m_addresses["graphql"_L1].toString());
    address.key = std::make_shared<const Secret>(key);
    return address;
}

QByteArray PracticeProcess::send(const char* method, const QString& path, const QJsonObject& body) const
{
    http::Peer peer;
    peer.port = static_cast<std::uint16_t>(m_addresses["port"_L1].toInt());
    http::Client client(peer);
    http::Request request;
    request.method = method;
    request.target = (QUrl(m_addresses["control"_L1].toString()).path() + path).toStdString();
    if (!body.isEmpty()) {
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
        request.headers.set("Content-Type", "application/json");
    }
    auto reply = client.send(request, std::chrono::seconds(20), {}, 64 * 1024 * 1024);
    if (!reply)
        throw std::runtime_error("practice's control route does not answer: " + reply.error().detail);
    if (reply->status != 200)
        throw std::runtime_error("practice's control route refuses: " + reply->body);
    return QByteArray::fromStdString(reply->body);
}

QJsonObject PracticeProcess::control(const char* method, const QString& path, const QJsonObject& body) const
{
    return QJsonDocument::fromJson(send(method, path, body)).object();
}

void PracticeProcess::asUser(const char* method, const std::string& path, const QJsonObject& body) const
{
    http::Peer peer;
    peer.port = static_cast<std::uint16_t>(m_addresses["port"_L1].toInt());
    http::Client client(peer);
    const PracticeAddress own = address();
    http::Request request;
    request.method = method;
    request.target = own.address.rest.path().toStdString() + path;
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization", "Bearer " + std::string(own.key->reveal()));
    const auto reply = client.send(request, std::chrono::seconds(20));
    if (!reply || reply->status >= 300)
        throw std::runtime_error("practice refuses: " + (reply ? reply->body : reply.error().detail));
}

void PracticeProcess::edit(const std::string& endpoint, const QJsonObject& change) const
{
    asUser("PATCH", "/serverless/" + endpoint, change);
}

void PracticeProcess::makeElsewhere(const QString& name, int workersMax, int workersMin) const
{
    const QJsonObject pools{{u"pools"_s, QJsonArray{u"AMPERE_48"_s}}};
    asUser("POST", "/serverless",
        {{u"name"_s, name}, {u"type"_s, u"QUEUE"_s}, {u"image"_s, u"visgate/practice-worker:1"_s}, {u"gpu"_s, pools},
            {u"workers"_s, QJsonObject{{u"min"_s, workersMin}, {u"max"_s, workersMax}}},
            {u"scaling"_s, QJsonObject{{u"type"_s, u"QUEUE_DELAY"_s}, {u"queueDelay"_s, 4}}}});
}

QJsonObject PracticeProcess::state() const
{
    return control("GET", u"/state"_s);
}

int PracticeProcess::endpointCount() const
{
    return static_cast<int>(state()["endpoints"_L1].toArray().size());
}

int PracticeProcess::workerCount() const
{
    return static_cast<int>(state()["workers"_L1].toArray().size());
}

QString PracticeProcess::remains() const
{
    const QJsonObject now = state();
    return u"%1 endpoints, %2 workers"_s.arg(now["endpoints"_L1].toArray().size())
        .arg(now["workers"_L1].toArray().size());
}

QByteArray PracticeProcess::rawRequests() const
{
    return send("GET", u"/requests"_s, {});
}

QStringList PracticeProcess::calls(const QStringList& methods, const QString& pathPart) const
{
    const QJsonDocument document = QJsonDocument::fromJson(rawRequests());
    const QJsonArray entries = document.isArray() ? document.array() : document["requests"_L1].toArray();
    QStringList calls;
    for (const QJsonValue& entry : entries) {
        const QString method = entry["method"_L1].toString();
        const QString target = entry["target"_L1].toString();
        if (methods.contains(method) && target.contains(pathPart))
            calls.append(u"%1 %2 %3"_s.arg(method, target).arg(entry["status"_L1].toInt()));
    }
    return calls;
}

void PracticeProcess::fault(const QString& method, const QString& path, const QJsonObject& effect) const
{
    QJsonObject order = effect;
    order[u"method"_s] = method;
    order[u"path"_s] = path;
    control("POST", u"/faults"_s, order);
}

void PracticeProcess::answer(
    const QString& method, const QString& path, int status, const QByteArray& body, QJsonObject more) const
{
    more.insert(u"effect"_s, u"status"_s);
    more.insert(u"status"_s, status);
    more.insert(u"count"_s, 0);
    more.insert(u"body"_s, QString::fromUtf8(body));
    fault(method, path, more);
}

void PracticeProcess::clearFaults() const
{
    control("DELETE", u"/faults"_s, {});
}

void PracticeProcess::condition(const QString& kind) const
{
    control("POST", u"/conditions"_s, {{u"kind"_s, kind}});
}

} // namespace visgate::test
