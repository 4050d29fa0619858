// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets planted in everything that others say, and in what the user types: none is in a reply, a file or a database.
#include "core/base/json.h"
#include "core/foundation/base64.h"
#include "core/service/domain_json.h"
#include "tests/support/engine_harness.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

const std::string kKnown = "Zq4/known+key=9\"xW\\7mK2"; ///< registered: one of the user's own
constexpr const char* kHubToken = "hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345";
constexpr const char* kProviderKey = "rpa_ABCDEFGH0123456789PLANTED";

QString hex(const std::string& text)
{
    return QString::fromLatin1(QByteArray::fromStdString(text).toHex());
}

/// A worker's or provider's text with all of them in it, and what may not be found of it anywhere.
struct Planted {
    QString text;
    QList<QByteArray> never;
};

Planted planted()
{
    const QString known = QString::fromStdString(kKnown);
    QString escaped;
    QString entities;
    QString partly;
    for (const char c : kKnown) {
        escaped += u"\\u00%1"_s.arg(static_cast<unsigned>(c), 2, 16, QLatin1Char('0'));
        entities += u"&#%1;"_s.arg(static_cast<unsigned>(c));
        partly += c == 'k' || c == '/' ? u"%%1"_s.arg(static_cast<unsigned>(c), 2, 16, QLatin1Char('0'))
                                       : QString(QLatin1Char(c));
    }
    const QString base64 = QString::fromStdString(base64Encode(kKnown + "..."));
    const QStringList texts{QString::fromLatin1(kHubToken), QString::fromLatin1(kProviderKey), known, hex(kKnown),
        hex(kKnown).toUpper(), escaped, entities, partly, base64, u"https://bob:pl4nted-password@example.org/x"_s,
        u"https://a/b?sig=pl4nted%2Fsignature"_s, u"Signature=pl4nted0signature"_s, u"password=pl4nted-second"_s,
        u"ghp_0123456789pl4ntedABCDEF"_s, u"sk-proj-pl4nted0123456789abc"_s, known.left(10) + u'\n' + known.mid(10),
        u"Cookie: session=pl4nted-cookie; b=c"_s};
    Planted all;
    all.text = u"the model did not load: "_s + texts.join(u" ; "_s);
    for (const QString& text : {texts.at(0), texts.at(1), known, hex(kKnown), hex(kKnown).toUpper(), escaped, entities,
             partly, base64.left(24), u"pl4nted"_s, known.mid(10), known.left(10)})
        all.never.append(text.toUtf8());
    return all;
}

class PlantedSecrets : public testing::Test {
protected:
    PlantedSecrets()
    {
        m_harness.start([](EngineConfig& config) { config.redactor->addSecret(kKnown); });
    }

    void expectNone(const QByteArray& bytes, const QString& where) const
    {
        for (const QByteArray& secret : m_planted.never)
            EXPECT_FALSE(bytes.contains(secret)) << where.toStdString() << " holds " << secret.toStdString();
    }

