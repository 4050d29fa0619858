// SPDX-License-Identifier: GPL-3.0-or-later
// Each row of the product's error table that can be known before, brought about in practice: the preflight shows it,
// with its remedy, and no create call has reached the provider.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/catalogue.h"
#include "core/operations/keys.h"
#include "core/secrets/secret_store.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <chrono>
#include <cstdio>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

/// A desktop without a keychain.
class NoKeychain final : public SecretStore {
public:
    QCoro::Task<Result<std::optional<Secret>>> read(QString) override
    {
        co_return fail(ErrorCode::KeychainUnavailable);
    }
    QCoro::Task<Result<void>> write(QString, Secret) override { co_return fail(ErrorCode::KeychainUnavailable); }
    QCoro::Task<Result<void>> remove(QString) override { co_return fail(ErrorCode::KeychainUnavailable); }
    QCoro::Task<Result<void>> probe() override { co_return fail(ErrorCode::KeychainUnavailable); }
    [[nodiscard]] QString backendName() const override { return u"none"_s; }
    [[nodiscard]] bool isSessionOnly() const override { return false; }
};

void actAsRunpod(const PracticeProcess& practice, const QString& folder)
{
    test::actAsRunpod(folder, practice.address().address);
    ASSERT_TRUE(Settings(Paths{folder, {}, {}}.settings()).set(Settings::table().workerImage, test::imageOfNobody()));
}

struct Row {
    int number; ///< in the product's table
    const char* name;
    ErrorCode expected;
    std::function<void(PracticeProcess&)> arrange;
    std::function<void(CreateRequest&)> change = {};
    std::function<void(EngineConfig&, const PracticeProcess&)> configure = {};
    bool asRunpod = false;
};

std::vector<Row> rows()
{
    const auto control = [](const QString& path, const QJsonObject& body) {
        return [path, body](PracticeProcess& practice) { practice.control("POST", path, body); };
    };
    const auto model = [](const QString& id) { return [id](CreateRequest& request) { request.modelId = id; }; };
    return {
        {1, "key rejected", ErrorCode::KeyRejected, {}, {},
            [](EngineConfig& config, const PracticeProcess& practice) {
                const PracticeAddress wrong = practice.address("not-a-key-of-practice");
                config.startPractice
                    = [wrong](double, const http::CancelToken&) -> Result<PracticeAddress> { return wrong; };
            }},
        {2, "key may not create", ErrorCode::KeyLacksPermission, control(u"/account"_s, {{u"readOnly"_s, true}})},
        {3, "key may not read bills", ErrorCode::BillingUnreadable, control(u"/account"_s, {{u"noBilling"_s, true}})},
        {4, "no credit", ErrorCode::NoCredit, control(u"/account"_s, {{u"credit"_s, 0.0}})},
        {5, "worker slots taken", ErrorCode::WorkerQuotaExceeded,
            [](PracticeProcess& practice) { practice.makeElsewhere(u"somebody-elses"_s, 5); }},
        {6, "licence not accepted", ErrorCode::LicenceNotAccepted, {}, model(u"black-forest-labs/FLUX.1-dev"_s), {},
            true},
        {7, "no such model", ErrorCode::ModelNotFound, {}, model(u"nobody/has-this-model"_s)},
        {8, "not in diffusers form", ErrorCode::ModelNotDiffusers, {},
            model(u"Comfy-Org/stable-diffusion-v1-5-archive"_s)},
        {9, "a language model", ErrorCode::LanguageModel, {}, model(u"openai-community/gpt2"_s)},
        {10, "GPU too small", ErrorCode::OutOfGpuMemory, {},
            [](CreateRequest& request) {
                request.modelId = u"Qwen/Qwen-Image"_s;
                request.gpuTier = u"L4"_s;
            }},
        {11, "size too large", ErrorCode::GenerationTooLarge, {},
            [](CreateRequest& request) {
                request.firstInput->width = request.firstInput->height = 4096;
                request.firstInput->count = 16;
            }},
        {12, "disk too small", ErrorCode::WorkerDiskFull, {}, [](CreateRequest& request) { request.diskGb = 5; }},
        {13, "no machine free", ErrorCode::NoCapacity,
            [](PracticeProcess& practice) {
                for (const char* pool : {"AMPERE_16", "AMPERE_24", "ADA_24", "ADA_32_PRO", "AMPERE_48", "ADA_48_PRO",
                         "AMPERE_80", "ADA_80_PRO", "BLACKWELL_96", "HOPPER_141", "BLACKWELL_180"})
                    practice.control(
                        "POST", u"/stock"_s, {{u"pool"_s, QString::fromLatin1(pool)}, {u"stock"_s, u"NONE"_s}});
            }},
        {15, "start limit too short", ErrorCode::StartLimitTooShort, {},
            [](CreateRequest& request) { request.limits.initTimeout = 10s; }},
        {18, "host driver too old", ErrorCode::HostDriverTooOld,
            control(u"/cuda"_s, {{u"versions"_s, QJsonArray{u"11.8"_s}}})},
        {19, "worker image gone", ErrorCode::WorkerImageUnknown,
            control(u"/image"_s, {{u"image"_s, u"visgate/practice-worker:1"_s}, {u"exists"_s, false}})},
        {21, "time limit too short", ErrorCode::TimeLimitTooShort, {},
            [](CreateRequest& request) {
                request.limits.executionTimeout = 5s;
                request.firstInput->count = 16;
            }},
        {23, "result too big", ErrorCode::OutputTooLarge, {},
            [](CreateRequest& request) {
                request.firstInput->count = 16;
                request.firstInput->width = 1024;
                request.firstInput->height = 1024;
            }},
        {26, "no keychain", ErrorCode::KeychainUnavailable, {}, {},
            [](EngineConfig& config, const PracticeProcess&) {
                config.makeSecrets = [] { return std::make_unique<NoKeychain>(); };
            },
            true},
        {27, "clock wrong", ErrorCode::ClockWrong, control(u"/clock"_s, {{u"skew_seconds"_s, 900}})},
        {28, "somebody reads along", ErrorCode::TlsFailed, {}, {},
            [](EngineConfig& config, const PracticeProcess& practice) {
                PracticeAddress address = practice.address();
                const QJsonObject reply = practice.control("POST", u"/interception"_s, {{u"on"_s, true}});
                address.address.rest = QUrl(reply["origin"_L1].toString() + "/rest/v2"_L1);
                config.startPractice
                    = [address](double, const http::CancelToken&) -> Result<PracticeAddress> { return address; };
            }},
    };
}

