// SPDX-License-Identifier: GPL-3.0-or-later
// Single promises of the API's contract, at the routes.
#include "core/api/api_server.h"
#include "core/api/request_bodies.h"
#include "core/domain/model/job_schema.h"
#include "core/foundation/http/client.h"
#include "tests/support/await.h"
#include "tests/unit/service/fake_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::FakeService;
using test::FakeWorld;

class ApiContract : public testing::Test {
protected:
    ApiContract()
    {
        m_world.deployment.id = DeploymentId("dep_2026_0123abcd");
        m_world.job.id = JobId("job_20260102_0123abcd");
        auto server = ApiServer::start(m_socket, [this] { return std::make_unique<FakeService>(m_world); });
        EXPECT_TRUE(server) << server.error().detail;
        m_server = *std::move(server);
    }

    http::Response send(
        const char* method, const std::string& target, const std::string& body = {}, http::Headers headers = {})
    {
        http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket.toStdString()});
        if (!body.empty())
            headers.set("Content-Type", "application/json");
        auto response = client.send({method, target, std::move(headers), body, {}}, 10s);
        EXPECT_TRUE(response) << response.error().detail;
        return response.value_or(http::Response{});
    }

    static QJsonObject json(const http::Response& response)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
    }

    QTemporaryDir m_folder;
    QString m_socket = m_folder.filePath(u"owner.sock"_s);
    FakeWorld m_world;
    std::unique_ptr<ApiServer> m_server;
};

TEST_F(ApiContract, AnIdempotencyKeyComesWithTheMeaningOfItsBody)
{
    const auto digest = [this](const std::string& body, const std::string& key) {
        m_world.created.reset();
        EXPECT_EQ(send("POST", "/v1/deployments", body, {{"Idempotency-Key", key}}).status, 202);
        EXPECT_EQ(m_world.created->idempotencyKey.toStdString(), key);
        return m_world.created->bodyDigest;
    };
    const QString one = digest(R"({"hf_model_id":"a/b","target":"practice"})", "k1");
    EXPECT_EQ(one.size(), 64);
    EXPECT_EQ(digest(R"({ "target":"practice" , "hf_model_id":"a/b"})", "k1"), one)
        << "another order, the same meaning";
    EXPECT_NE(digest(R"({"hf_model_id":"a/c","target":"practice"})", "k1"), one);
    EXPECT_EQ(
        send("POST", "/v1/deployments", R"({"hf_model_id":"a/b"})", {{"Idempotency-Key", "two words"}}).status, 400);
    EXPECT_EQ(send("POST", "/v1/deployments", R"({"hf_model_id":"a/b"})", {{"Idempotency-Key", std::string(256, 'x')}})
                  .status,
        400);
}

TEST_F(ApiContract, TheListMayBeNarrowedToAStatus)
{
    EXPECT_EQ(json(send("GET", "/v1/deployments?status=validating"))["deployments"_L1].toArray().size(), 1);
    EXPECT_EQ(json(send("GET", "/v1/deployments?status=ready"))["deployments"_L1].toArray().size(), 0);
    const auto wrong = send("GET", "/v1/deployments?status=purple");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(json(wrong)["details"_L1]["fields"_L1].toArray(), QJsonArray{u"status"_s});
}

TEST_F(ApiContract, AModelComesWithWhatMayBeAskedOfIt)
{
    const auto reply = send("GET", "/v1/models/org/name.v1?target=practice");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(json(reply)["hf_model_id"_L1].toString(), u"org/name.v1"_s);
    EXPECT_TRUE(json(reply)["input_schema"_L1]["properties"_L1].toObject().contains("prompt"_L1));
    EXPECT_EQ(send("GET", "/v1/models/org/name?target=mars").status, 400);
}

TEST_F(ApiContract, AKeyIsTriedAndNotStored)
{
    const auto good = send("POST", "/v1/providers/validate", R"({"target":"runpod","key":"rpa_works"})");
    ASSERT_EQ(good.status, 200) << good.body;
    EXPECT_TRUE(json(good)["valid"_L1].toBool());
    EXPECT_EQ(json(good)["scope"_L1].toString(), u"create"_s);
    const auto bad = send("POST", "/v1/providers/validate", R"({"target":"runpod","key":"rpa_other"})");
    EXPECT_EQ(bad.status, 200) << "the question was answered";
    EXPECT_FALSE(json(bad)["valid"_L1].toBool(true));
    EXPECT_TRUE(json(bad)["scope"_L1].isNull());
    EXPECT_FALSE(json(bad)["message"_L1].toString().isEmpty());
    EXPECT_FALSE(good.body.find("rpa_works") != std::string::npos || bad.body.find("rpa_other") != std::string::npos);
    EXPECT_EQ(send("POST", "/v1/providers/validate", R"({"target":"practice","key":"x"})").status, 400);
    EXPECT_EQ(send("POST", "/v1/providers/validate", R"({"target":"runpod"})").status, 400);
    EXPECT_TRUE(m_world.key.empty());
}

TEST_F(ApiContract, AJobIsTriedAgainByItsId)
{
    EXPECT_EQ(send("POST", "/v1/inference/jobs/job_20260102_0123abcd/retry").status, 202);
    const auto missing = send("POST", "/v1/inference/jobs/job_20260102_ffffffff/retry");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(json(missing)["error"_L1].toString(), u"JobNotFoundError"_s);
}

/// What the schema allows is taken, one step beyond it is refused, for each field.
TEST_F(ApiContract, TheSchemaOfAJobIsWhatTheRouteHoldsItTo)
{
    const QJsonObject fields = jobInputSchema(ModelSpec{})["properties"_L1].toObject();
    const auto isTaken = [](const QString& name, const QJsonValue& value) {
        QJsonObject input{{u"prompt"_s, u"x"_s}};
        input.insert(name, value);
        return submitFromBody({{u"deployment_id"_s, u"dep_2026_0123abcd"_s}, {u"input"_s, input}}).has_value();
    };
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        SCOPED_TRACE(field.key().toStdString());
        const QJsonObject rule = field->toObject();
        if (rule["type"_L1].toString() == "string"_L1) {
            const int longest = rule["maxLength"_L1].toInt();
            EXPECT_TRUE(isTaken(field.key(), QString(longest, u'x')));
            EXPECT_FALSE(isTaken(field.key(), QString(longest + 1, u'x')));
            EXPECT_FALSE(isTaken(field.key(), 1));
            continue;
        }
        const double low = rule["minimum"_L1].toDouble();
        const double high = rule["maximum"_L1].toDouble();
        EXPECT_TRUE(isTaken(field.key(), low));
        EXPECT_FALSE(isTaken(field.key(), low - 1));
        EXPECT_FALSE(isTaken(field.key(), u"x"_s));
        if (field.key() != "seed"_L1) { // its highest is beyond what a double holds exactly
            EXPECT_TRUE(isTaken(field.key(), high));
            EXPECT_FALSE(isTaken(field.key(), high + 1));
        }
    }
    EXPECT_FALSE(isTaken(u"colour"_s, u"red"_s));
}

} // namespace
} // namespace visgate