    /// The database with all its columns, its journal, the deployments' logs, the pictures.
    void expectNoneInFiles()
    {
        m_harness.stop();
        QDirIterator files(m_harness.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        for (; files.hasNext(); ++looked) {
            QFile file(files.next());
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            expectNone(file.readAll(), file.fileName());
        }
        EXPECT_GE(looked, 2) << "database and log";
    }

    Deployment deploy(bool withPicture)
    {
        const auto created = m_harness.create([&](CreateRequest& request) {
            if (!withPicture)
                request.firstInput.reset();
        });
        if (!created)
            throw std::runtime_error(created.error().detail);
        return *created;
    }

    const Planted m_planted = planted();
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(PlantedSecrets, InAWorkersLogAreNowhere)
{
    const QByteArray event = json::compact(QJsonObject{{u"visgate"_s, 1}, {u"seq"_s, 1}, {u"type"_s, u"failed"_s},
        {u"ts"_s, u"2026-11-21T01:02:03Z"_s}, {u"code"_s, u"E_LOAD"_s}, {u"message"_s, m_planted.text}});
    QByteArray stream;
    int id = 0;
    for (const QByteArray& line : QList<QByteArray>{event, m_planted.text.toUtf8()}) {
        for (const char* source : {"container", "system"}) {
            stream += "id: " + QByteArray::number(++id) + "\ndata: "
                + json::compact(QJsonObject{{u"ts"_s, u"2026-11-21T01:02:03Z"_s},
                    {u"source"_s, QString::fromLatin1(source)}, {u"line"_s, QString::fromUtf8(line)}})
                + "\n\n";
        }
    }
    m_practice.fault(u"GET"_s, u"*/logs*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"content_type"_s, u"text/event-stream"_s}, {u"count"_s, 0},
            {u"body"_s, QString::fromUtf8(stream)}});
    m_practice.condition(u"stuck_initializing"_s);
    const Deployment begun = deploy(false);
    QFile log(m_harness.folder() + u"/logs/%1.log"_s.arg(QString::fromStdString(begun.id.value())));
    QByteArray told;
    ASSERT_TRUE(test::waitUntil([&] {
        if (log.isOpen() || log.open(QIODevice::ReadOnly))
            told += log.readAll();
        return told.count("the model did not load") >= 4;
    })) << told.toStdString();
    EXPECT_TRUE(told.contains("[redacted]")) << "the rest of the sentence stays";
    expectNone(told, u"the log"_s);
    expectNone(json::compact(toJson(*await(m_harness.engine().deployment(begun.id)))), u"the deployment's reply"_s);
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InAJobsErrorAreNowhere)
{
    const Deployment begun = deploy(false);
    ASSERT_EQ(m_harness.waitFor(begun.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    m_practice.fault(u"GET"_s, u"/queue/v2/*/status/*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0},
            {u"body"_s,
                QString::fromUtf8(json::compact(QJsonObject{{u"id"_s, u"x"_s}, {u"status"_s, u"FAILED"_s},
                    {u"error"_s,
                        QString::fromUtf8(json::compact(QJsonObject{
                            {u"error_type"_s, u"RuntimeError"_s}, {u"error_message"_s, m_planted.text}}))}}))}});
    JobInput input;
    input.prompt = u"a red circle"_s;
    const auto job = await(m_harness.engine().submitJob(begun.id, input));
    ASSERT_TRUE(job);
    Job ended;
    ASSERT_TRUE(test::waitUntil([&] {
        ended = *await(m_harness.engine().job(job->id));
        return isFinished(ended.status);
    }));
    EXPECT_EQ(ended.status, JobStatus::Failed);
    const QByteArray reply = json::compact(toJson(ended));
    EXPECT_TRUE(reply.contains("[redacted]")) << reply.toStdString();
    expectNone(reply, u"the job's reply"_s);
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InTheProvidersRefusalAreNowhere)
{
    m_practice.fault(u"POST"_s, u"/rest/v2/serverless"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 400}, {u"count"_s, 0},
            {u"body"_s, QString::fromUtf8(json::compact(QJsonObject{{u"detail"_s, m_planted.text}}))}});
    const Deployment begun = deploy(false);
    const Deployment failed = m_harness.waitFor(begun.id, DeploymentStatus::Failed);
    const QByteArray reply = json::compact(toJson(failed));
    EXPECT_TRUE(reply.contains("[redacted]")) << reply.toStdString();
    expectNone(reply, u"the deployment's reply"_s);
    expectNoneInFiles();
}

TEST_F(PlantedSecrets, InWhatTheUserTypesAreTakenOutBeforeTheyGoAnywhere)
{
    const Deployment begun = deploy(false);
    ASSERT_EQ(m_harness.waitFor(begun.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    JobInput input;
    input.prompt = u"a red circle "_s + QString::fromLatin1(kHubToken) + u' ' + QString::fromStdString(kKnown);
    input.negativePrompt = QString::fromLatin1(kProviderKey);
    const auto job = await(m_harness.engine().submitJob(begun.id, input));
    ASSERT_TRUE(job);
    EXPECT_TRUE(hadKey(job->input)) << "so that window and command line can say it";
    EXPECT_EQ(job->input.prompt, u"a red circle [redacted] [redacted]"_s);
    ASSERT_TRUE(test::waitUntil([&] { return isFinished(await(m_harness.engine().job(job->id))->status); }));
    EXPECT_EQ(await(m_harness.engine().job(job->id))->status, JobStatus::Completed);
    EXPECT_THAT(m_harness.messages(begun.id).join(u'\n').toStdString(), testing::Not(testing::HasSubstr("hf_AbCd")));
    expectNone(QJsonDocument(m_practice.state()).toJson() + m_practice.rawRequests(), u"what the provider got"_s);
    expectNoneInFiles();
}

} // namespace
} // namespace visgate
