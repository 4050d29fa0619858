// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the figures that people are shown hold: practice plays 150 days by chance, the program learns from
// the first 50 as it would from its user's own starts, and is judged on the rest. What is learnt from is only what
// comes over the wire.
#include "core/catalog/model_registry.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/money/cost.h"
#include "core/domain/money/history.h"
#include "core/engine/stage_clock.h"
#include "core/engine/worker_sights.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/providers/runpod/runpod_json.h"
#include "tests/support/practice_world.h"
#include "tests/support/seed.h"

#include <algorithm>
#include <cstdio>
#include <gmock/gmock.h>
#include <map>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using practice::Chance;
using test::PracticeWorld;

constexpr auto kLook = 1500ms;   // EnginePace::observe
constexpr auto kGivenUp = 1200s; // whoever is told "stuck" acts by then
constexpr double kQuiet = 20;    // seconds without a word before a start can be called stuck

/// Which seeds are played, and how many right ranges of a hundred such a number of days can tell from luck.
struct Days {
    int fit;
    int judged;
    double leastCoverage;
    double mostCoverage;
    double mostFalseAlarms; ///< share of the days that did not stick
};

Days days()
{
    return test::isLong() ? Days{50, 150, 75.0, 90.0, 0.05} : Days{25, 45, 60.0, 100.0, 0.1};
}

struct Learned {
    QList<StageSample> samples;
    StartBillingVotes votes;
};

struct Outcome {
    bool cameUp = false;
    bool wasStuck = false;
    bool calledStuck = false;
    double readyAfter = 0;
    std::optional<TimeRange> promised;
    double estimatedUsd = 0;
    double startUsd = 0;
    double billedUsd = 0;
    QList<StageSample> samples;
};

/// One user's day: a deployment, a picture, another one right after, a third one after a pause.
class Day {
public:
    Day(Chance::Settings chance, const ModelSpec& spec, int workersMax = 1) : m_practice(chance), m_spec(spec)
    {
        readOffers();
        m_plan = planGpus(m_offers, plannedVramGb(spec), {});
        m_limits.workersMax = workersMax;
        m_setting.target = Target::Practice;
        m_setting.modelId = spec.id;
        m_setting.runner = QString::fromLatin1(practice::simulatedWorkerImage);
        m_setting.downloadBytes = spec.downloadBytes;
        m_setting.steps = spec.defaults.steps;
        m_setting.stock = bestStock(m_plan);
    }

    PracticeWorld& practice() { return m_practice; }

    [[nodiscard]] double worstCase() const
    {
        return quotePrice(m_plan.ceilingUsdPerHour(), 60, 10, m_limits).worstCase;
    }

    void create()
    {
        EndpointSpec spec;
        spec.name = u"visgate-0123456789-judged"_s;
        spec.image = m_setting.runner;
        spec.gpuPools = m_plan.pools();
        spec.limits = m_limits;
        spec.env = {
            {u"HF_MODEL_ID"_s, m_spec.id}, {u"RUNPOD_INIT_TIMEOUT"_s, QString::number(m_limits.initTimeout.count())}};
        int status = 0;
        const QByteArray reply = m_practice.send("POST", "/rest/serverless", runpod::createBody(spec, {}), &status);
        const auto endpoint = runpod::readEndpoint(reply, {});
        if (!endpoint)
            throw std::runtime_error(reply.toStdString());
        m_endpoint = endpoint->id;
    }

    void submit()
    {
        const auto job = runpod::readSubmitted(m_practice.send("POST", "/queue/" + m_endpoint.value() + "/run",
            runpod::jobBody({{u"prompt"_s, u"a red circle"_s}}, m_limits.executionTimeout)));
        if (!job)
            throw std::runtime_error("no job");
        m_job = *job;
    }