CreateRequest usual()
{
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.firstInput = JobInput();
    request.firstInput->prompt = u"a red circle"_s;
    return request;
}

int createdEndpoints(const PracticeProcess& practice)
{
    int count = 0;
    const QJsonArray endpoints = practice.state()["endpoints"_L1].toArray();
    for (const QJsonValue& endpoint : endpoints)
        count += endpoint["name"_L1].toString() == "somebody-elses"_L1 ? 0 : 1;
    return count;
}

TEST(Preflight, CatchesTheRowsOfTheErrorTableBeforeAnythingIsCreated)
{
    int caught = 0;
    int asked = 0;
    std::printf("%3s  %-24s %-24s %-8s %-26s %s\n", "row", "situation", "caught as", "level", "by", "ms");
    for (const Row& row : rows()) {
        SCOPED_TRACE(row.name);
        ++asked;
        PracticeProcess practice;
        EngineHarness harness(practice);
        if (row.asRunpod)
            actAsRunpod(practice, harness.folder());
        if (row.arrange)
            row.arrange(practice);
        harness.start([&](EngineConfig& config) {
            if (row.configure)
                row.configure(config, practice);
        });
        CreateRequest request = usual();
        if (row.change)
            row.change(request);
        if (row.asRunpod) {
            request.target = AccountId::runpod();
            ASSERT_TRUE(test::await(harness.engine().call(
                SetKey{KeyKind::Runpod, std::make_shared<const Secret>(std::string("rpa_practice_test_0001")), true})));
        }
        const auto began = std::chrono::steady_clock::now();
        const auto quote = test::await(harness.engine().call(GetQuote{request}));
        const auto took
            = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
        ASSERT_TRUE(quote) << quote.error().detail;
        EXPECT_LE(took, 3s);
        const PreflightLine* found = nullptr;
        for (const PreflightLine& line : quote->preflight.lines) {
            if (line.level != PreflightLevel::Ok && line.error && line.error->code == row.expected)
                found = &line;
        }
        EXPECT_EQ(createdEndpoints(practice), 0) << "the list comes before any endpoint";
        if (found) {
            ++caught;
            const ErrorText text = describe(*found->error);
            EXPECT_NE(text.action, RemedyAction::None);
            EXPECT_FALSE(text.button.isEmpty());
            EXPECT_FALSE(found->asked.isEmpty());
        }
        std::printf("%3d  %-24s %-24s %-8s %-26s %lld\n", row.number, row.name,
            std::string(toString(row.expected)).c_str(),
            !found                                        ? "MISSED"
                : found->level == PreflightLevel::Blocked ? "red"
                                                          : "amber",
            found ? found->asked.toUtf8().constData() : "-", static_cast<long long>(took.count()));
    }
    std::printf("caught %d of %d\n", caught, asked);
    EXPECT_EQ(asked, 21);
    EXPECT_GE(caught, 18);
}

