// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's rules that need no provider: names, verdicts on a start, prices, stored pictures.
#include "core/engine/context/naming.h"
#include "core/engine/jobs/artifact_files.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/log_sentences.h"
#include "core/engine/starts/stage_clock.h"
#include "core/engine/starts/start_causes.h"
#include "core/engine/starts/start_watch.h"
#include "tests/support/fixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

EndpointSetup sampleSetup()
{
    EndpointSetup setup;
    setup.userHash = u"0123456789abcdef"_s;
    setup.modelId = u"stabilityai/sdxl-turbo"_s;
    setup.revision = u"abc"_s;
    setup.image = u"visgate/worker:1"_s;
    return setup;
}

TEST(EndpointName, HasTheContractsShapeAndTellsSetUpsApart)
{
    const QString name = endpointName(sampleSetup());
    EXPECT_THAT(name.toStdString(), testing::MatchesRegex("visgate-0123456789-stabilityai--sdxl-turbo-[0-9a-f]{8}"));
    EXPECT_EQ(endpointName(sampleSetup()), name) << "the name is the memory: equal set-ups, equal names";
    QStringList others;
    for (const auto& change : std::initializer_list<std::function<void(EndpointSetup&)>>{
             [](EndpointSetup& s) { s.revision = u"other"_s; }, [](EndpointSetup& s) { s.image = u"x:2"_s; },
             [](EndpointSetup& s) { s.task = GenerationTask::ImageToImage; },
             [](EndpointSetup& s) { s.limits.executionTimeout = 601s; },
             [](EndpointSetup& s) { s.limits.workersMax = 2; }, [](EndpointSetup& s) { s.distinct = u"dep_1"_s; }}) {
        EndpointSetup setup = sampleSetup();
        change(setup);
        others.append(endpointName(setup));
    }
    EXPECT_FALSE(others.contains(name));
    EXPECT_EQ(others.removeDuplicates(), 0);
}

TEST(EndpointName, IsRecognisedForItsAccountOnly)
{
    const QString name = endpointName(sampleSetup());
    EXPECT_TRUE(isOurName(name, u"0123456789abcdef"_s));
    EXPECT_FALSE(isOurName(name, u"ffff456789abcdef"_s));
    EXPECT_FALSE(isOurName(u"my-endpoint"_s, u"0123456789abcdef"_s));
    EXPECT_FALSE(isOurName(u"visgate--x"_s, QString()));
    EXPECT_EQ(modelOfName(name, u"0123456789abcdef"_s), u"stabilityai/sdxl-turbo"_s);
    EXPECT_TRUE(modelOfName(u"my-endpoint"_s, u"0123456789abcdef"_s).isEmpty());
}

WorkerList workers(WorkerStatus status, const char* id)
{
    WorkerList list;
    ProviderWorker worker;
    worker.id = WorkerId(id);
    worker.status = status;
    list.workers.append(worker);
    list.counts.initializing = status == WorkerStatus::Initializing ? 1 : 0;
    list.counts.unhealthy = status == WorkerStatus::Unhealthy ? 1 : 0;
    return list;
}

TEST(StartWatch, ThreeCrashesAreALoopOneIsNot)
{
    StartWatch watch;
    EndpointLimits limits;
    const MonotonicPoint now{};
    watch.onFailed(CrashWitness::WorkerLog, u"E_LOAD"_s, u"boom"_s);
    watch.onFailed(CrashWitness::WorkerLog, u"E_LOAD"_s, u"boom"_s);
    EXPECT_FALSE(watch.verdict(limits, now));
    watch.onFailed(CrashWitness::WorkerLog, u"E_LOAD"_s, u"boom again"_s);
    const auto verdict = watch.verdict(limits, now);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->code, ErrorCode::WorkerCrashLoop);
    EXPECT_EQ(verdict->detail, "boom again");
    watch.onReady();
    EXPECT_FALSE(watch.verdict(limits, now)) << "it came up after all";
}

/// A slow computer sees each crash from all sides; a quick one often misses the moment in which the worker is
/// unhealthy.
TEST(StartWatch, ACrashThatAllTellOfIsOneCrash)
{
    StartWatch watch;
    EndpointLimits limits;
    const MonotonicPoint now{};
    watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
    for (int crash = 1; crash <= limits.failureThreshold; ++crash) {
        EXPECT_FALSE(watch.verdict(limits, now)) << crash;
        watch.onFailed(CrashWitness::WorkerLog, u"E_LOAD"_s, u"boom"_s);
        watch.onFailed(CrashWitness::Callback, {}, u"boom"_s);
        watch.onWorkers(workers(WorkerStatus::Unhealthy, "w1"), now);
        watch.onWorkers(workers(WorkerStatus::Unhealthy, "w1"), now); // still the same
        watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
        watch.onWorkers(workers(WorkerStatus::Initializing, "w1"), now);
    }
    EXPECT_TRUE(watch.verdict(limits, now));
}

