// SPDX-License-Identifier: GPL-3.0-or-later
// Files into a bucket that checks every signature, over real sockets.
#include "bucket_server.h"
#include "child.h"
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/hash.h"
#include "core/foundation/ids.h"
#include "job_server.h"
#include "worker/delivery/uploads.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;
using Fault = BucketServer::Fault;

/// The first `count` requests of that name go wrong.
BucketServer::Faults first(int count, std::string name, Fault fault)
{
    return [count, name = std::move(name), fault](
               const std::string& asked, const http::Request&) mutable -> std::optional<Fault> {
        return asked == name && count-- > 0 ? std::optional(fault) : std::nullopt;
    };
}

class WorkerUploads : public testing::Test {
protected:
    WorkerUploads()
    {
        limits.backoffLeast = 1ms;
        limits.backoffMost = 5ms;
        target.jobId = "job-1";
    }
    ~WorkerUploads() override
    {
        std::error_code ignored;
        std::filesystem::remove(large, ignored);
    }
    static PictureFile picture(std::string bytes)
    {
        PictureFile file;
        file.contentType = "image/png";
        file.size = bytes.size();
        file.bytes = std::move(bytes);
        return file;
    }
    /// A video on the disk.
    PictureFile video(std::size_t bytes)
    {
        std::string line(1000, 'x');
        std::ofstream stream(large, std::ios::binary);
        for (std::size_t i = 0; i * line.size() < bytes; ++i) {
            line.replace(0, 8, std::to_string(10'000'000 + i));
            stream << line.substr(0, std::min(line.size(), bytes - i * line.size()));
        }
        PictureFile file;
        file.contentType = "video/mp4";
        file.size = bytes;
        file.file = large;
        return file;
    }
    std::string sumOfLarge() const
    {
        std::ifstream stream(large, std::ios::binary);
        return sha256Hex(std::string(std::istreambuf_iterator<char>(stream), {}));
    }
    std::string put(std::vector<PictureFile>& files, BucketAccess access)
    {
        Uploads uploads(std::move(access), clock, limits);
        return uploads.put(files, target, cancel);
    }
    Result<WebReply> read(const std::string& address)
    {
        WebRequest request;
        request.url = address;
        request.isPathLiteral = true;
        Transport transport;
        return transport.send(request, {});
    }
    [[nodiscard]] std::ptrdiff_t count(const std::string& name) const
    {
        const auto asked = server.asked();
        return std::count(asked.begin(), asked.end(), name);
    }

    BucketServer server;
    RealClock clock;
    Bucket::Limits limits;
    UploadTarget target;
    http::CancelToken cancel;
    std::filesystem::path large = std::filesystem::temp_directory_path() / ("visgate-upload-" + randomHex(8));
};

TEST_F(WorkerUploads, EveryKeyArrivesAsItIsAndCanBeReadForAWeek)
{
    for (const char* prefix : {"", "plain/", "with space/", "ğüşiöç/", "a+b/", "100%/", "%2F/", "two//slashes/",
             "../up/", "a/../b/", "./", "k=v&w?x#y/", "~-_./", "\"'<>\\/"}) {
        SCOPED_TRACE(prefix);
        auto access = server.access();
        access.prefix = prefix;
        std::vector<PictureFile> files{picture("one"), picture("two")};
        ASSERT_EQ(put(files, std::move(access)), "");
        const std::string key = std::string(prefix) + "job-1-2.png";
        EXPECT_EQ(server.object(key), "two");
        EXPECT_EQ(files[1].key, key);
        EXPECT_TRUE(files[1].bytes.empty());
        const auto read = this->read(files[1].url);
        ASSERT_TRUE(read) << files[1].url;
        EXPECT_EQ(read->status, 200) << files[1].url;
        EXPECT_EQ(read->body, "two");
    }
}

TEST_F(WorkerUploads, AJobsIdLeadsNowhereElse)
{
    target.jobId = "../../other/job?x#1";
    std::vector<PictureFile> files{picture("one")};
    EXPECT_EQ(put(files, server.access()), "");
    EXPECT_EQ(files[0].key, ".._.._other_job_x_1-1.png");
}

TEST_F(WorkerUploads, WhereTheWorldReadsItIsWhatTheResultSays)
{
    auto access = server.access();
    access.prefix = "a b/";
    access.publicBase = "https://cdn.example/pictures";
    std::vector<PictureFile> files{picture("one")};
    EXPECT_EQ(put(files, std::move(access)), "");
    EXPECT_EQ(files[0].url, "https://cdn.example/pictures/a%20b/job-1-1.png");
}

