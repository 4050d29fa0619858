// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/played_day.h"

#include "core/engine/starts/worker_sights.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/practice/world/world.h"
#include "core/providers/queue/queue_json.h"
#include "core/providers/runpod/runpod_json.h"

#include <stdexcept>
#include <utility>
#include <variant>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 1500ms;   // EnginePace::observe
constexpr auto kGivenUp = 1200s; // whoever is told "stuck" acts by then
constexpr double kQuiet = 20;    // seconds without a word before a start can be called stuck

} // namespace

Day::Day(practice::Chance::Settings chance, const ModelSpec& spec, int workersMax) : m_practice(chance), m_spec(spec)
{
    readOffers();
    m_plan = planGpus(m_offers, plannedVramGb(spec), {});
    m_limits.workersMax = workersMax;
    m_setting.target = AccountId::practice();
    m_setting.modelId = spec.id;
    m_setting.runner = QString::fromLatin1(practice::simulatedWorkerImage);
    m_setting.downloadBytes = spec.downloadBytes;
    m_setting.steps = spec.defaults.steps;
    m_setting.stock = bestStock(m_plan);
}

double Day::worstCase() const
{
    return quotePrice(m_plan.ceilingUsdPerHour(), 60, 10, m_limits).worstCase;
}

void Day::create()
{
    EndpointSpec spec;
    spec.name = u"visgate-0123456789-judged"_s;
    spec.image = m_setting.runner;
    spec.gpuPools = m_plan.pools();
    spec.limits = m_limits;
    spec.env
        = {{u"HF_MODEL_ID"_s, m_spec.id}, {u"RUNPOD_INIT_TIMEOUT"_s, QString::number(m_limits.initTimeout.count())}};
    int status = 0;
    const QByteArray reply = m_practice.send("POST", "/rest/serverless", runpod::createBody(spec, {}), &status);
    const auto endpoint = runpod::readEndpoint(reply, {});
    if (!endpoint)
        throw std::runtime_error(reply.toStdString());
    m_endpoint = endpoint->id;
}

void Day::submit()
{
    const auto job = queue::readSubmitted(m_practice.send("POST", "/queue/" + m_endpoint.value() + "/run",
        queue::jobBody({{u"prompt"_s, u"a red circle"_s}}, m_limits.executionTimeout)));
    if (!job)
        throw std::runtime_error("no job");
    m_job = *job;
}

DayOutcome Day::play(const Learned& learned)
{
    const TimePoint begin = m_practice.now();
    DayOutcome outcome;
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

void Day::readOffers()
{
    const auto offers
        = runpod::readOffers(m_practice.get("/rest/catalog/gpus?include=AVAILABILITY&product=SERVERLESS"));
    if (!offers)
        throw std::runtime_error("no offers");
    m_offers = *offers;
}

std::optional<TimeRange> Day::promise(const Learned& learned) const
{
    QList<StageBelief> stages;
    for (const StartStage stage :
        {StartStage::Placement, StartStage::ImagePull, StartStage::ModelDownload, StartStage::ModelLoad})
        stages.append(learn(stage, m_setting, learned.samples));
    return remaining(stages);
}

bool Day::isStuck(const StageClock::Present& present, const Learned& learned)
{
    auto known = m_patience.find(present.stage);
    if (known == m_patience.end())
        known
            = m_patience
                  .emplace(present.stage,
                      stuckAfter(present.stage, learn(present.stage, m_setting, learned.samples), m_limits.initTimeout))
                  .first;
    return present.elapsed > known->second && present.quiet > kQuiet;
}

void Day::look()
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

void Day::readLog(const WorkerId& worker, MonotonicPoint now)
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

bool Day::isJobDone()
{
    if (m_job.isEmpty())
        return false;
    const auto job = queue::readJob(m_practice.get("/queue/" + m_endpoint.value() + "/status/" + m_job.value()));
    return job && isFinished(job->status);
}

void Day::close()
{
    m_practice.send("PATCH", "/rest/serverless/" + m_endpoint.value(), runpod::scaleBody(0, 0, 5s));
    for (int i = 0; i < 100 && m_workers > 0; ++i) {
        m_practice.pass(kLook);
        look();
    }
    m_shares += m_meter.onStartGivenUp();
}

double Day::billed(TimePoint begin)
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

double Day::priceOf(const QString& gpu) const
{
    for (const GpuOffer& offer : m_offers) {
        if (offer.typeId == gpu)
            return offer.usdPerHour;
    }
    return m_plan.ceilingUsdPerHour();
}

QString Day::poolOf(const QString& gpu) const
{
    for (const GpuOffer& offer : m_offers) {
        if (offer.typeId == gpu)
            return offer.pool;
    }
    return {};
}

} // namespace visgate::test