    Outcome play(const Learned& learned)
    {
        const TimePoint begin = m_practice.now();
        Outcome outcome;
        outcome.promised = promise(learned);
        create();
        submit();
        m_clock.begin(m_practice.monotonic());
        const MonotonicPoint start = m_practice.monotonic();
        int pictures = 0;
        int asleep = 0;
        while (m_practice.monotonic() - start < 4h) {
            m_practice.pass(kLook);
            look();
            const MonotonicPoint now = m_practice.monotonic();
            if (!outcome.cameUp && m_clock.wasUp()) {
                outcome.cameUp = true;
                outcome.readyAfter = std::chrono::duration<double>(now - start).count();
            }
            if (const auto present = m_clock.present(now); present && !outcome.calledStuck)
                outcome.calledStuck = isStuck(*present, learned);
            if (const auto present = m_clock.present(now);
                present && present->elapsed > std::chrono::duration<double>(kGivenUp).count())
                break;
            if (isJobDone() && outcome.cameUp) {
                if (++pictures == 1)
                    submit();
                m_job = pictures == 1 ? m_job : ProviderJobId();
            }
            if (m_workers == 0 && outcome.cameUp && pictures == 2) {
                // Asleep. After a while somebody wants a third one.
                if (++asleep == 30) {
                    m_setting.again = true;
                    m_patience.clear();
                    m_clock.begin(now);
                    submit();
                }
                continue;
            }
            if (pictures >= 3 && m_workers == 0)
                break;
        }
        outcome.wasStuck = m_practice.anyStuck();
        close();
        for (const CostShare& share : m_shares) {
            outcome.estimatedUsd += share.usd;
            outcome.startUsd += isOfStart(share.cause) ? share.usd : 0.0;
        }
        outcome.billedUsd = billed(begin);
        outcome.samples = m_samples;
        return outcome;
    }

private:
    void readOffers()
    {
        const auto offers
            = runpod::readOffers(m_practice.get("/rest/catalog/gpus?include=AVAILABILITY&product=SERVERLESS"));
        if (!offers)
            throw std::runtime_error("no offers");
        m_offers = *offers;
    }

    std::optional<TimeRange> promise(const Learned& learned) const
    {
        QList<StageBelief> stages;
        for (const StartStage stage :
            {StartStage::Placement, StartStage::ImagePull, StartStage::ModelDownload, StartStage::ModelLoad})
            stages.append(learn(stage, m_setting, learned.samples));
        return remaining(stages);
    }

    bool isStuck(const StageClock::Present& present, const Learned& learned)
    {
        auto known = m_patience.find(present.stage);
        if (known == m_patience.end())
            known = m_patience
                        .emplace(present.stage,
                            stuckAfter(
                                present.stage, learn(present.stage, m_setting, learned.samples), m_limits.initTimeout))
                        .first;
        return present.elapsed > known->second && present.quiet > kQuiet;
    }

    void look()
    {
        const auto list = runpod::readWorkers(m_practice.get("/rest/serverless/" + m_endpoint.value() + "/workers"));
        if (!list)
            throw std::runtime_error("no workers");
        const MonotonicPoint now = m_practice.monotonic();
        if (++m_looks % 200 == 0)
            readOffers(); // prices move
        m_clock.onWorkers(*list, now);
        for (const ProviderWorker& worker : list->workers)
            readLog(worker.id, now);
        CostMeter::Rules rules;
        rules.limits = m_limits;
        m_shares += m_meter.onWorkers(sightsOf(*list, [this](const QString& gpu) { return priceOf(gpu); }), now, rules);
        m_workers = static_cast<int>(list->workers.size());
        for (const StageClock::Finished& finished : m_clock.takeFinished()) {
            StageSetting setting = m_setting;
            setting.pool = poolOf(finished.gpuTypeId);
            m_samples.append({finished.stage, setting, finished.seconds, m_practice.now()});
        }
    }

    void readLog(const WorkerId& worker, MonotonicPoint now)
    {
        const std::vector<std::string> lines = m_practice.provider().world.logs.lines(worker.value());
        const QString name = QString::fromStdString(worker.value());
        std::size_t& read = m_linesRead[worker.value()];
        for (; read < lines.size(); ++read) {
            const std::string& line = lines[read];
            const auto event = parseWorkerEvent(std::string_view(line).substr(line.find(": ") + 2));
            if (!event)
                continue;
            if (std::holds_alternative<DownloadEvent>(event->body))
                m_clock.onDownload(name, now);
            else if (std::holds_alternative<LoadEvent>(event->body))
                m_clock.onLoad(name, now);
            else if (std::holds_alternative<ReadyEvent>(event->body))
                m_clock.onReady(name, now);
        }
    }

