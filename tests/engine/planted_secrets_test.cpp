// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets planted in everything that others say, and in what the user types: none is in a reply, a file or a database.
#include "core/api/callback_receiver.h"
#include "core/base/json.h"
#include "core/codec/codec.h"
#include "core/foundation/http/client.h"
#include "core/operations/accounts.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/engine/told_secrets.h"
#include "tests/support/engine_harness.h"
#include "tests/support/planted.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

constexpr const char* kHubToken = "hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345";

QByteArray failedEvent(int seq, const QString& message)
{
    return json::compact(QJsonObject{{u"visgate"_s, 1}, {u"seq"_s, seq}, {u"type"_s, u"failed"_s},
        {u"ts"_s, u"2026-11-21T01:02:03Z"_s}, {u"code"_s, u"E_LOAD"_s}, {u"message"_s, message}});
}

/// As a header may hold it.
QString inOneLine(QString text)
{
    return text.replace(u'\n', u"\\n"_s);
}

/// The same document with every character of its texts that may be escaped written as one.
QByteArray allEscaped(const QJsonObject& object)
{
    QByteArray out;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        out += (out.isEmpty() ? "{" : ",") + QByteArray("\"") + entry.key().toUtf8() + "\":";
        if (!entry.value().isString()) {
            out += QByteArray::number(entry.value().toInteger());
            continue;
        }
        out += '"';
        const QString text = entry.value().toString();
        for (const QChar c : text)
            out += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
        out += '"';
    }
    return out + '}';
}

class PlantedSecrets : public testing::Test {
protected:
    PlantedSecrets()
    {
        EXPECT_GE(m_told.all().size(), 20U);
        EXPECT_GE(m_texts.size(), 10U);
    }

    void expectNone(const QByteArray& bytes, const QString& where) const { test::expectNone(bytes, m_texts, where); }

    /// The database with all its columns, its journal, the deployments' logs, the pictures.
    void expectNoneInFiles()
    {
        m_harness.stop();
        EXPECT_GE(test::expectNoneInFiles(m_harness.folder(), m_texts), 2) << "database and log";
    }

    Deployment deploy()
    {
        const auto created = m_harness.create([](CreateRequest& request) { request.firstInput.reset(); });
        if (!created)
            throw std::runtime_error(created.error().detail);
        return *created;
    }

    /// What opens the callback of a deployment, as its workers are told.
    std::string callbackSecretOf(const DeploymentId& id)
    {
        EXPECT_TRUE(test::waitUntil([&] { return m_practice.endpointCount() == 1; }));
        EXPECT_TRUE(test::waitUntil([&] { return !m_harness.deployment(id).endpointId.isEmpty(); }));
        return m_practice.state()["endpoints"_L1][0]["env"_L1]["VISGATE_INTERNAL_SECRET"_L1].toString().toStdString();
    }

    Result<std::unique_ptr<CallbackReceiver>> receive()
    {
        return CallbackReceiver::start(
            0, [this](CallbackReport told) { return m_harness.engine().acceptCallback(std::move(told)); }, {});
    }

    /// As a worker does; the reply holds none of the texts.
    static void report(std::uint16_t port, const DeploymentId& id, const std::string& secret,
        const std::vector<test::PlantedText>& texts, const char* route, const QByteArray& body)
    {
        http::Client client(http::Peer{.address = "127.0.0.1", .port = port, .localSocket = {}});
        http::Request request{"POST", "/internal/" + std::string(route) + '/' + id.value(),
            {{"Content-Type", "application/json"}, {"X-Visgate-Internal-Secret", secret}}, body.toStdString(), {}};
        const auto reply = client.send(request, std::chrono::seconds(20));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 200) << route << reply->body;
        test::expectNone(QByteArray::fromStdString(reply->body), texts, QString::fromLatin1(route));
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    const test::ToldSecrets m_told{m_harness, m_practice};
    const std::vector<test::PlantedText> m_texts = test::plantedTexts(m_told.all(), test::strangersSecrets());
};

