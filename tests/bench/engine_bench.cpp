// SPDX-License-Identifier: GPL-3.0-or-later
// The engine with a large account: 1,000 deployments, 100 of them with a worker, under the provider's documented
// quota, over sockets to practice in a process of its own. Prints one JSON object; tests/bench/engine_bench.py judges.
#include "core/engine/context/naming.h"
#include "core/engine/engine.h"
#include "core/engine/run/endpoint_facts.h"
#include "core/foundation/ids.h"
#include "core/operations/deployments.h"
#include "core/store/database.h"
#include "core/store/repositories.h"
#include "tests/support/engine_harness.h"
#include "tests/support/tcp_relay.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration;
using std::chrono::seconds;
using Instant = std::chrono::steady_clock::time_point;

constexpr int kQuotaMinute = 60; ///< as documented
constexpr int kQuotaHour = 3000;
constexpr int kQuotaDay = 50'000;

struct Plan {
    int deployments = 1000;
    int withWorkers = 100;
    seconds settle{60};
    seconds measure{600}; ///< within which each worker's details are read again
};

Instant now()
{
    return std::chrono::steady_clock::now();
}

void wait(std::chrono::milliseconds time)
{
    const Instant end = now() + time;
    QTimer tick;
    tick.start(20ms);
    static_cast<void>(test::waitUntil([&] { return now() >= end; }, time + 1s));
}

/// Resident memory of this process, in KiB.
double residentKib()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("no /proc/self/statm");
    return file.readAll().split(' ').at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024.0;
}

