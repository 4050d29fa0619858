// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/image_reference.h"
#include "core/domain/gpu/memory_need.h"
#include "core/domain/preflight/preflight_rules.h"
#include "core/domain/storage/volume.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

template <typename T> Asked<T> told(T value)
{
    return {true, Result<T>(std::move(value))};
}

TEST(PreflightRules, NothingAskedNothingSaid)
{
    PreflightFacts facts;
    facts.keepsKeys = false;
    facts.image = u"me/worker:1"_s;
    for (const PreflightLine& line : preflight::judge(facts).lines)
        EXPECT_NE(line.level, PreflightLevel::Blocked) << line.id.toStdString();
}

TEST(PreflightRules, OnThisComputerOnlyWhatRunsTheModelIsAsked)
{
    PreflightFacts facts;
    facts.isHere = true;
    facts.keepsKeys = false;
    facts.endpoints = told(QList<SlotUse>{{u"a"_s, 9}});
    facts.runs = {true, Result<void>()};
    const PreflightReport good = preflight::judge(facts);
    EXPECT_FALSE(good.isBlocked());
    for (const auto& id : {u"key"_s, u"quota"_s, u"worker_image"_s, u"connection"_s, u"disk"_s})
        EXPECT_EQ(good.line(id), nullptr) << id.toStdString();
    ASSERT_NE(good.line(u"here"_s), nullptr);
    EXPECT_EQ(good.line(u"here"_s)->level, PreflightLevel::Ok);
    facts.runs = {true, Result<void>(fail(ErrorCode::PictureEngineMissing))};
    EXPECT_EQ(preflight::judge(facts).firstError()->code, ErrorCode::PictureEngineMissing);
    facts.endpoints = {true, Result<QList<SlotUse>>(fail(ErrorCode::StoreCorrupt))};
    EXPECT_EQ(preflight::judge(facts).firstError()->code, ErrorCode::StoreCorrupt);
    facts.endpoints = {};
    facts.runs = {true, std::nullopt};
    EXPECT_EQ(preflight::here(facts).constFirst().level, PreflightLevel::Warning);
}

TEST(PreflightRules, TheQuotaFollowsTheBalanceAndARefusalKnowsBetter)
{
    PreflightFacts facts;
    facts.endpoints = told(QList<SlotUse>{{u"a"_s, 3}, {u"b"_s, 2}});
    const auto level = [&] { return preflight::workerSlots(facts).constFirst().level; };
    EXPECT_EQ(level(), PreflightLevel::Warning) << "the real quota is not known";
    facts.balance = told(KnownBalance{20.0, 0.0});
    EXPECT_EQ(level(), PreflightLevel::Blocked);
    facts.balance = told(KnownBalance{150.0, 0.0});
    EXPECT_EQ(level(), PreflightLevel::Ok);
    facts.knownQuota = 5;
    EXPECT_EQ(level(), PreflightLevel::Blocked);
}

TEST(PreflightRules, LittleCreditIsAWarningNoneIsRed)
{
    PreflightFacts facts;
    facts.plan.entries = {{u"P"_s, {u"A40"_s}, 48, 2.0, Stock::High, {}}};
    const auto level = [&](double usd) {
        facts.balance = told(KnownBalance{usd, 0.0});
        return preflight::money(facts).constFirst().level;
    };
    EXPECT_EQ(level(10.0), PreflightLevel::Ok);
    EXPECT_EQ(level(1.9), PreflightLevel::Warning) << "under an hour";
    EXPECT_EQ(level(0.0), PreflightLevel::Blocked);
}

TEST(PreflightRules, AnEstimateIsAdviceAndDoesNotRefuse)
{
    PreflightFacts facts;
    facts.coldStart = 300s;
    facts.request.limits.initTimeout = 30s;
    PreflightReport report{preflight::limits(facts)};
    EXPECT_TRUE(report.isBlocked());
    EXPECT_FALSE(report.refusal());
    facts.request.limits.initTimeout = 200s;
    EXPECT_EQ(preflight::limits(facts).constFirst().level, PreflightLevel::Warning) << "tight, not impossible";
    facts.modelIsCached = true;
    EXPECT_TRUE(preflight::limits(facts).isEmpty());
}

TEST(PreflightRules, AClockMayBeOffByAMinute)
{
    PreflightFacts facts;
    for (const auto skew : {-119s, 0s, 119s}) {
        facts.clockAhead = skew;
        EXPECT_EQ(preflight::connection(facts).constFirst().level, PreflightLevel::Ok);
    }
    for (const auto skew : {-900s, 900s}) {
        facts.clockAhead = skew;
        EXPECT_EQ(preflight::connection(facts).constFirst().error->code, ErrorCode::ClockWrong);
    }
}