TEST(StartWatch, WhatTryingAgainCannotHelpIsFinalAtOnce)
{
    const EndpointLimits limits;
    for (const auto& [code, meaning] : {std::pair(u"E_OUT_OF_MEMORY"_s, ErrorCode::OutOfGpuMemory),
             std::pair(u"E_DISK_FULL"_s, ErrorCode::WorkerDiskFull)}) {
        StartWatch watch;
        watch.onFailed(CrashWitness::WorkerLog, code, u"x"_s);
        ASSERT_TRUE(watch.verdict(limits, {}));
        EXPECT_EQ(watch.verdict(limits, {})->code, meaning);
    }
    StartWatch watch;
    watch.onLine(u"w1"_s, u"error pulling image: manifest unknown"_s, true);
    EXPECT_EQ(watch.verdict(limits, {})->code, ErrorCode::WorkerImageUnknown);
}

TEST(StartWatch, WhyAContainerDoesNotStartIsReadFromTheLog)
{
    struct Row {
        const char* line;
        bool isSystem;
        ErrorCode meaning;
        const char* detail;
    };
    const Row rows[] = {
        {"error starting container: OCI runtime create failed: unable to start container process: error during "
         "container init: error running prestart hook #0\nnvidia-container-cli: "
         "requirement error: unsatisfied condition: cuda>=12.8, please update your driver: unknown",
            true, ErrorCode::HostDriverTooOld, "unsatisfied condition: cuda>=12.8"},
        {"error pulling image: Error response from daemon: pull access denied for me/worker, repository does not exist "
         "or may require 'docker login'",
            true, ErrorCode::ImagePullDenied, "pull access denied for me/worker"},
        {"error pulling image: unauthorized: authentication required", true, ErrorCode::ImagePullDenied,
            "unauthorized"},
        {"error pulling image: toomanyrequests: You have reached your unauthenticated pull rate limit.", true,
            ErrorCode::ImagePullLimited, "toomanyrequests"},
        {"error pulling image: manifest for me/worker:9 not found: manifest unknown", true,
            ErrorCode::WorkerImageUnknown, "manifest unknown"},
        {"exec /usr/bin/visgate-worker: exec format error", false, ErrorCode::ImageWrongMachine, "exec format error"},
        {"failed to register layer: write /x: no space left on device", true, ErrorCode::WorkerDiskFull,
            "no space left on device"},
    };
    for (const Row& row : rows) {
        StartWatch watch;
        watch.onLine(u"w1"_s, QString::fromLatin1(row.line), row.isSystem);
        const auto verdict = watch.verdict({}, {});
        ASSERT_TRUE(verdict) << row.line;
        EXPECT_EQ(toString(verdict->code), toString(row.meaning)) << row.line;
        EXPECT_TRUE(verdict->detail.starts_with(row.detail)) << verdict->detail;
        EXPECT_EQ(verdict->detail.find('\n'), std::string::npos);
    }
    EXPECT_FALSE(startCauseOf(u"request refused: unauthorized"_s, false)) << "a container may say so of anything";
    EXPECT_FALSE(startCauseOf(u"image pull: me/worker:1: pending"_s, true));
}

TEST(StartWatch, AWorkerMayGetOverFullMemoryUnlessItGoesAway)
{
    for (const auto& [line, isSystem, meaning] :
        {std::tuple(u"torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.19 GiB."_s, false,
             ErrorCode::OutOfGpuMemory),
            std::tuple(u"container was OOMKilled"_s, true, ErrorCode::WorkerMemoryFull)}) {
        StartWatch watch;
        watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
        watch.onLine(u"w1"_s, line, isSystem);
        EXPECT_FALSE(watch.verdict({}, {})) << "it may go on with less";
        watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
        ASSERT_TRUE(watch.verdict({}, {})) << "one end is enough where the reason is known";
        EXPECT_EQ(watch.verdict({}, {})->code, meaning);
    }
}

TEST(StartWatch, ContainersThatStartAgainAndAgainCrashWithoutAWord)
{
    StartWatch watch;
    for (int start = 0; start < 3; ++start) {
        watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
        watch.onLine(u"w1"_s, u"Traceback (most recent call last):\nImportError: libfoo.so.%1"_s.arg(start), false);
    }
    EXPECT_FALSE(watch.verdict({}, {})) << "the first start is no crash";
    watch.onLine(u"w1"_s, u"create container x"_s, true);
    watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
    EXPECT_EQ(watch.verdict({}, {})->code, ErrorCode::WorkerCrashLoop);
    EXPECT_EQ(watch.verdict({}, {})->detail, "ImportError: libfoo.so.2") << "the last line before it began again";
}

