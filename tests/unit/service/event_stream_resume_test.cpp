// SPDX-License-Identifier: GPL-3.0-or-later
// Streams over the real socket, cut at any moment: what is resumed by `Last-Event-ID` has every event once.
#include "core/api/api_server.h"
#include "core/foundation/http/client.h"
#include "core/foundation/http/sse.h"
#include "tests/support/await.h"
#include "tests/unit/service/fake_service.h"

#include <QTemporaryDir>

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace visgate {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::FakeService;
using test::FakeWorld;

constexpr int kLines = 3000;
constexpr int kCuts = 100;

unsigned seed()
{
    const char* const given = std::getenv("VISGATE_TEST_SEED");
    return given == nullptr ? 1U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

class StreamResume : public testing::Test {
protected:
    StreamResume()
    {
        m_world.deployment.id = DeploymentId("dep_2026_0123abcd");
        auto server = ApiServer::start(m_socket, [this] {
            auto service = std::make_unique<FakeService>(m_world);
            m_served = service.get();
            return service;
        });
        EXPECT_TRUE(server) << server.error().detail;
        m_server = *std::move(server);
    }

    /// Lines come in while clients come and go: first stored, then announced, as the engine does it.
    void appendLines(std::mt19937& random)
    {
        for (int number = 1; number <= kLines;) {
            QList<LogLine> batch;
            for (auto left = std::uniform_int_distribution(1, 20)(random); left > 0 && number <= kLines; --left) {
                LogLine line;
                line.number = LineNo(number++);
                line.text = "line " + std::to_string(line.number.value());
                batch.append(line);
            }
            QMetaObject::invokeMethod(
                m_served,
                [this, batch] {
                    {
                        const std::lock_guard lock(m_world.mutex);
                        m_world.lines += batch;
                    }
                    Q_EMIT m_served->logAppended(m_world.deployment.id, batch);
                },
                Qt::BlockingQueuedConnection);
        }
    }

    QTemporaryDir m_folder;
    QString m_socket = m_folder.filePath(u"owner.sock"_s);
    FakeWorld m_world;
    FakeService* m_served = nullptr;
    std::unique_ptr<ApiServer> m_server;
};

TEST_F(StreamResume, NoLineIsLostOrDoubledOverAHundredCuts)
{
    std::mt19937 writerRandom(seed());
    std::mt19937 random(seed() + 1);
    std::thread writer([&] { appendLines(writerRandom); });
    std::vector<std::int64_t> seen;
    std::string lastId;
    int cuts = 0;
    while (seen.size() < kLines && cuts <= kCuts + kLines) {
        // Each connection is cut after a random number of bytes: in the middle of an event, as networks do it.
        auto budget = cuts < kCuts ? std::uniform_int_distribution<std::size_t>(1, 9000)(random) : std::size_t(-1);
        http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket.toStdString()});
        http::Request request{
            "GET", "/v1/deployments/dep_2026_0123abcd/logs/stream", {{"Accept", "text/event-stream"}}, {}, {}};
        if (!lastId.empty())
            request.headers.set("Last-Event-ID", lastId);
        SseParser parser;
        const auto ended = client.stream(request, 20s,
            [&](std::string_view chunk) {
                chunk = chunk.substr(0, budget);
                budget -= chunk.size();
                for (const SseEvent& event : parser.feed(chunk)) {
                    EXPECT_EQ(event.type, "log");
                    lastId = event.id;
                    seen.push_back(std::stoll(event.id));
                }
                return budget > 0 && seen.size() < kLines;
            },
            {});
        ASSERT_TRUE(ended) << ended.error().detail;
        ++cuts;
    }
    writer.join();
    EXPECT_GE(cuts, kCuts);
    ASSERT_EQ(seen.size(), kLines);
    for (std::size_t i = 0; i < seen.size(); ++i)
        ASSERT_EQ(seen[i], static_cast<std::int64_t>(i) + 1);
}

/// A stored log may be longer than what a connection holds for a client that reads slowly.
TEST_F(StreamResume, ALongLogComesWhole)
{
    constexpr int kMany = 60'000;
    {
        const std::lock_guard lock(m_world.mutex);
        for (int number = 1; number <= kMany; ++number) {
            LogLine line;
            line.number = LineNo(number);
            line.text = std::string(200, 'x');
            m_world.lines.append(line);
        }
    }
    const http::Peer peer{.address = {}, .port = 0, .localSocket = m_socket.toStdString()};
    http::Client client(peer);
    const http::Request request{
        "GET", "/v1/deployments/dep_2026_0123abcd/logs/stream", {{"Accept", "text/event-stream"}}, {}, {}};
    SseParser parser;
    std::int64_t seen = 0;
    const auto ended = client.stream(request, 60s,
        [&](std::string_view chunk) {
            // Reads on only when the server has found the time for somebody else: it has sent what it would at once.
            if (seen == 0) {
                EXPECT_TRUE(http::Client(peer).send({"GET", "/v1/deployments/dep_2026_0123abcd", {}, {}, {}}, 60s));
            }
            for (const SseEvent& event : parser.feed(chunk)) {
                EXPECT_EQ(std::stoll(event.id), ++seen);
            }
            return seen < kMany && !testing::Test::HasFailure();
        },
        {});
    ASSERT_TRUE(ended) << ended.error().detail;
    EXPECT_EQ(seen, kMany);
}

/// The status stream needs no memory: whoever comes back is told how it stands, with an id above all earlier ones.
TEST_F(StreamResume, TheStatusComesAtOnceAfterEachCut)
{
    std::int64_t last = 0;
    for (const DeploymentStatus status :
        {DeploymentStatus::DownloadingModel, DeploymentStatus::LoadingModel, DeploymentStatus::Failed}) {
        {
            const std::lock_guard lock(m_world.mutex);
            m_world.deployment.status = status;
        }
        http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket.toStdString()});
        http::Request request{"GET", "/v1/deployments/dep_2026_0123abcd/stream", {}, {}, {}};
        if (last > 0)
            request.headers.set("Last-Event-ID", std::to_string(last));
        SseParser parser;
        std::vector<SseEvent> events;
        const auto ended = client.stream(request, 20s,
            [&](std::string_view chunk) {
                for (SseEvent& event : parser.feed(chunk))
                    events.push_back(std::move(event));
                return events.empty() || status == DeploymentStatus::Failed;
            },
            {});
        ASSERT_TRUE(ended) << ended.error().detail;
        ASSERT_EQ(events.size(), 1U) << "and a failed one ends the stream";
        EXPECT_EQ(events.front().type, "status");
        EXPECT_NE(events.front().data.find(toString(status).toStdString()), std::string::npos);
        EXPECT_GT(std::stoll(events.front().id), last);
        last = std::stoll(events.front().id);
    }
}

} // namespace
} // namespace visgate
