// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/server.h"
#include "worker/supervisor/picture_fetcher.h"

#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>

namespace visgate::worker {
namespace {

/// A proxy would look the name up by itself, and nobody here would know where the picture came from.
TEST(WorkerPictureProxy, PicturesAreFetchedThroughNone)
{
    std::atomic<int> requests{0};
    const auto proxy = http::Server::start({}, [&requests](const std::shared_ptr<http::Exchange>& exchange) {
        ++requests;
        exchange->respond({200, {}, "from the proxy"});
    });
    ASSERT_TRUE(proxy);
    const std::string address = "http://127.0.0.1:" + std::to_string((*proxy)->port());
    PictureFetcher::Rules rules;
    rules.scheme = "http";
    for (const char* name : {"http_proxy", "all_proxy"}) {
        ASSERT_EQ(setenv(name, address.c_str(), 1), 0);
        JobInput input;
        input.imageAddress = "http://pictures.invalid/a.png";
        EXPECT_EQ(PictureFetcher(rules).fetch(input, {}).size(), 1U);
        ASSERT_EQ(unsetenv(name), 0);
    }
    EXPECT_EQ(requests, 0);
}

} // namespace
} // namespace visgate::worker