TEST(Preflight, IsGreenWhenNothingIsWrong)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    const auto quote = test::await(harness.engine().call(GetQuote{usual()}));
    ASSERT_TRUE(quote);
    for (const PreflightLine& line : quote->preflight.lines) {
        const bool isOfTheLicence = line.id == "licence"_L1; // sdxl-turbo is not for commercial use
        EXPECT_TRUE(line.level == PreflightLevel::Ok || isOfTheLicence) << line.id.toStdString();
        EXPECT_FALSE(line.title.isEmpty()) << line.id.toStdString();
    }
    ASSERT_NE(quote->preflight.line(u"licence"_s), nullptr);
    EXPECT_EQ(quote->preflight.line(u"licence"_s)->level, PreflightLevel::Warning);
}

TEST(Preflight, SaysWhatDidNotAnswerInTime)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    practice.fault(u"GET"_s, u"*/api/models/*"_s, {{u"effect"_s, u"hang"_s}, {u"count"_s, 0}});
    const auto began = std::chrono::steady_clock::now();
    const auto quote = test::await(harness.engine().call(GetQuote{usual()}));
    EXPECT_LE(std::chrono::steady_clock::now() - began, 3s);
    ASSERT_TRUE(quote);
    ASSERT_NE(quote->preflight.line(u"model"_s), nullptr);
    EXPECT_EQ(quote->preflight.line(u"model"_s)->level, PreflightLevel::Warning);
    ASSERT_NE(quote->preflight.line(u"memory"_s), nullptr) << "known from disk all the same";
    EXPECT_EQ(quote->preflight.line(u"memory"_s)->level, PreflightLevel::Ok);
    EXPECT_GT(quote->price.firstPicture, 0.0);
}

TEST(Preflight, NamesWhoHoldsTheWorkerSlots)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    practice.makeElsewhere(u"somebody-elses"_s, 5);
    const auto quote = test::await(harness.engine().call(GetQuote{usual()}));
    ASSERT_TRUE(quote);
    const PreflightLine* const line = quote->preflight.line(u"quota"_s);
    ASSERT_NE(line, nullptr);
    EXPECT_TRUE(line->detail.contains(u"5 "_s)) << line->detail.toStdString();
    EXPECT_TRUE(line->detail.contains(u"somebody-elses (5)"_s)) << line->detail.toStdString();
}

TEST(Preflight, TurnsGreenByItselfOnceTheLicenceIsAccepted)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    actAsRunpod(practice, harness.folder());
    harness.start();
    ASSERT_TRUE(test::await(harness.engine().call(
        SetKey{KeyKind::HuggingFace, std::make_shared<const Secret>(std::string("hf_practice_reader")), true})));
    const QString model = u"black-forest-labs/FLUX.1-dev"_s;
    const auto accepted = harness.engine().call(WatchLicence{AccountId::practice(), model});
    ASSERT_TRUE(test::waitUntil([&] { return practice.calls(u"GET"_s, u"auth-check"_s).size() >= 2; }))
        << "it is asked again and again";
    EXPECT_FALSE(accepted.isFinished());
    practice.control("POST", u"/licence"_s, {{u"model"_s, model}, {u"accepted"_s, true}});
    EXPECT_TRUE(test::await(accepted));
    CreateRequest request = usual();
    request.modelId = model;
    const auto quote = test::await(harness.engine().call(GetQuote{request}));
    ASSERT_TRUE(quote);
    EXPECT_NE(quote->preflight.line(u"licence"_s)->level, PreflightLevel::Blocked);
}

TEST(Preflight, StopsADeploymentWhoseImageIsGoneBeforeItIsCreated)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    practice.control("POST", u"/image"_s, {{u"image"_s, u"visgate/practice-worker:1"_s}, {u"exists"_s, false}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::WorkerImageUnknown);
    EXPECT_TRUE(practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).isEmpty());
}

} // namespace
} // namespace visgate
