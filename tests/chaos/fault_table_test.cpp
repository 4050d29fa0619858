// SPDX-License-Identifier: GPL-3.0-or-later
// Every external call spoiled in every way, in the middle of a whole life: deploy, first picture, a second one that is
// cancelled, pause, resume, delete. Each cell of fault_table.txt names its outcome, the calls that changed something,
// and what the log says of it. Whatever it is: one endpoint at most was ever made, the create call was not repeated
// behind the provider's back, nothing is left, nothing is billed any more, and it cost no more than the worst case that
// was shown, or nothing where nothing was made. A sample of the cells, all of them with VISGATE_TEST_LONG.
#include "core/engine/context/step_probe.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/chaos/fault_cells.h"
#include "tests/support/engine_harness.h"
#include "tests/support/probed_provider.h"
#include "tests/support/seed.h"
#include "tests/support/tcp_relay.h"

#include <QThread>

#include <algorithm>
#include <cstdio>
#include <gmock/gmock.h>
#include <random>
#include <utility>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::Cell;
using test::EngineHarness;
using test::PracticeProcess;

constexpr int kSample = 24;
constexpr int kRefusals = 2; ///< calls, each with all of the client's own attempts

/// Closes the relay while a named call is made. The relay lives on the test's thread, the probe is asked on the
/// engine's.
class RefusingProbe final : public StepProbe {
public:
    RefusingProbe(test::TcpRelay& relay, const test::ExternalCall& call)
        : m_relay(relay), m_from(call.refusedFrom.toStdString()), m_until(call.refusedUntil.toStdString())
    {
    }
    void at(std::string_view point) override
    {
        if (point == m_from && !m_refuses && m_left > 0) {
            m_refuses = true;
            QMetaObject::invokeMethod(
                &m_relay, [this] { m_relay.refuse(); }, Qt::BlockingQueuedConnection);
        } else if (point == m_until && m_refuses) {
            m_refuses = false;
            --m_left;
            QMetaObject::invokeMethod(
                &m_relay, [this] { m_relay.accept(); }, Qt::BlockingQueuedConnection);
        }
    }

private:
    test::TcpRelay& m_relay;
    std::string m_from;
    std::string m_until;
    bool m_refuses = false;
    int m_left = kRefusals;
};

/// One life with one cell's fault.
class Life {
public:
    explicit Life(const Cell& cell)
    {
        const auto& calls = test::externalCalls();
        m_call = *std::find_if(calls.begin(), calls.end(), [&](const auto& call) { return call.name == cell.call; });
        const auto& faults = test::callFaults();
        m_fault
            = *std::find_if(faults.begin(), faults.end(), [&](const auto& fault) { return fault.name == cell.fault; });
        m_relayThread.start();
        m_relay = std::make_unique<test::TcpRelay>(static_cast<quint16>(m_practice.addresses()["port"_L1].toInt()));
        m_relay->moveToThread(&m_relayThread);
    }
    ~Life()
    {
        m_harness.reset();
        m_relayThread.quit();
        m_relayThread.wait();
    }
    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

    /// Lives it and names the outcome.
    QString live()
    {
        const double worst = worstCaseUsd();
        start();
        // The workers start in real time, while practice's clock runs fast.
        const auto created = m_harness->create([](CreateRequest& request) { request.limits.initTimeout = 24h; });
        if (!created)
            return u"refused %1"_s.arg(codeOf(created.error()));
        m_id = created->id;
        Deployment now = m_harness->waitFor(m_id, DeploymentStatus::Ready, 60s);
        QString outcome;
        if (now.status == DeploymentStatus::Ready) {
            outcome = useIt(now);
        } else {
            outcome = u"failed %1"_s.arg(now.error ? codeOf(*now.error) : u"without a reason"_s);
        }
        const Result<void> wished = test::await(m_harness->engine().call(DeleteDeployment{m_id}));
        EXPECT_TRUE(wished) << "deleting was refused";
        now = m_harness->waitFor(m_id, DeploymentStatus::Deleted, 60s);
        EXPECT_EQ(now.status, DeploymentStatus::Deleted);
        expectNothingLeft(worst);
        return QStringList{outcome, callsMade(), told()}.join(u" | "_s);
    }

private:
    static QString codeOf(const Error& error) { return QString::fromUtf8(toString(error.code).data()); }