    bool isJobDone()
    {
        if (m_job.isEmpty())
            return false;
        const auto job = runpod::readJob(m_practice.get("/queue/" + m_endpoint.value() + "/status/" + m_job.value()));
        return job && isFinished(job->status);
    }

    /// The way out: no workers any more, and looking until none is there.
    void close()
    {
        m_practice.send("PATCH", "/rest/serverless/" + m_endpoint.value(), runpod::scaleBody(0, 0, 5s));
        for (int i = 0; i < 100 && m_workers > 0; ++i) {
            m_practice.pass(kLook);
            look();
        }
        m_shares += m_meter.onStartGivenUp();
    }

    double billed(TimePoint begin)
    {
        const std::string range = "startTime=" + formatUtc(begin) + "&endTime=" + formatUtc(m_practice.now() + 1h);
        const auto records = runpod::readBilling(m_practice.get("/rest/billing/serverless?bucketSize=hour&" + range));
        if (!records)
            throw std::runtime_error("no bill");
        double usd = 0;
        for (const BillingRecord& record : *records)
            usd += record.endpoint == m_endpoint ? record.usd : 0.0;
        return usd;
    }

    double priceOf(const QString& gpu) const
    {
        for (const GpuOffer& offer : m_offers) {
            if (offer.typeId == gpu)
                return offer.usdPerHour;
        }
        return m_plan.ceilingUsdPerHour();
    }

    QString poolOf(const QString& gpu) const
    {
        for (const GpuOffer& offer : m_offers) {
            if (offer.typeId == gpu)
                return offer.pool;
        }
        return {};
    }

    PracticeWorld m_practice;
    ModelSpec m_spec;
    QList<GpuOffer> m_offers;
    GpuPlan m_plan;
    EndpointLimits m_limits;
    StageSetting m_setting;
    EndpointId m_endpoint;
    ProviderJobId m_job;
    StageClock m_clock;
    CostMeter m_meter;
    QList<CostShare> m_shares;
    QList<StageSample> m_samples;
    std::map<std::string, std::size_t> m_linesRead;
    std::map<StartStage, double> m_patience;
    int m_workers = 0;
    int m_looks = 0;
};

