// SPDX-License-Identifier: GPL-3.0-or-later
// A hub that means harm, met from the command line and by a copy into a volume: each trick is one sentence, nothing is
// written outside its folder, no token goes elsewhere, and the owner neither ends nor fills the memory.
#include "core/operations/volumes.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"
#include "tests/support/scripted_server.h"
#include "tests/unit/foundation/raw_peer.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tuple>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::EngineHarness;
using test::PracticeProcess;
using test::Ran;
using test::RawPeer;
using test::reply;
using test::ScriptedServer;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecretToken = "hf_practice_NotForOthers0123456789";
constexpr const char* kPlainIndex
    = R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"]})";
/// What the sanitizer keeps of what was freed counts as well.
constexpr qint64 kMostMemory = qint64{1024} * 1024 * 1024;

std::string modelText(const std::string& files, const std::string& more = R"("id":"maker/x")")
{
    return "{" + more + R"(,"sha":"c0ffee","pipeline_tag":"text-to-image","siblings":[)" + files
        + R"({"rfilename":"model_index.json","size":400}]})";
}

/// Answers questions for a model with `says`, and what is beside it with a plain index.
http::Response hubReply(const http::Request& request, const http::Response& says)
{
    const std::string_view path = request.path();
    if (path.starts_with("/api/whoami"))
        return reply(200, R"({"name":"me"})");
    if (path.ends_with("model_index.json"))
        return reply(200, kPlainIndex);
    return path.ends_with("auth-check") ? reply(200, "{}") : says;
}

class HostileHub : public testing::Test, protected CliHarness {
protected:
    HostileHub() : CliHarness(Keychain::OfTheSession) { }
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus, so no keychain (tests/support/with_session brings one)";
        setting(u"worker/image"_s, u"127.0.0.1:1/me/worker:1"_s);
    }
    void TearDown() override { std::ignore = run({u"keys"_s, u"forget"_s, u"hf"_s}); }

    Ran look(const QUrl& hub) const
    {
        setting(u"hub/url"_s, hub.toString());
        // At a terminal, which obeys what it is sent.
        Ran ran = script(u"script --quiet --return --command \"'$VISGATECTL' preflight maker/x --target runpod\" "
                         "/dev/null < /dev/null"_s);
        ran.out.replace("\r\x1b[K", ""); // our own: a line of progress is taken back
        return ran;
    }

    /// The most memory that the process ever had, in bytes.
    static qint64 mostMemory(qint64 pid)
    {
        QFile status(u"/proc/%1/status"_s.arg(pid));
        EXPECT_TRUE(status.open(QIODevice::ReadOnly));
        const QByteArray text = status.readAll();
        return text.mid(text.indexOf("VmHWM:") + 6).trimmed().split(' ').value(0).toLongLong() * 1024;
    }

    /// Nothing that a terminal obeys.
    static void expectPlain(const Ran& ran)
    {
        const QByteArray all = ran.out + ran.err;
        EXPECT_TRUE(std::none_of(all.begin(), all.end(), [](char c) {
            return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t';
        })) << all.toStdString();
    }
};