    void spoil()
    {
        if (!m_fault.effect.isEmpty())
            m_practice.fault(m_call.method, m_call.path, m_fault.effect);
    }

    void start()
    {
        PracticeAddress address = m_practice.address();
        if (m_fault.effect.isEmpty()) {
            for (QUrl* const url : {&address.address.rest, &address.address.queue, &address.address.hub})
                url->setPort(m_relay->port());
        }
        m_harness = std::make_unique<EngineHarness>(address);
        m_harness->start([&](EngineConfig& config) {
            if (m_fault.effect.isEmpty())
                test::probeWith(config, std::make_shared<RefusingProbe>(*m_relay, m_call));
        });
        if (!m_call.onlyWhenReady)
            spoil();
    }

    double worstCaseUsd() const
    {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        EngineHarness other(m_practice);
        other.start();
        const auto quote = test::await(other.engine().call(GetQuote{request}));
        if (!quote)
            throw std::runtime_error("practice gives no quote");
        return quote->price.worstCase;
    }

    QString useIt(const Deployment& ready)
    {
        if (m_call.onlyWhenReady)
            spoil();
        const Job first = m_harness->waitForEnd(ready.firstJob, 60s);
        if (m_call.onlyFirstJob)
            m_practice.clearFaults();
        JobInput input;
        input.prompt = u"a green triangle on a black background"_s;
        input.steps = 50;
        const auto second = test::await(m_harness->engine().call(SubmitJob{m_id, input}));
        QString more;
        if (second) {
            test::waitUntil([&] { return m_harness->job(second->id).status != JobStatus::Submitting; }, 20s);
            [[maybe_unused]] const auto cancelled = test::await(m_harness->engine().call(CancelJob{second->id}));
            const Job ended = m_harness->waitForEnd(second->id, 60s);
            EXPECT_TRUE(isFinished(ended.status)) << "a job has no end";
            if (ended.status == JobStatus::Failed && ended.error)
                more += u", second job %1"_s.arg(codeOf(*ended.error));
        }
        if (first.status != JobStatus::Completed)
            more += u", first job %1"_s.arg(first.error ? codeOf(*first.error) : toString(first.status));
        for (const bool pause : {true, false}) {
            const auto changed = pause ? test::await(m_harness->engine().call(PauseDeployment{m_id}))
                                       : test::await(m_harness->engine().call(ResumeDeployment{m_id}));
            if (!changed)
                more += (pause ? u", pause "_s : u", resume "_s) + codeOf(changed.error());
        }
        return u"lived"_s + more;
    }

    /// The calls that change something: how many the provider took, and of how many where it did not take all.
    [[nodiscard]] QString callsMade() const
    {
        struct Kind {
            QString name;
            QString method;
            QString path;
        };
        QStringList counts;
        for (const Kind& kind : {Kind{u"create"_s, u"POST"_s, u"/rest/v2/serverless"_s},
                 Kind{u"change"_s, u"PATCH"_s, u"/rest/v2/serverless/"_s},
                 Kind{u"delete"_s, u"DELETE"_s, u"/rest/v2/serverless/"_s}, Kind{u"run"_s, u"POST"_s, u"/run"_s},
                 Kind{u"cancel"_s, u"POST"_s, u"/cancel/"_s}}) {
            const QStringList calls = m_practice.calls(kind.method, kind.path);
            const auto count = taken(calls);
            if (!calls.isEmpty())
                counts.append(count == calls.size()
                        ? u"%1 %2"_s.arg(kind.name, numberOf(count))
                        : u"%1 %2 of %3"_s.arg(kind.name, numberOf(count), numberOf(calls.size())));
        }
        return counts.join(u", "_s);
    }

    /// Of PracticeProcess::calls, those that were answered with 2xx.
    [[nodiscard]] static qsizetype taken(const QStringList& calls)
    {
        return std::count_if(
            calls.begin(), calls.end(), [](const QString& call) { return call.section(u' ', -1).startsWith(u'2'); });
    }

    /// How often something is repeated is a matter of time.
    [[nodiscard]] static QString numberOf(qsizetype calls) { return calls > 2 ? u"more"_s : QString::number(calls); }

