// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/runpod_urls.h"

#include <gtest/gtest.h>

namespace visgate::worker {
namespace {

TEST(RunpodUrlsTest, FillsTheLiveTemplates)
{
    const RunpodUrls urls("https://q/v2/ep/job-take/$ID?gpu=A40", "https://q/v2/ep/job-done/$RUNPOD_POD_ID/$ID?gpu=A40",
        "https://q/v2/ep/ping/$RUNPOD_POD_ID?gpu=A40", "worker-1");
    EXPECT_EQ(urls.take(), "https://q/v2/ep/job-take/worker-1?gpu=A40&job_in_progress=0");
    EXPECT_EQ(urls.stop(), "https://q/v2/ep/job-stop/worker-1?gpu=A40");
    EXPECT_EQ(urls.done("job-9"), "https://q/v2/ep/job-done/worker-1/job-9?gpu=A40&isStream=false");
    EXPECT_EQ(urls.ping({}), "https://q/v2/ep/ping/worker-1?gpu=A40&runpod_version=visgate-" VISGATE_VERSION);
    EXPECT_EQ(urls.ping({"b", "a"}),
        "https://q/v2/ep/ping/worker-1?gpu=A40&job_id=b%2Ca&runpod_version=visgate-" VISGATE_VERSION);
}

TEST(RunpodUrlsTest, TakesTheOtherPlaceholderAndAddsTheQuestionMark)
{
    const RunpodUrls urls("http://l/v2/ep/job-take/$RUNPOD_POD_ID", "http://l/done/$ID", "", "w");
    EXPECT_EQ(urls.take(), "http://l/v2/ep/job-take/w?job_in_progress=0");
    EXPECT_EQ(urls.stop(), "http://l/v2/ep/job-stop/w");
    EXPECT_EQ(urls.done("j"), "http://l/done/j?isStream=false");
    EXPECT_EQ(urls.ping({"j"}), "");
}

TEST(RunpodUrlsTest, EscapesIdsAndKnowsWhenThereIsNoStopChannel)
{
    const RunpodUrls urls("http://l/take/$ID", "http://l/done/$ID?a=b", "", "w");
    EXPECT_EQ(urls.stop(), "");
    EXPECT_EQ(urls.done("a/b?c$ID"), "http://l/done/a%2Fb%3Fc%24ID?a=b&isStream=false");
}

} // namespace
} // namespace visgate::worker