TEST(StartWatch, WhatIsInTheWayIsKnownBeforeItIsFinal)
{
    StartWatch watch;
    const auto suspected = [&watch] {
        const auto suspicion = watch.suspicion();
        return suspicion ? toString(suspicion->code) : "nothing";
    };
    watch.onLine(u"w1"_s, u"image pull: me/worker:1: pending"_s, true);
    EXPECT_EQ(suspected(), "nothing");
    watch.onLine(u"w1"_s, u"error pulling image: net/http: TLS handshake timeout"_s, true);
    EXPECT_EQ(suspected(), "IMAGE_PULL_FAILING");
    EXPECT_EQ(watch.suspicion()->detail, "error pulling image: net/http: TLS handshake timeout");
    EXPECT_FALSE(watch.verdict({}, {})) << "the provider tries again";
    watch.onLine(u"w1"_s, u"start container for x: begin"_s, true);
    EXPECT_EQ(suspected(), "nothing") << "it has come after all";
    watch.onLine(u"w1"_s, u"ImportError: libfoo.so.2"_s, false);
    watch.onWorkers(workers(WorkerStatus::Unhealthy, "w1"), {});
    EXPECT_EQ(suspected(), "WORKER_RESTARTED");
    EXPECT_EQ(watch.suspicion()->detail, "ImportError: libfoo.so.2");
    EXPECT_FALSE(watch.verdict({}, {})) << "one end is no loop";
    watch.onProgress({});
    EXPECT_EQ(suspected(), "nothing") << "it moves";
}

/// The provider's list may lack the machine and the container's age; its log names them all the same.
TEST(StageClock, TheProvidersLinesTellWhatItsListLacks)
{
    StageClock clock;
    const MonotonicPoint began = MonotonicPoint() + 1h;
    clock.begin(began);
    clock.onWorkers(workers(WorkerStatus::Initializing, "w1"), began);
    ASSERT_TRUE(clock.present(began));
    EXPECT_EQ(clock.present(began)->stage, StartStage::Placement);
    clock.onImagePull(u"w1"_s, began + 5s);
    EXPECT_EQ(clock.present(began + 8s)->stage, StartStage::ImagePull);
    EXPECT_DOUBLE_EQ(clock.present(began + 8s)->elapsed, 3.0);
    clock.onContainer(u"w1"_s, began + 30s);
    EXPECT_EQ(clock.present(began + 31s)->stage, StartStage::ModelDownload);
    EXPECT_DOUBLE_EQ(clock.present(began + 31s)->elapsed, 1.0);
}

TEST(StartWatch, AStartMayTakeItsLimitAndAQuarterMoreUnlessItMoves)
{
    StartWatch watch;
    EndpointLimits limits;
    limits.initTimeout = 400s;
    MonotonicPoint now{1000s};
    watch.onWorkers(workers(WorkerStatus::Initializing, "w1"), now);
    EXPECT_FALSE(watch.verdict(limits, now + 500s));
    watch.onProgress(now + 400s);
    EXPECT_FALSE(watch.verdict(limits, now + 600s)) << "the download went on";
    EXPECT_EQ(watch.verdict(limits, now + 901s)->code, ErrorCode::StartTimedOut);
}

