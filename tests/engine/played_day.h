// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"
#include "core/domain/model/model.h"
#include "core/domain/money/cost.h"
#include "core/domain/money/history.h"
#include "core/engine/starts/stage_clock.h"
#include "tests/support/practice_world.h"

#include <map>
#include <optional>
#include <string>

namespace visgate::test {

/// What the program knows from its user's earlier days.
struct Learned {
    QList<StageSample> samples;
    StartBillingVotes votes;
};

/// How a day went, as the program saw it and as it was.
struct DayOutcome {
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
    Day(practice::Chance::Settings chance, const ModelSpec& spec, int workersMax = 1);

    PracticeWorld& practice() { return m_practice; }

    [[nodiscard]] double worstCase() const;
    void create();
    void submit();
    DayOutcome play(const Learned& learned);

private:
    void readOffers();
    std::optional<TimeRange> promise(const Learned& learned) const;
    bool isStuck(const StageClock::Present& present, const Learned& learned);
    void look();
    void readLog(const WorkerId& worker, MonotonicPoint now);
    bool isJobDone();

    /// The way out: no workers any more, and looking until none is there.
    void close();
    double billed(TimePoint begin);
    double priceOf(const QString& gpu) const;
    QString poolOf(const QString& gpu) const;

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

} // namespace visgate::test