ModelSpec modelOfDay(int seed)
{
    static const ModelRegistry registry = ModelRegistry::builtIn();
    const auto model
        = registry.find(seed % 3 == 0 ? u"black-forest-labs/FLUX.1-schnell"_s : u"stabilityai/sdxl-turbo"_s);
    if (!model)
        throw std::runtime_error("no such preset");
    return *model;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

struct Score {
    int days = 0;
    int up = 0;
    int stuck = 0;
    int stuckFound = 0;
    int falseAlarms = 0;
    int within = 0;
    std::vector<double> errors;

    void add(const Outcome& day, StartBilling reading)
    {
        ++days;
        up += day.cameUp ? 1 : 0;
        stuck += day.wasStuck ? 1 : 0;
        stuckFound += day.wasStuck && day.calledStuck ? 1 : 0;
        falseAlarms += !day.wasStuck && day.calledStuck ? 1 : 0;
        const double estimate = day.estimatedUsd - (reading == StartBilling::Free ? day.startUsd : 0.0);
        if (day.billedUsd > 0)
            errors.push_back(std::abs(estimate - day.billedUsd) / day.billedUsd);
        if (!day.wasStuck && day.promised && day.readyAfter >= static_cast<double>(day.promised->low.count())
            && day.readyAfter <= static_cast<double>(day.promised->high.count()))
            ++within;
    }
    [[nodiscard]] double coverage() const { return 100.0 * within / std::max(1, days - stuck); }
    void print(const char* name) const
    {
        std::printf(
            "%-28s days %3d, came up %3d | estimate v. billed: median error %4.1f %% of %zu | range covers %4.1f %% "
            "of %d | stuck %d, found %d, false alarms %d of %d\n",
            name, days, up, 100 * median(errors), errors.size(), coverage(), days - stuck, stuck, stuckFound,
            falseAlarms, days - stuck);
    }
};

class MoneyJudge : public testing::TestWithParam<bool> { };

TEST_P(MoneyJudge, LearnsFromSomeDaysAndIsRightAboutTheNext)
{
    const Days played = days();
    Learned learned;
    Score fit;
    std::vector<Outcome> fitted;
    for (int seed = 1; seed <= played.fit; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam()}, modelOfDay(seed));
        Outcome outcome = day.play(learned);
        learned.samples += outcome.samples;
        learned.votes.count(outcome.estimatedUsd, outcome.startUsd, outcome.billedUsd);
        fit.add(outcome, learned.votes.verdict());
    }
    EXPECT_EQ(learned.votes.verdict(), GetParam() ? StartBilling::Billed : StartBilling::Free)
        << "the bills tell how starts are billed";
    Score judged;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam()}, modelOfDay(seed));
        judged.add(day.play(learned), learned.votes.verdict());
    }
    // Five in a hundred are too few to tell nine found of ten: as many days again on which every start sticks.
    Score sticking;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam(), .stuckShare = 1.0},
            modelOfDay(seed));
        sticking.add(day.play(learned), learned.votes.verdict());
    }
    std::printf("starts are billed: %s; learnt from seeds 1-%d, judged on %d-%d\n", GetParam() ? "yes" : "no",
        played.fit, played.fit + 1, played.judged);
    fit.print("learning");
    judged.print("judged");
    sticking.print("judged, all stuck");

    EXPECT_LE(median(judged.errors), 0.15);
    EXPECT_GE(judged.coverage(), played.leastCoverage);
    EXPECT_LE(judged.coverage(), played.mostCoverage);
    EXPECT_GE(judged.stuckFound + sticking.stuckFound, 0.9 * (judged.stuck + sticking.stuck));
    EXPECT_GE(judged.stuckFound, 0.9 * judged.stuck);
    EXPECT_LE(judged.falseAlarms, played.mostFalseAlarms * (judged.days - judged.stuck));
}

TEST_P(MoneyJudge, TheWorstCaseHoldsWhenNobodyWatches)
{
    const Days played = days();
    double worstShare = 0;
    double sumShare = 0;
    int count = 0;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        // Every third day nothing ever comes up; every fourth, three workers may start at once.
        Day day({.seed = static_cast<std::uint64_t>(seed),
                    .billsInitializing = GetParam(),
                    .stuckShare = seed % 3 == 0 ? 1.0 : 0.05},
            modelOfDay(seed), seed % 4 == 0 ? 3 : 1);
        if (seed % 10 == 0)
            day.practice().provider().world.conditions.push_back({practice::Condition::Kind::CrashLoop, {}});
        const double shown = day.worstCase();
        day.create();
        day.submit(); // and the program is gone
        for (int hours = 0; hours < 8 * 24 && (hours < 3 || !day.practice().isQuiet()); ++hours)
            day.practice().pass(1h, 2s);
        EXPECT_TRUE(day.practice().isQuiet()) << "seed " << seed;
        EXPECT_LE(day.practice().spentUsd(), shown) << "seed " << seed;
        worstShare = std::max(worstShare, day.practice().spentUsd() / shown);
        sumShare += day.practice().spentUsd() / shown;
        ++count;
    }
    std::printf(
        "starts are billed: %s; spent after the program's end: at most %.0f %% of the worst case shown, on average "
        "%.1f %%, in %d days\n",
        GetParam() ? "yes" : "no", 100 * worstShare, 100 * sumShare / count, count);
}

INSTANTIATE_TEST_SUITE_P(BothReadings, MoneyJudge, testing::Bool(),
    [](const auto& reading) { return reading.param ? "StartsAreBilled" : "StartsAreFree"; });

} // namespace
} // namespace visgate