class ArtifactFilesTest : public testing::Test {
protected:
    static QJsonObject output(const QByteArray& bytes, const QString& type = u"image/png"_s)
    {
        const QByteArray sum = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        return {{u"artifacts"_s,
            QJsonArray{QJsonObject{{u"data"_s, QString::fromLatin1(bytes.toBase64())}, {u"content_type"_s, type},
                {u"sha256"_s, QString::fromLatin1(sum)}, {u"seed"_s, 42}}}}};
    }
    QStringList files() const
    {
        QStringList names;
        for (const QString& day : QDir(m_folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            names.append(QDir(m_folder.filePath(day)).entryList(QDir::Files));
        return names;
    }
    Job job() const
    {
        Job job;
        job.id = JobId("job_1");
        job.createdAt = TimePoint(std::chrono::seconds(1'790'000'000));
        return job;
    }
    QTemporaryDir m_folder;
    ArtifactFiles m_files{m_folder.path()};
    QByteArray m_png
        = QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0", 29) + "crc. and more";
};

TEST_F(ArtifactFilesTest, KeepsWhatIsWhatItSays)
{
    const auto kept = m_files.keep(job(), output(m_png));
    ASSERT_TRUE(kept) << kept.error().detail;
    ASSERT_EQ(kept->size(), 1);
    QFile file(kept->constFirst().filePath);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), m_png);
    EXPECT_EQ(kept->constFirst().seed, 42);
    EXPECT_EQ(files(), QStringList{u"job_1-1.png"_s});
}

TEST_F(ArtifactFilesTest, RefusesTheRestAndLeavesNothingBehind)
{
    QJsonObject wrongSum = output(m_png);
    QJsonObject entry = wrongSum["artifacts"_L1][0].toObject();
    entry[u"sha256"_s] = QString(64, u'0');
    wrongSum[u"artifacts"_s] = QJsonArray{output(m_png)["artifacts"_L1][0], entry};
    EXPECT_EQ(m_files.keep(job(), wrongSum).error().code, ErrorCode::UnexpectedReply);
    EXPECT_EQ(m_files.keep(job(), output("<html>")).error().code, ErrorCode::UnexpectedReply);
    EXPECT_EQ(m_files.keep(job(), output(m_png, u"text/html"_s)).error().code, ErrorCode::UnexpectedReply);
    EXPECT_EQ(m_files.keep(job(), {}).error().code, ErrorCode::ResultMissing);
    EXPECT_EQ(m_files.keep(job(), {{u"artifacts"_s, QJsonArray()}}).error().code, ErrorCode::ResultMissing);
    EXPECT_TRUE(files().isEmpty());
}

/// Bytes that only look right at one place would be opened by whichever decoder likes them.
TEST_F(ArtifactFilesTest, AHeaderIsCheckedAsAWhole)
{
    const auto refuses = [this](const QByteArray& bytes, const QString& type) {
        const auto kept = m_files.keep(job(), output(bytes, type));
        return !kept && kept.error().code == ErrorCode::UnexpectedReply;
    };
    const QByteArray svg
        = "<svg    WEBP='' xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>";
    EXPECT_TRUE(svg.sliced(8).startsWith("WEBP"));
    EXPECT_TRUE(refuses(svg, u"image/webp"_s));
    EXPECT_TRUE(refuses("<svgftyp='isomisom' xmlns='x'/>", u"video/mp4"_s));
    EXPECT_TRUE(refuses("\x89PNG\r\n\x1a\n<svg/> and some more to be long enough", u"image/png"_s));
    EXPECT_TRUE(refuses("\xff\xd8\xff<svg/>", u"image/jpeg"_s));
    const QByteArray webp = QByteArray("RIFF\x10\0\0\0WEBPVP8L\x04\0\0\0abcd", 24);
    EXPECT_TRUE(m_files.keep(job(), output(webp, u"image/webp"_s)));
    EXPECT_TRUE(refuses(webp + "<svg/>", u"image/webp"_s)) << "longer than it says";
    EXPECT_TRUE(m_files.keep(job(), output(QByteArray("\xff\xd8\xff\xe0\0\x10JFIF", 10), u"image/jpeg"_s)));
    const QByteArray mp4 = QByteArray("\0\0\0\x14"
                                      "ftypisom\0\0\2\0mp41",
                               20)
        + "moov";
    EXPECT_TRUE(m_files.keep(job(), output(mp4, u"video/mp4"_s)));
}

/// What the worker is tested to write.
TEST_F(ArtifactFilesTest, KeepsVideosAndPicturesOfOtherFormats)
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(test::fixture("output_files.json")));
    const auto kept = m_files.keep(job(), document.object());
    ASSERT_TRUE(kept) << kept.error().detail;
    ASSERT_EQ(kept->size(), 3);
    EXPECT_EQ(files(), (QStringList{u"job_1-1.mp4"_s, u"job_1-2.webp"_s, u"job_1-3.jpg"_s}));
    EXPECT_EQ(kept->at(0).contentType, u"video/mp4"_s);
    EXPECT_EQ(kept->at(0).width, 32);
    EXPECT_EQ(kept->at(2).seed, 9);
}

TEST(WorkerInput, SendsOnlyWhatWasChosen)
{
    JobInput input;
    input.prompt = u"a circle"_s;
    EXPECT_EQ(toWorkerInput(input).keys(), (QStringList{u"num_images"_s, u"prompt"_s}));
    input.steps = 4;
    input.seed = 9;
    EXPECT_EQ(toWorkerInput(input).value("num_inference_steps"_L1).toInt(), 4);
    EXPECT_EQ(toWorkerInput(input).value("seed"_L1).toInt(), 9);
}

TEST(LogSentences, AnEventReadsAsASentence)
{
    const LogLine event
        = readableLine(R"({"visgate":1,"seq":3,"type":"download","bytes":1500000000,"total":3000000000})");
    EXPECT_EQ(event.text, "download: 1.50 of 3.00 GB");
    const LogLine plain = readableLine(R"({"requestId":"j1","message":"hello","level":"ERROR"})");
    EXPECT_EQ(plain.text, "hello");
    EXPECT_EQ(plain.requestId, "j1");
    EXPECT_EQ(plain.level, LogLevel::Error);
    EXPECT_EQ(readableLine("plain text").text, "plain text");
}

} // namespace
} // namespace visgate