TEST_F(PlantedSecrets, InAWorkersLogAreNowhere)
{
    QByteArray stream;
    int id = 0;
    for (const test::PlantedText& planted : m_texts) {
        const QByteArray event = failedEvent(++id, planted.text);
        const QByteArray escaped = allEscaped(QJsonDocument::fromJson(failedEvent(++id, planted.text)).object());
        for (const QByteArray& line : {event, escaped, planted.text.toUtf8()}) {
            for (const char* source : {"container", "system"}) {
                stream += "id: " + QByteArray::number(++id) + "\ndata: "
                    + json::compact(QJsonObject{{u"ts"_s, u"2026-11-21T01:02:03Z"_s},
                        {u"source"_s, QString::fromLatin1(source)}, {u"line"_s, QString::fromUtf8(line)}})
                    + "\n\n";
            }
        }
    }
    m_practice.answer(u"GET"_s, u"*/logs*"_s, 200, stream, {{u"content_type"_s, u"text/event-stream"_s}});
    m_practice.condition(u"stuck_initializing"_s);
    const Deployment begun = deploy();
    QFile log(m_harness.folder() + u"/logs/%1.log"_s.arg(QString::fromStdString(begun.id.value())));
    QByteArray told;
    const auto isTold = [&told](const test::PlantedText& planted) { return told.count(planted.sentence()) >= 6; };
    ASSERT_TRUE(test::waitUntil([&] {
        if (log.isOpen() || log.open(QIODevice::ReadOnly))
            told += log.readAll();
        return std::all_of(m_texts.begin(), m_texts.end(), isTold);
    })) << told.toStdString();
    expectNone(told, u"the log"_s);
    const Deployment failed = m_harness.waitFor(begun.id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    const QByteArray reply = json::compact(toJson(failed));
    EXPECT_TRUE(reply.contains("the model did not load")) << reply.toStdString();
    EXPECT_TRUE(reply.contains("[redacted]")) << "the rest of the sentence stays: " << reply.toStdString();
    expectNone(reply, u"the deployment's reply"_s);
    expectNoneInFiles();
}

/// Also the secret that opens the callback itself, which no other place has told before.
TEST_F(PlantedSecrets, InWhatAWorkerReportsAreNowhere)
{
    auto receiver = receive();
    ASSERT_TRUE(receiver);
    QUrl base(u"http://127.0.0.1"_s);
    base.setPort((*receiver)->port());
    m_harness.engine().setCallbackAddress(CallbackAddress{base});
    m_practice.condition(u"stuck_initializing"_s);
    const Deployment begun = deploy();
    const std::string opensCallback = callbackSecretOf(begun.id);
    ASSERT_FALSE(opensCallback.empty());
    std::vector<test::PlantedText> texts = m_texts;
    for (const test::PlantedText& own : test::plantedTexts({opensCallback}))
        texts.push_back(own);
    const auto post = [&](const char* route, const QByteArray& body) {
        report((*receiver)->port(), begun.id, opensCallback, texts, route, body);
    };
    int seq = 0;
    for (const test::PlantedText& planted : texts) {
        const QJsonObject line{{u"seq"_s, ++seq}, {u"worker"_s, u"w"_s}, {u"message"_s, planted.text}};
        post("logs", json::compact(QJsonArray{line}));
        post("logs", '[' + allEscaped({{u"seq"_s, ++seq}, {u"worker"_s, u"w"_s}, {u"message"_s, planted.text}}) + ']');
        post("deployment-ready", allEscaped({{u"status"_s, u"downloading_model"_s}, {u"message"_s, planted.text}}));
        post("events", json::compact(QJsonObject{{u"events"_s, QJsonArray{}}}));
    }
    for (const bool isEscaped : {true, false}) {
        for (const test::PlantedText& planted : texts) {
            const QByteArray event = failedEvent(++seq, planted.text);
            post("events", '[' + (isEscaped ? allEscaped(QJsonDocument::fromJson(event).object()) : event) + ']');
        }
    }
    const auto lines = await(m_harness.engine().call(ReadLogs{begun.id, {}, 10'000}));
    ASSERT_TRUE(lines);
    EXPECT_EQ(std::count_if(lines->begin(), lines->end(),
                  [](const LogLine& line) { return line.text.starts_with("the model did not load"); }),
        static_cast<std::ptrdiff_t>(2 * texts.size()));
    test::expectNone(
        json::compact(toJson(m_harness.waitFor(begun.id, DeploymentStatus::Failed))), texts, u"the reply"_s);
    receiver->reset();
    m_harness.stop();
    EXPECT_GE(test::expectNoneInFiles(m_harness.folder(), texts), 2);
}

/// An earlier process has made it, and only its hash is kept: the worker's first report tells it again.
TEST_F(PlantedSecrets, WhatOpensTheCallbackIsKnownToTheNextOwnerToo)
{
    m_practice.condition(u"stuck_initializing"_s);
    const Deployment begun = deploy();
    const std::string opensCallback = callbackSecretOf(begun.id);
    ASSERT_FALSE(opensCallback.empty());
    m_harness.stop();
    m_harness.start();
    const auto texts = test::plantedTexts({opensCallback});
    auto receiver = receive();
    ASSERT_TRUE(receiver);
    int seq = 0;
    for (const test::PlantedText& planted : texts)
        report((*receiver)->port(), begun.id, opensCallback, texts, "logs",
            json::compact(
                QJsonArray{QJsonObject{{u"seq"_s, ++seq}, {u"worker"_s, u"w"_s}, {u"message"_s, planted.text}}}));
    receiver->reset();
    m_harness.stop();
    EXPECT_GE(test::expectNoneInFiles(m_harness.folder(), texts), 2);
}

TEST_F(PlantedSecrets, InAJobsErrorAreNowhere)
{
    const Deployment begun = deploy();
    ASSERT_EQ(m_harness.waitFor(begun.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    for (const test::PlantedText& planted : m_texts) {
        m_practice.clearFaults();
        const QByteArray error
            = json::compact(QJsonObject{{u"error_type"_s, u"RuntimeError"_s}, {u"error_message"_s, planted.text}});
        m_practice.answer(u"GET"_s, u"/queue/v2/*/status/*"_s, 200,
            json::compact(
                QJsonObject{{u"id"_s, u"x"_s}, {u"status"_s, u"FAILED"_s}, {u"error"_s, QString::fromUtf8(error)}}));
        JobInput input;
        input.prompt = u"a red circle"_s;
        const auto job = await(m_harness.engine().call(SubmitJob{begun.id, input}));
        ASSERT_TRUE(job);
        const Job ended = m_harness.waitForEnd(job->id);
        EXPECT_EQ(ended.status, JobStatus::Failed);
        const QByteArray reply = json::compact(toJson(ended));
        EXPECT_TRUE(reply.contains("[redacted]")) << reply.toStdString();
        expectNone(reply, u"the job's reply"_s);
    }
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InTheProvidersRefusalAreNowhere)
{
    for (const test::PlantedText& planted : m_texts) {
        m_practice.clearFaults();
        m_practice.answer(u"POST"_s, u"/rest/v2/serverless"_s, 400,
            json::compact(QJsonObject{{u"detail"_s, planted.text}}),
            {{u"headers"_s, QJsonObject{{u"x-request-id"_s, inOneLine(planted.text)}}}});
        const Deployment begun = deploy();
        const Deployment failed = m_harness.waitFor(begun.id, DeploymentStatus::Failed);
        const QByteArray reply = json::compact(toJson(failed));
        EXPECT_TRUE(reply.contains("[redacted]")) << reply.toStdString();
        expectNone(reply, u"the deployment's reply"_s);
    }
    expectNoneInFiles();
}

/// What the provider names: releases, workers' places, endpoints of others.
TEST_F(PlantedSecrets, InWhatTheProviderListsAreNowhere)
{
    const Deployment begun = deploy();
    ASSERT_EQ(m_harness.waitFor(begun.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    m_practice.makeElsewhere(u"guest-%1"_s.arg(QLatin1String(kHubToken)), 1);
    for (const test::PlantedText& planted : m_texts) {
        m_practice.clearFaults();
        const QJsonObject change{{u"field"_s, u"image"_s}, {u"old"_s, planted.text}, {u"new"_s, u"b"_s}};
        const QJsonObject release{{u"id"_s, u"r1"_s}, {u"version"_s, 1}, {u"source"_s, planted.text},
            {u"createdAt"_s, u"2026-11-21T01:02:03Z"_s}, {u"diff"_s, QJsonArray{change}}};
        m_practice.answer(
            u"GET"_s, u"*/releases"_s, 200, json::compact(QJsonObject{{u"releases"_s, QJsonArray{release}}}));
        const auto history = await(m_harness.engine().call(ListReleases{begun.id}));
        ASSERT_TRUE(history) << history.error().detail;
        const QByteArray reply = json::compact(toJson(*history));
        EXPECT_TRUE(reply.contains("[redacted]")) << reply.toStdString();
        expectNone(reply, u"the releases"_s);
    }
    const auto endpoints = await(m_harness.engine().call(ListEndpoints{true}));
    ASSERT_TRUE(endpoints);
    ASSERT_GE(endpoints->size(), 2);
    for (const AccountEndpoint& endpoint : *endpoints)
        EXPECT_FALSE(endpoint.name.contains(QLatin1String(kHubToken))) << endpoint.name.toStdString();
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InTheHubsRefusalAreNowhere)
{
    for (const test::PlantedText& planted : m_texts) {
        m_practice.clearFaults();
        m_practice.answer(u"GET"_s, u"*/api/models/*"_s, 403, json::compact(QJsonObject{{u"error"_s, planted.text}}),
            {{u"headers"_s, QJsonObject{{u"X-Error-Message"_s, inOneLine(planted.text)}}}});
        const auto created = m_harness.create([](CreateRequest& request) { request.modelId = u"maker/of-its-own"_s; });
        std::optional<Error> error;
        if (created)
            error = m_harness.waitFor(created->id, DeploymentStatus::Failed).error;
        else
            error = created.error();
        ASSERT_TRUE(error);
        EXPECT_EQ(toString(error->code), toString(ErrorCode::HubRefused));
        EXPECT_THAT(error->detail, testing::HasSubstr("[redacted]"));
        expectNone(QByteArray::fromStdString(error->detail + error->requestId), u"the error"_s);
    }
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InWhatTheUserTypesAreTakenOutBeforeTheyGoAnywhere)
{
    const Deployment begun = deploy();
    ASSERT_EQ(m_harness.waitFor(begun.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    JobInput input;
    input.prompt
        = u"a red circle "_s + QString::fromLatin1(kHubToken) + u' ' + QString::fromStdString(m_told.typed().front());
    input.negativePrompt = u"rpa_ABCDEFGH0123456789pl4nted"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{begun.id, input}));
    ASSERT_TRUE(job);
    EXPECT_TRUE(hadKey(job->input)) << "so that window and command line can say it";
    EXPECT_EQ(job->input.prompt, u"a red circle [redacted] [redacted]"_s);
    ASSERT_TRUE(test::waitUntil([&] { return isFinished(await(m_harness.engine().call(GetJob{job->id}))->status); }));
    EXPECT_EQ(await(m_harness.engine().call(GetJob{job->id}))->status, JobStatus::Completed);
    EXPECT_THAT(m_harness.messages(begun.id).join(u'\n').toStdString(), testing::Not(testing::HasSubstr("hf_AbCd")));
    test::expectNone(QJsonDocument(m_practice.state()).toJson() + m_practice.rawRequests(),
        test::plantedTexts(m_told.typed(), test::strangersSecrets()), u"what the provider got"_s);
    expectNoneInFiles();
}

} // namespace
} // namespace visgate