    /// What the log says beyond what it says of every life, each once and without the provider's own words. A short
    /// wait for the request quota is told or not, depending on how long it is; of the reasons to try again, the first,
    /// and none where only the watch may have met it, or the connection's own repeating may have hidden it.
    [[nodiscard]] QString told()
    {
        QStringList told;
        const bool breaks = QStringList{u"reset_before"_s, u"reset_after"_s, u"reply_lost"_s}.contains(m_fault.name);
        bool hasTriedAgain = (m_call.besideWatch && m_fault.effect.isEmpty()) || (m_call.mayBeOnKept && breaks);
        for (const OrchestrationLine& line : m_harness->deployment(m_id).logs) {
            const QString what = line.message.section(u". "_s, 0, 0).section(u": "_s, 0, 0);
            const bool isAnotherTry = what.endsWith("trying again"_L1) && std::exchange(hasTriedAgain, true);
            const bool isShort = what.startsWith("RATE_LIMITED"_L1);
            if (line.level != "info"_L1 && !isShort && !isAnotherTry && !told.contains(what))
                told.append(what);
        }
        return told.isEmpty() ? u"-"_s : told.join(u", "_s);
    }

    void expectNothingLeft(double worstUsd)
    {
        EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
        const QJsonObject money = m_practice.state()["money"_L1].toObject();
        EXPECT_EQ(money["usdPerSecond"_L1].toDouble(), 0.0) << "something is billed still";
        EXPECT_LE(money["spent"_L1].toDouble(), worstUsd) << "dearer than the worst case that was shown";
        const QStringList creates = m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s);
        const auto made = taken(creates);
        EXPECT_LE(made, 1) << "more than one endpoint was made\n" << creates.join(u'\n').toStdString();
        // Of one whose reply was lost it is known that it was taken away.
        const bool wasThere = made == 1 || taken(m_practice.calls(u"DELETE"_s, u"/rest/v2/serverless/"_s)) > 0;
        EXPECT_TRUE(wasThere || money["spent"_L1].toDouble() == 0.0) << "nothing was made, and yet it cost";
    }

    PracticeProcess m_practice{400.0};
    QThread m_relayThread;
    std::unique_ptr<test::TcpRelay> m_relay;
    std::unique_ptr<EngineHarness> m_harness;
    test::ExternalCall m_call;
    test::CallFault m_fault;
    DeploymentId m_id;
};

/// All cells, or a seeded sample of them in the table's order.
QList<Cell> chosenCells()
{
    QList<Cell> cells = test::readFaultTable();
    if (test::isLong())
        return cells;
    std::mt19937_64 random(test::seed());
    while (cells.size() > kSample)
        cells.removeAt(static_cast<qsizetype>(random() % static_cast<std::size_t>(cells.size())));
    return cells;
}

TEST(FaultTable, HasACellForEachCallAndFault)
{
    QStringList missing;
    const QList<Cell> cells = test::readFaultTable();
    for (const auto& call : test::externalCalls()) {
        for (const auto& fault : test::callFaults()) {
            const auto count = std::count_if(cells.begin(), cells.end(),
                [&](const Cell& cell) { return cell.call == call.name && cell.fault == fault.name; });
            if (count != 1)
                missing.append(call.name + u" x "_s + fault.name);
        }
    }
    EXPECT_TRUE(missing.isEmpty()) << missing.join(u'\n').toStdString();
}

class FaultTableCell : public testing::TestWithParam<int> { };

constexpr int kFaultShards = 12;

TEST_P(FaultTableCell, EndsAsTheTableSays)
{
    const QList<Cell> cells = chosenCells();
    for (qsizetype n = GetParam(); n < cells.size(); n += kFaultShards) {
        const Cell& cell = cells.at(n);
        SCOPED_TRACE((cell.call + u" x "_s + cell.fault).toStdString());
        Life life(cell);
        const QString outcome = life.live();
        std::printf("%-9s %-13s %s\n", qPrintable(cell.call), qPrintable(cell.fault), qPrintable(outcome));
        std::fflush(stdout);
        EXPECT_EQ(outcome.toStdString(), cell.outcome.toStdString());
    }
}

INSTANTIATE_TEST_SUITE_P(Seeded, FaultTableCell, testing::Range(0, kFaultShards));

} // namespace
} // namespace visgate