TEST(PreflightRules, FilmWithoutStorageWarns)
{
    ModelSpec film;
    film.tasks = {GenerationTask::TextToVideo};
    film.defaults.width = 480;
    film.defaults.height = 320;
    film.defaults.frames = 16;
    PreflightFacts facts;
    facts.setKnownModel(film);
    EXPECT_EQ(preflight::output(facts).constFirst().level, PreflightLevel::Warning);
    facts.hasStorage = true;
    EXPECT_EQ(preflight::output(facts).constFirst().level, PreflightLevel::Ok);
}

TEST(MemoryNeed, NamesWhatWouldFitAndTheNextGpu)
{
    ModelSpec model;
    model.memory = {{u"bf16"_s, u"none"_s, u"1024x1024"_s, 36.0, Evidence::Measured, {}},
        {u"bf16"_s, u"model"_s, u"1024x1024"_s, 22.0, Evidence::Measured, {}},
        {u"nf4"_s, u"none"_s, u"1024x1024"_s, 12.0, Evidence::Measured, {}}};
    const auto modes = memoryModesFor(model, 24.0);
    ASSERT_EQ(modes.size(), 2);
    EXPECT_EQ(modes.constFirst().offload, u"model"_s) << "the roomiest first";
    const QList<GpuOffer> offers{{u"t1"_s, u"L4"_s, u"P24"_s, 24, 0.7, Stock::High, {}},
        {u"t2"_s, u"A40"_s, u"P48"_s, 48, 1.2, Stock::High, {}},
        {u"t3"_s, u"A100"_s, u"P80"_s, 80, 2.7, Stock::High, {}}};
    const TierMemory tier = tierMemory(offers, u"L4"_s, 36.0);
    EXPECT_DOUBLE_EQ(tier.memoryGb, 24.0);
    ASSERT_TRUE(tier.next);
    EXPECT_EQ(tier.next->name, u"A40"_s);
    JobInput large;
    large.prompt = u"x"_s;
    EXPECT_DOUBLE_EQ(generationVramGb(model, large), 36.0);
    large.width = 2048;
    large.height = 2048;
    EXPECT_GT(generationVramGb(model, large), 40.0);
}

TEST(ImageReference, TakesNamesApart)
{
    const auto digest = u"ghcr.io/me/worker@sha256:"_s + QString(64, u'a');
    EXPECT_EQ(parseImageReference(digest)->host, u"ghcr.io"_s);
    EXPECT_EQ(parseImageReference(digest)->version, u"sha256:"_s + QString(64, u'a'));
    EXPECT_EQ(parseImageReference(u"docker.io/me/worker:1.2"_s), (ImageReference{{}, u"me/worker"_s, u"1.2"_s}));
    EXPECT_EQ(parseImageReference(u"debian"_s), (ImageReference{{}, u"library/debian"_s, u"latest"_s}));
    EXPECT_EQ(
        parseImageReference(u"localhost:5000/a/b/c"_s), (ImageReference{u"localhost:5000"_s, u"a/b/c"_s, u"latest"_s}));
    for (const QString& bad : {u""_s, u"UPPER/case"_s, u"a b"_s, u"https://x/y"_s, u"me/worker:"_s})
        EXPECT_FALSE(parseImageReference(bad)) << bad.toStdString();
}

TEST(Volume, PricesAndSizes)
{
    const VolumeTerms terms{10, 4096, 0.07, 1000, 0.05, {}};
    EXPECT_DOUBLE_EQ(volumeMonthlyUsd(terms, 100), 7.0);
    EXPECT_DOUBLE_EQ(volumeMonthlyUsd(terms, 2000), 120.0);
    EXPECT_EQ(volumeSizeGb(terms, 1'000'000), 10) << "the smallest that is sold";
    EXPECT_EQ(volumeSizeGb(terms, 100'000'000'000), 111);
    EXPECT_TRUE(isOurVolumeName(volumeName(u"org/model"_s)));
    EXPECT_FALSE(isOurVolumeName(u"my-dataset"_s));
    EXPECT_EQ(volumeFolder(u"org/model"_s, u"abc"_s), u"huggingface-cache/hub/models--org--model/snapshots/abc/"_s);
}

} // namespace
} // namespace visgate