/// Processor time that the engine's thread has taken.
double engineSeconds()
{
    for (const QString& task : QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(u"/proc/self/task/%1/comm"_s.arg(task));
        QFile stat(u"/proc/self/task/%1/stat"_s.arg(task));
        if (!name.open(QIODevice::ReadOnly) || name.readAll().trimmed() != "engine" || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        return (fields.at(11).toDouble() + fields.at(12).toDouble()) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    throw std::runtime_error("the engine has no thread");
}

/// The account as 1,000 deployments have left it, and the store as the program would have written it.
class Account {
public:
    Account(const test::PracticeProcess& practice, const Plan& plan)
        : m_practice(practice), m_plan(plan), m_key(practice.address().key)
    {
    }

    void open(int minute, int hour, int day) const
    {
        m_practice.control("POST", u"/limits"_s, {{u"minute"_s, minute}, {u"hour"_s, hour}, {u"day"_s, day}});
    }

    void fill(const QString& dataFolder)
    {
        constexpr int plenty = 1'000'000;
        open(plenty, plenty, plenty);
        m_practice.control("POST", u"/account"_s, {{u"quota"_s, plenty}, {u"credit"_s, plenty}});
        m_practice.control("POST", u"/chance"_s, {{u"stochastic"_s, true}, {u"stuck_share"_s, 0.0}});
        const auto provider = test::practiceConfig(dataFolder, m_practice.address())
                                  .makeProvider(AccountId::practice(), m_practice.address().address, m_key);
        auto database = Database::open(dataFolder + u"/visgate.db"_s);
        if (!database)
            throw std::runtime_error("no store");
        DeploymentRepository records(**database);
        for (int i = 0; i < m_plan.deployments; ++i)
            add(*provider, records, i);
    }

private:
    void add(Provider& provider, DeploymentRepository& records, int number)
    {
        DeploymentRecord record;
        record.statusSince = std::chrono::system_clock::now();
        Deployment& d = record.deployment;
        d.id = newDeploymentId(record.statusSince);
        d.target = AccountId::practice();
        d.status = DeploymentStatus::Ready;
        d.path = u"accepted_cold"_s;
        d.modelId = u"stabilityai/sdxl-turbo"_s;
        d.userHash = QString::fromStdString(m_key->sha256Hex());
        d.createdAt = record.statusSince;
        d.readyAt = record.statusSince;
        d.limits.workersMin = number < m_plan.withWorkers ? 1 : 0;
        EndpointSetup setup{d.userHash, d.modelId, {}, d.task, u"visgate/simulated-worker:1"_s, d.limits, {}};
        setup.distinct = QString::fromStdString(d.id.value());
        EndpointSpec spec;
        spec.name = endpointName(setup);
        spec.image = setup.image;
        spec.gpuPools = {u"ADA_24"_s};
        spec.limits = d.limits;
        const auto created = test::await(provider.createEndpoint(spec));
        if (!created)
            throw std::runtime_error("practice refuses an endpoint: " + created.error().detail);
        d.endpointId = created->id;
        d.endpointName = created->name;
        d.endpointUrl = created->url;
        d.workers.min = created->workersMin;
        d.workers.max = created->workersMax;
        record.endpointFacts = factsOf(*created);
        QList<OrchestrationLine> lines;
        for (const char* message : {"Validating Hugging Face model", "HF model validated", "Selected GPU: RTX 4090",
                 "Endpoint created", "GPU obtained", "Ready: a job was completed"})
            lines.append({record.statusSince, u"info"_s, QString::fromLatin1(message)});
        if (!records.save(record, lines))
            throw std::runtime_error("the store does not take a record");
    }

    const test::PracticeProcess& m_practice;
    const Plan m_plan;
    std::shared_ptr<const Secret> m_key;
};

class Measurement {
public:
    explicit Measurement(const Plan& plan) : m_plan(plan) { }

    QJsonObject run()
    {
        Account account(m_practice, m_plan);
        account.fill(m_harness.folder());
        account.open(kQuotaMinute, kQuotaHour, kQuotaDay);
        const double before = residentKib();
        m_harness.start([](EngineConfig& config) { config.pace = EnginePace(); }); // as for the real provider
        if (!test::waitUntil([&] { return live() == m_plan.withWorkers; }, 600s))
            throw std::runtime_error("the engine saw only " + std::to_string(live()) + " deployments with workers");
        wait(m_plan.settle);

        const auto counts = [&] { return m_practice.control("GET", u"/limits"_s); };
        const QJsonObject countsBefore = counts();
        const double cpuBefore = engineSeconds();
        const Instant began = now();
        double stalest = 0.0;
        int busiestMinute = 0;
        int atMinute = countsBefore["admitted"_L1].toInt();
        Instant minute = began;
        while (now() - began < m_plan.measure) {
            wait(1s);
            stalest = std::max(stalest, stalestSeconds());
            if (now() - minute >= 60s) {
                const int admitted = counts()["admitted"_L1].toInt();
                busiestMinute = std::max(busiestMinute, admitted - atMinute);
                atMinute = admitted;
                minute = now();
            }
        }
        const double took = duration<double>(now() - began).count();
        const double cpu = (engineSeconds() - cpuBefore) / took;
        const QJsonObject countsAfter = counts();
        const int calls = countsAfter["admitted"_L1].toInt() - countsBefore["admitted"_L1].toInt();
        const double memory = (residentKib() - before) / m_plan.deployments;
        const double stop
            = waitFor("PATCH", [&](const DeploymentId& id) { m_harness.engine().call(PauseDeployment{id}); });
        const double remove
            = waitFor("DELETE", [&](const DeploymentId& id) { m_harness.engine().call(DeleteDeployment{id}); });
        return {{u"deployments"_s, m_plan.deployments}, {u"with_workers"_s, m_plan.withWorkers}, {u"seconds"_s, took},
            {u"calls_per_minute"_s, calls * 60.0 / took}, {u"busiest_minute"_s, busiestMinute},
            {u"quota_minute"_s, kQuotaMinute}, {u"quota_hour"_s, kQuotaHour}, {u"quota_day"_s, kQuotaDay},
            {u"refused"_s, counts()["refused"_L1].toInt()}, {u"stalest_seconds"_s, stalest}, {u"engine_core"_s, cpu},
            {u"kib_per_deployment"_s, memory}, {u"stop_ms"_s, stop}, {u"delete_ms"_s, remove}};
    }

private:
    [[nodiscard]] int live()
    {
        const auto snapshot = m_harness.engine().snapshot();
        return static_cast<int>(std::count_if(snapshot->deployments.cbegin(), snapshot->deployments.cend(),
            [](const Deployment& d) { return d.workers.running + d.workers.idle > 0; }));
    }

    [[nodiscard]] double stalestSeconds()
    {
        const auto snapshot = m_harness.engine().snapshot();
        const TimePoint present = std::chrono::system_clock::now();
        double stalest = 0.0;
        for (const Deployment& d : snapshot->deployments) {
            if (d.workers.total() > 0 && d.workersSeenAt)
                stalest = std::max(stalest, duration<double>(present - *d.workersSeenAt).count());
        }
        return stalest;
    }

    /// From the wish to the call at the provider, in milliseconds; the slowest of five with workers.
    template <typename DesiredState> double waitFor(const char* method, DesiredState wish)
    {
        const auto snapshot = m_harness.engine().snapshot();
        QList<DeploymentId> ids;
        for (const Deployment& d : snapshot->deployments) {
            if (d.workers.total() > 0 && d.status == DeploymentStatus::Ready && ids.size() < 5)
                ids.append(d.id);
        }
        double slowest = 0.0;
        for (const DeploymentId& id : std::as_const(ids)) {
            m_practice.control("DELETE", u"/requests"_s);
            const Instant asked = now();
            wish(id);
            QTimer look;
            look.start(5ms);
            const QString name = QString::fromLatin1(method);
            if (!test::waitUntil([&] { return !m_practice.calls(name, u"/rest/v2/serverless/"_s).isEmpty(); }, 60s))
                throw std::runtime_error("no " + std::string(method) + " came");
            slowest = std::max(slowest, duration<double, std::milli>(now() - asked).count());
        }
        return slowest;
    }

    /// Runpod's queue is a host of its own and does not count against the account's quota; so it is here.
    [[nodiscard]] PracticeAddress twoHosts() const
    {
        PracticeAddress practice = m_practice.address();
        practice.address.queue.setPort(m_queue.port());
        return practice;
    }

    const Plan m_plan;
    test::PracticeProcess m_practice{50.0};
    test::TcpRelay m_queue{static_cast<quint16>(m_practice.address().address.queue.port())};
    test::EngineHarness m_harness{twoHosts()};
};

int numberOf(const char* text)
{
    const int number = std::atoi(text);
    if (number <= 0)
        throw std::runtime_error(std::string("not a number above 0: ") + text);
    return number;
}

} // namespace
} // namespace visgate

/// engine_bench [DEPLOYMENTS WITH_WORKERS SETTLE_SECONDS MEASURE_SECONDS]
int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    try {
        visgate::Plan plan;
        if (argc == 5) {
            plan.deployments = visgate::numberOf(argv[1]);
            plan.withWorkers = visgate::numberOf(argv[2]);
            plan.settle = std::chrono::seconds(visgate::numberOf(argv[3]));
            plan.measure = std::chrono::seconds(visgate::numberOf(argv[4]));
        }
        const QJsonObject found = visgate::Measurement(plan).run();
        std::printf("%s\n", QJsonDocument(found).toJson(QJsonDocument::Compact).constData());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "engine_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
