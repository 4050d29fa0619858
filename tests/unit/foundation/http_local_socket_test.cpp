// SPDX-License-Identifier: GPL-3.0-or-later
// The private socket, as every system has it.
#include "core/foundation/http/client.h"
#include "tests/unit/foundation/local_server.h"
#include "tests/unit/foundation/temp_folder.h"

#include <gmock/gmock.h>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using visgate::test::TempFolder;

namespace visgate::http {
namespace {

TEST(HttpLocalSocket, ServesOurOwnUser)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    {
        const auto server = startAt(path);
        ASSERT_TRUE(server.has_value()) << server.error().detail;
        EXPECT_EQ((*server)->port(), 0);

        Client client({{}, 0, path});
        for (const char* target : {"/x", "/y"}) { // and over the connection that is kept
            const auto reply = client.send({"GET", target, {}, {}, {}}, 10s);
            ASSERT_TRUE(reply.has_value()) << reply.error().detail;
            EXPECT_EQ(reply->body, target); // no address on a local socket
        }
    }
    EXPECT_FALSE(std::filesystem::exists(path)) << "the socket's file stays behind";
    Client late({{}, 0, path});
    EXPECT_EQ(late.send({"GET", "/x", {}, {}, {}}, 10s).error().code, ErrorCode::NetworkUnreachable);
}

TEST(HttpLocalSocket, IsServedOnce)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    const auto first = startAt(path);
    ASSERT_TRUE(first.has_value()) << first.error().detail;
    const auto second = startAt(path);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::AlreadyServed);
    Client client({{}, 0, path});
    EXPECT_TRUE(client.send({"GET", "/", {}, {}, {}}, 10s).has_value()) << "the refused start broke the first server";
}

TEST(HttpLocalSocket, ServesManyAtOnce)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    const auto server = startAt(path);
    ASSERT_TRUE(server.has_value()) << server.error().detail;
    const std::string body(200'000, 'b'); // more than a pipe's buffer
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&path, &body] {
            for (int round = 0; round < 5; ++round) {
                Client client({{}, 0, path});
                const auto reply = client.send({"POST", "/x", {}, body, {}}, 10s);
                EXPECT_TRUE(reply.has_value()) << reply.error().detail;
            }
        });
    }
    for (std::thread& client : clients)
        client.join();
}

TEST(HttpLocalSocket, EndsAStreamForItsReader)
{
    const TempFolder folder;
    const std::string path = folder.file("api.sock");
    const auto server = Server::start({{}, 0, path}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->beginStream(200, {{"Content-Type", "text/plain"}});
        exchange->write("one");
        exchange->write("two");
        exchange->endStream();
    });
    ASSERT_TRUE(server.has_value()) << server.error().detail;
    Client client({{}, 0, path});
    std::string got;
    const auto keep = [&got](std::string_view piece) {
        got += piece;
        return true;
    };
    const auto reply = client.stream({"GET", "/x", {}, {}, {}}, 10s, keep, CancelToken());
    ASSERT_TRUE(reply.has_value()) << reply.error().detail;
    EXPECT_EQ(got, "onetwo");
}

} // namespace
} // namespace visgate::http