TEST_F(HostileHub, EachTrickIsASentence)
{
    const std::string weights = R"({"rfilename":"unet/diffusion_pytorch_model.safetensors","size":)";
    const struct {
        const char* name;
        http::Response says;
        const char* sentence;
    } tricks[] = {
        {"nested", reply(200, std::string(100'000, '[')), "hub: not an object"},
        {"nested within a model", reply(200, R"({"id":"maker/x","cardData":)" + std::string(100'000, '[')),
            "hub: not an object"},
        {"many", reply(200, modelText([] {
             std::string files;
             for (int i = 0; i < 200'000; ++i)
                 files += R"({"rfilename":"a","size":1},)";
             return files;
         }())),
            "has no weights that the worker can load"},
        {"giant sizes",
            reply(200,
                modelText(weights + "9223372036854775807}," + weights + "9223372036854775807}," + weights + "1e300},")),
            "maker/x"},
        {"negative sizes", reply(200, modelText(weights + "-9223372036854775808},")), "maker/x"},
        {"escapes",
            reply(200,
                modelText(weights + "3400000000},",
                    R"("id":"maker/x\u001b]0;owned\u0007\u001b[2J\u202e","cardData":{"license":"mit\u001b[31m\u0000<b>bold</b>"})")),
            "maker/x\\u001b]0;owned\\u0007"},
        {"no numbers", reply(200, modelText(R"({"rfilename":7,"size":"x"},7,null,[],)")),
            "has no weights that the worker can load"},
        {"a file of this computer", reply(302, {}, {{"Location", "file:///etc/passwd"}}),
            "redirected to an unsafe address"},
        {"a circle", reply(302, {}, {{"Location", "/api/models/maker/x"}}), "more than 5 redirects"},
        // Which sentence it is depends on Qt: from 6.8 on it leaves such a header out.
        {"words in a header", reply(403, "{}", {{"X-Error-Message", "\x1b]0;owned\x07<img src=x>"}}), "“maker/x”"},
    };
    for (const auto& trick : tricks) {
        SCOPED_TRACE(trick.name);
        const ScriptedServer hub(
            [&trick](http::Exchange& exchange) { exchange.respond(hubReply(exchange.request(), trick.says)); });
        const Ran looked = look(hub.url());
        EXPECT_THAT((looked.out + looked.err).toStdString(), HasSubstr(trick.sentence));
        EXPECT_THAT((looked.out + looked.err).toStdString(), Not(HasSubstr("root:"))) << "a local file was read";
        EXPECT_THAT(looked.out.toStdString(), Not(testing::ContainsRegex("-[0-9]+ [MGT]B"))) << "a sum that went round";
        expectPlain(looked);
    }
}

TEST_F(HostileHub, AnEndlessAnswerEndsAndFillsNoMemory)
{
    for (const char* head : {"Content-Length: 10737418240", "Transfer-Encoding: chunked"}) {
        SCOPED_TRACE(head);
        const bool isChunked = QByteArray(head).endsWith("chunked");
        RawPeer hub;
        hub.serve([&](RawPeer::Connection& connection) {
            if (!connection.readUntil("\r\n\r\n"))
                return;
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + std::string(head) + "\r\n\r\n");
            const std::string body(1024 * 1024, '[');
            const std::string part = isChunked ? "100000\r\n" + body + "\r\n" : body;
            while (connection.send(part)) { }
        });
        const QUrl url(u"http://127.0.0.1:%1"_s.arg(hub.port()));
        setting(u"hub/url"_s, url.toString());
        QProcess serve;
        start(serve, {u"serve"_s});
        waitForOwner(serve);
        const Ran looked = look(url);
        EXPECT_THAT((looked.out + looked.err).toStdString(),
            testing::AnyOf(HasSubstr("larger than Visgate accepts"), HasSubstr("127.0.0.1 cannot be reached")));
        EXPECT_EQ(serve.state(), QProcess::Running);
        // Qt takes chunks in as fast as a peer on this computer sends them, until it is told to end.
        if (!isChunked) {
            EXPECT_LT(mostMemory(serve.processId()), kMostMemory);
        }
        EXPECT_EQ(run({u"list"_s}).code, 0);
        serve.terminate();
        serve.waitForFinished(60'000);
    }
}

TEST_F(HostileHub, ATokenGoesToNobodyElse)
{
    const ScriptedServer other([](http::Exchange& exchange) { exchange.respond(reply(200, modelText(""))); });
    const ScriptedServer hub([&other](http::Exchange& exchange) {
        exchange.respond(hubReply(exchange.request(),
            reply(302, {}, {{"Location", other.url(u"/api/models/maker/x"_s).toString().toStdString()}})));
    });
    setting(u"hub/url"_s, hub.url().toString());
    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"hf"_s}, QByteArray(kSecretToken) + '\n').code, 0);
    expectPlain(look(hub.url()));
    const auto asked = hub.requests();
    EXPECT_TRUE(std::any_of(asked.begin(), asked.end(), [](const http::Request& request) {
        return request.headers.get("Authorization") == "Bearer " + std::string(kSecretToken);
    })) << "the hub itself is told";
    ASSERT_FALSE(other.requests().empty());
    for (const http::Request& request : other.requests()) {
        for (const auto& [name, value] : request.headers.all())
            EXPECT_THAT(std::string(value), Not(HasSubstr(kSecretToken))) << name;
        EXPECT_THAT(request.target, Not(HasSubstr(kSecretToken)));
    }
}

/// A file's path becomes an object's key; a commit becomes a part of it.
TEST(HostileHubFiles, NothingIsPutOutsideItsFolder)
{
    PracticeProcess practice;
    const std::string good = R"({"rfilename":"unet/diffusion_pytorch_model.safetensors","size":1000},)";
    const std::string tricks[] = {
        modelText(R"({"rfilename":"unet/../../../evil/diffusion_pytorch_model.safetensors","size":1000},)"),
        modelText(good + R"({"rfilename":"unet/../config.json","size":10},)"),
        modelText(good + R"({"rfilename":"/unet/config.json","size":10},)"),
        modelText(good + R"({"rfilename":"unet/a\\..\\b.json","size":10},)"),
        modelText(good + R"({"rfilename":"unet/\u0000.json","size":10},)"),
    };
    for (const std::string& trick : tricks) {
        SCOPED_TRACE(trick);
        const ScriptedServer hub(
            [&trick](http::Exchange& exchange) { exchange.respond(hubReply(exchange.request(), reply(200, trick))); });
        PracticeAddress address = practice.address();
        address.address.hub = hub.url();
        EngineHarness harness(address);
        harness.start();
        KeepNear wish;
        wish.modelId = u"maker/x"_s;
        const auto begun = test::await(harness.engine().call(KeepModelNear{wish}));
        if (!begun)
            continue; // refused at once
        std::optional<ModelVolume> ended;
        ASSERT_TRUE(test::waitUntil([&] {
            const auto volumes = test::await(harness.engine().call(ListVolumes{AccountId::practice()}));
            for (const ModelVolume& volume : volumes.value_or(QList<ModelVolume>())) {
                if (volume.id == begun->id && volume.state != FillState::Filling && volume.state != FillState::Empty)
                    ended = volume;
            }
            return ended.has_value();
        }));
        const auto asked = hub.requests();
        for (const http::Request& request : asked)
            EXPECT_THAT(request.target, Not(HasSubstr(".."))) << "nor asked for";
    }
    EXPECT_TRUE(practice.calls(u"PUT"_s, u"evil"_s).isEmpty());
    EXPECT_TRUE(practice.calls(u"PUT"_s, u".."_s).isEmpty());
}

} // namespace
} // namespace visgate
