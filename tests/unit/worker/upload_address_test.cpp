// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/server.h"
#include "worker/delivery/upload_address.h"

#include <atomic>
#include <gtest/gtest.h>

namespace visgate::worker {
namespace {

TEST(UploadAddress, IsParsedAndNotGuessedFromItsBeginning)
{
    EXPECT_EQ(reachOf("https://bucket.s3.amazonaws.com/k?X-Amz-Signature=1"), Reach::NoLinkLocal);
    EXPECT_EQ(reachOf("http://127.0.0.1:9000/bucket/k"), Reach::ThisComputer);
    EXPECT_EQ(reachOf("http://localhost:9000/k"), Reach::ThisComputer);
    // Which address the name has is checked when it is connected to.
    EXPECT_EQ(reachOf("http://bucket.example/k"), Reach::ThisComputer);
    for (const char* bad : {"", "k", "ftp://127.0.0.1/k", "file:///etc/passwd", "http://127.0.0.1:1@127.0.0.2/k",
             "https://user:password@bucket.example/k", "http://localhost:80@evil.example/k", "gopher://127.0.0.1:1/k",
             "http://127.0.0.1:99999/k"})
        EXPECT_FALSE(reachOf(bad)) << bad;
}

class Listening : public testing::Test {
protected:
    Listening()
    {
        auto server = http::Server::start({}, [this](const std::shared_ptr<http::Exchange>& exchange) {
            ++m_asked;
            exchange->respond({200, {}, {}});
        });
        m_server = std::move(*server);
    }
    Result<WebReply> put(const std::string& host, Reach reach)
    {
        WebRequest request;
        request.method = "PUT";
        request.url = "http://" + host + ":" + std::to_string(m_server->port()) + "/k";
        request.reach = reach;
        return m_transport.send(request, {});
    }

    std::atomic<int> m_asked = 0;
    std::unique_ptr<http::Server> m_server;
    Transport m_transport;
};

TEST_F(Listening, TheResolvedAddressIsChecked)
{
    EXPECT_TRUE(put("127.0.0.1", Reach::ThisComputer));
    EXPECT_TRUE(put("localhost", Reach::ThisComputer));
    EXPECT_EQ(m_asked, 2);
    for (const char* host : {"0.0.0.0", "169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[::]"}) {
        EXPECT_FALSE(put(host, Reach::NoLinkLocal)) << host;
        EXPECT_FALSE(put(host, Reach::ThisComputer)) << host;
    }
    EXPECT_FALSE(put("192.0.2.1", Reach::ThisComputer)) << "not of this computer";
    for (const char* host : {"127.0.0.1", "localhost", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
             "100.64.0.1", "169.254.169.254", "0.0.0.0", "[::1]", "[fd00::1]", "[::ffff:10.0.0.1]"}) {
        EXPECT_FALSE(put(host, Reach::Public)) << host;
    }
    EXPECT_EQ(m_asked, 2) << "nothing was sent";
}

} // namespace
} // namespace visgate::worker