TEST_F(WorkerUploads, AWrongSecretIsSaidOnceAndThePicturesAreKept)
{
    auto access = server.access();
    access.secretKey = Secret("not the secret");
    std::vector<PictureFile> files{picture("one")};
    const std::string error = put(files, std::move(access));
    EXPECT_EQ(error, "the bucket answered 403 SignatureDoesNotMatch");
    EXPECT_EQ(files[0].bytes, "one");
    EXPECT_EQ(files[0].url, "");
    EXPECT_EQ(server.asked().size(), 1U) << "asking again changes nothing";
    EXPECT_EQ(server.objects(), 0U);
}

TEST_F(WorkerUploads, AClockThatIsOffIsSetByTheServices)
{
    for (const auto skew : {std::chrono::seconds(2h), std::chrono::seconds(-26h)}) {
        server.setSkew(skew);
        std::vector<PictureFile> files{picture("one"), picture("two")};
        const auto before = server.asked().size();
        EXPECT_EQ(put(files, server.access()), "");
        EXPECT_EQ(server.asked().size(), before + 3) << "it is asked for the time once";
        const auto read = this->read(files[1].url);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->body, "two");
    }
}

TEST_F(WorkerUploads, ABusyServiceIsAskedAgainButNotForEver)
{
    for (const Fault fault : {Fault::Busy, Fault::Cut, Fault::Lost}) {
        server.fail(first(3, "put", fault));
        std::vector<PictureFile> files{picture("one")};
        EXPECT_EQ(put(files, server.access()), "") << static_cast<int>(fault);
        EXPECT_EQ(server.object("job-1-1.png"), "one");
    }
    server.fail(first(1000, "put", Fault::Busy));
    std::vector<PictureFile> files{picture("one")};
    const auto before = count("put");
    EXPECT_EQ(put(files, server.access()), "the bucket answered 503 SlowDown");
    EXPECT_EQ(count("put") - before, limits.attempts);
    EXPECT_EQ(files[0].bytes, "one");
}

/// With the limits of every day.
TEST_F(WorkerUploads, AFileOfMoreThanAHundredMegabytesGoesInParts)
{
    constexpr std::size_t bytes = 100'500'000;
    server.fail([parts = 0](const std::string& name, const http::Request&) mutable -> std::optional<Fault> {
        const bool isSecond = name == "part" && ++parts >= 2 && parts <= 4;
        return isSecond ? std::optional(parts == 2 ? Fault::Busy
                       : parts == 3                ? Fault::Cut
                                                   : Fault::Lost)
                        : std::nullopt;
    });
    std::vector<PictureFile> files{video(bytes)};
    ASSERT_EQ(put(files, server.access()), "");
    const auto stored = server.object("job-1-1.mp4");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->size(), bytes);
    EXPECT_EQ(sha256Hex(*stored), sumOfLarge());
    EXPECT_EQ(server.largestBody(), limits.partBytes) << "no more than a part is in memory";
    EXPECT_EQ(count("begin"), 1);
    EXPECT_EQ(count("part"), 6 + 3) << "one part is sent again, and no other";
    EXPECT_EQ(count("put"), 0);
    EXPECT_EQ(server.openUploads(), 0U);
}

class WorkerParts : public WorkerUploads {
protected:
    WorkerParts()
    {
        limits.partsFrom = 100'000;
        limits.partBytes = 50'000;
    }
};

