// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that a job names by address: what a stranger could want from a worker's own network, over real sockets.
#include "core/foundation/http/server.h"
#include "worker/delivery/png.h"
#include "worker/supervisor/picture_fetcher.h"

#include <atomic>
#include <gmock/gmock.h>
#include <mutex>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Exchange = std::shared_ptr<http::Exchange>;

std::string png()
{
    return encodePng(4, 4, std::vector<std::uint8_t>(48, 7), {}).value();
}

class WorkerPictures : public testing::Test {
protected:
    WorkerPictures()
    {
        rules.scheme = "http";
        rules.reach = Reach::ThisComputer;
        server = std::move(*http::Server::start({}, [this](const Exchange& exchange) {
            ++requests;
            answer(exchange);
        }));
    }
    ~WorkerPictures() override
    {
        server.reset();
        if (pouring.joinable()) {
            pouring.join();
        }
    }
    [[nodiscard]] std::string base(const std::string& host = "127.0.0.1") const
    {
        return "http://" + host + ":" + std::to_string(server->port());
    }
    /// What is wrong with it; empty if the picture has come.
    std::string fetch(const std::string& address)
    {
        JobInput input;
        input.imageAddress = address;
        const auto bad = PictureFetcher(rules).fetch(input, cancel);
        EXPECT_EQ(input.image.empty(), !bad.empty());
        EXPECT_TRUE(input.imageAddress.empty());
        return bad.empty() ? std::string() : bad[0].message;
    }
    static http::Response redirect(const std::string& to) { return {302, {{"Location", to}}, {}}; }

    PictureFetcher::Rules rules;
    http::CancelToken cancel;
    std::atomic<int> requests{0};
    std::function<void(const Exchange&)> answer = [](const Exchange& exchange) {
        exchange->respond({200, {{"Content-Type", "image/png"}}, png()});
    };
    std::thread pouring;
    std::unique_ptr<http::Server> server;
};

TEST_F(WorkerPictures, ArriveAlsoBehindRedirects)
{
    EXPECT_EQ(fetch(base() + "/a.png?b=c"), "");
    answer = [](const Exchange& exchange) {
        const auto& target = exchange->request().target;
        exchange->respond(target == "/5" ? http::Response{200, {}, png()}
                                         : redirect("/" + std::to_string(std::stoi(target.substr(1)) + 1)));
    };
    requests = 0;
    EXPECT_EQ(fetch(base() + "/0"), "");
    EXPECT_EQ(requests, 6);
    answer = [](const Exchange& exchange) { exchange->respond(redirect(exchange->request().target)); };
    requests = 0;
    EXPECT_THAT(fetch(base() + "/round"), HasSubstr("redirected too often"));
    EXPECT_EQ(requests, 6);
}

TEST_F(WorkerPictures, TheInternetAloneIsReached)
{
    rules.reach = Reach::Public;
    const std::string port = ":" + std::to_string(server->port());
    for (const char* host : {"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0",
             "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"}) {
        EXPECT_NE(fetch("http://" + std::string(host) + port + "/a"), "") << host;
    }
    for (const char* host : {"169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "10.0.0.1",
             "100.100.100.200", "192.168.0.1"}) {
        EXPECT_THAT(fetch("http://" + std::string(host) + "/latest/meta-data/"), HasSubstr("cannot be fetched"))
            << host;
    }
    EXPECT_EQ(requests, 0) << "not even connected to";
}

TEST_F(WorkerPictures, ARedirectLeadsNowhereElse)
{
    for (const char* to : {"file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/a", "https://127.0.0.1/a",
             "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://10.0.0.1/a",
             "http://user:word@127.0.0.1/a", "javascript:alert(1)", "http://", ""}) {
        answer = [to](const Exchange& exchange) { exchange->respond(redirect(to)); };
        requests = 0;
        EXPECT_THAT(fetch(base() + "/a"), HasSubstr("cannot be fetched")) << to;
        EXPECT_LE(requests, to[0] == '\0' ? 6 : 1) << to;
    }
}

TEST_F(WorkerPictures, WhatIsAnnouncedToBeTooLargeIsNotWaitedFor)
{
    answer = [](const Exchange& exchange) {
        exchange->sendRawAndAbort(
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10737418240\r\n\r\n\x89PNG");
    };
    EXPECT_THAT(fetch(base() + "/a"), HasSubstr("larger than a picture may be"));
}

TEST_F(WorkerPictures, WhatDoesNotEndIsCutOff)
{
    std::atomic<std::size_t> poured{0};
    answer = [&](const Exchange& exchange) {
        exchange->beginStream(200, {{"Content-Type", "image/png"}});
        pouring = std::thread([exchange, &poured] {
            constexpr std::size_t piece = 1 << 20;
            const std::size_t most = std::size_t{10} << 30U;
            while (poured < most && !exchange->isClosed()) {
                if (exchange->backlog() < piece && exchange->write(std::string(piece, 'x'))) {
                    poured += piece;
                }
                std::this_thread::yield();
            }
        });
    };
    EXPECT_THAT(fetch(base() + "/a"), HasSubstr("larger than a picture may be"));
    pouring.join();
    EXPECT_LT(poured, 3 * rules.mostBytes) << "what the two ends' buffers hold";
}

TEST_F(WorkerPictures, NothingIsUnpackedAndWhatIsNoPictureIsSaid)
{
    std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff", 24);
    for (const auto& [body, what] : std::vector<std::pair<std::string, std::string>>{{bomb, "65535x65535"},
             {png().substr(0, 20), "must be"}, {"{\"secret\":1}", "must be"}, {"PK\x03\x04", "must be"},
             {std::string("\x1f\x8b\x08\0", 4), "must be"}, {"", "must be"}}) {
        answer = [body = body](const Exchange& exchange) {
            exchange->respond({200, {{"Content-Type", "image/png"}, {"Content-Encoding", "gzip"}}, body});
        };
        EXPECT_THAT(fetch(base() + "/a"), HasSubstr(what));
    }
    answer = [](const Exchange& exchange) { exchange->respond({403, {}, png()}); };
    EXPECT_THAT(fetch(base() + "/a"), HasSubstr("status 403"));
}

TEST_F(WorkerPictures, WhoNeverAnswersIsNotWaitedForForEver)
{
    std::vector<Exchange> held;
    answer = [&held](const Exchange& exchange) { held.push_back(exchange); };
    rules.patience = 100ms;
    EXPECT_THAT(fetch(base() + "/a"), HasSubstr("cannot be fetched"));
    rules.patience = 3600s;
    std::thread impatient([&] {
        while (requests < 2) {
            std::this_thread::yield();
        }
        cancel.cancel();
    });
    EXPECT_THAT(fetch(base() + "/b"), HasSubstr("cannot be fetched"));
    impatient.join();
    held.clear();
}

} // namespace
} // namespace visgate::worker