TEST_F(WorkerParts, WhatCannotBeJoinedLeavesNothingBehind)
{
    for (const char* name : {"part", "complete"}) {
        server.fail(first(1000, name, Fault::Busy));
        std::vector<PictureFile> files{video(230'000)};
        EXPECT_THAT(put(files, server.access()), HasSubstr("503")) << name;
        EXPECT_EQ(server.openUploads(), 0U) << name;
        EXPECT_EQ(server.objects(), 0U) << name;
        EXPECT_EQ(files[0].file, large) << "the file is there still";
    }
    server.fail([busy = 0](const std::string& name, const http::Request&) mutable -> std::optional<Fault> {
        return name == "part" || (name == "abort" && ++busy < 3) ? std::optional(Fault::Busy) : std::nullopt;
    });
    std::vector<PictureFile> files{video(230'000)};
    EXPECT_NE(put(files, server.access()), "");
    EXPECT_EQ(server.openUploads(), 0U) << "giving up is tried again as well";
}

TEST_F(WorkerParts, NorDoesAJobThatIsCancelledHalfWay)
{
    server.fail([this, parts = 0](const std::string& name, const http::Request&) mutable -> std::optional<Fault> {
        if (name == "part" && ++parts == 2) {
            cancel.cancel();
        }
        return std::nullopt;
    });
    std::vector<PictureFile> files{video(230'000)};
    EXPECT_EQ(put(files, server.access()), "there was no time left");
    EXPECT_EQ(server.openUploads(), 0U);
    EXPECT_EQ(server.objects(), 0U);
}

TEST_F(WorkerParts, AnAnswerThatIsLostCostsNothing)
{
    for (const char* name : {"begin", "part", "complete"}) {
        server.fail(first(1, name, Fault::Lost));
        std::vector<PictureFile> files{video(230'000)};
        EXPECT_EQ(put(files, server.access()), "") << name;
        EXPECT_EQ(server.openUploads(), 0U) << name;
        EXPECT_EQ(sha256Hex(server.object("job-1-1.mp4").value_or("")), sumOfLarge()) << name;
    }
}

TEST_F(WorkerParts, AnErrorBehindA200IsOne)
{
    server.fail(first(2, "complete", Fault::Untrue));
    std::vector<PictureFile> files{video(230'000)};
    EXPECT_EQ(put(files, server.access()), "");
    EXPECT_EQ(sha256Hex(server.object("job-1-1.mp4").value_or("")), sumOfLarge());
}

TEST_F(WorkerUploads, APresignedAddressGetsALargeFileFromTheDisk)
{
    constexpr std::size_t bytes = 40'000'000;
    const sigv4::Credentials keys{BucketServer::keyId, Secret(BucketServer::secret), {}};
    const std::string host = server.base().substr(std::string("http://").size());
    server.fail(first(1, "put", Fault::Busy));
    target.addresses = {server.base()
        + sigv4::presign("PUT", host, std::string("/") + BucketServer::bucket + "/video%20%C4%9F.mp4",
            {BucketServer::region, "s3"}, keys, clock.now(), std::chrono::hours(7 * 24))};
    std::vector<PictureFile> files{video(bytes)};
    Uploads uploads(std::nullopt, clock, limits);
    EXPECT_EQ(uploads.put(files, target, cancel), "");
    EXPECT_EQ(sha256Hex(server.object("video ğ.mp4").value_or("")), sumOfLarge());
    EXPECT_EQ(files[0].url, server.base() + "/pictures/video%20%C4%9F.mp4");
}

TEST_F(WorkerUploads, AJobsBucketMayNotBeOfTheMachinesOwnNetwork)
{
    auto access = server.access();
    access.endpoint = "http://169.254.169.254";
    access.reach = Reach::NoLinkLocal;
    target.bucket = std::move(access);
    std::vector<PictureFile> files{picture("one")};
    Uploads uploads(server.access(), clock, limits);
    EXPECT_NE(uploads.put(files, target, cancel), "");
    EXPECT_TRUE(server.asked().empty()) << "nor is the worker's own used in its place";
}

TEST_F(WorkerUploads, TheWorkerPutsItsPicturesThereAndKeepsTheKeysToItself)
{
    JobServer queue;
    auto environment = queue.environment();
    environment.insert({{"VISGATE_S3_ENDPOINT", server.base()}, {"VISGATE_S3_REGION", BucketServer::region},
        {"VISGATE_S3_BUCKET", BucketServer::bucket}, {"VISGATE_S3_PREFIX", "made here/"},
        {"VISGATE_S3_ACCESS_KEY_ID", BucketServer::keyId}, {"VISGATE_S3_SECRET_ACCESS_KEY", BucketServer::secret}});
    queue.give(pictureJob("j1", "red circle"));
    auto own = pictureJob("j2", "red circle");
    own["s3Config"] = {{"accessId", BucketServer::keyId}, {"accessSecret", "the job's wrong secret"},
        {"bucketName", BucketServer::bucket}, {"endpointUrl", server.base()}, {"region", BucketServer::region}};
    queue.give(own);
    Child worker(VISGATE_WORKER_PROGRAM, {}, environment);
    ASSERT_TRUE(queue.waitForTerminal("j2")) << worker.output();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
    const json artifact = queue.terminal("j1")[0]["output"]["artifacts"][0];
    EXPECT_FALSE(artifact.contains("data"));
    EXPECT_EQ(artifact["key"], "made here/j1-1.png");
    const auto read = this->read(artifact["url"].get<std::string>());
    ASSERT_TRUE(read);
    EXPECT_EQ(sha256Hex(read->body), artifact["sha256"]);
    const json failed = queue.terminal("j2")[0]["output"];
    EXPECT_THAT(failed["upload_error"].get<std::string>(), HasSubstr("SignatureDoesNotMatch"));
    EXPECT_TRUE(failed["artifacts"][0].contains("data")) << "the picture is not lost";
    for (const char* secret : {BucketServer::keyId, BucketServer::secret, "the job's wrong secret"}) {
        EXPECT_THAT(worker.output(), testing::Not(HasSubstr(secret)));
    }
}

} // namespace
} // namespace visgate::worker
