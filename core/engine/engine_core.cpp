// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_core.h"

#include "core/engine/engine_parts.h"
#include "core/foundation/file_error.h"

#include <utility>

namespace visgate {

namespace {

constexpr std::chrono::milliseconds kLastLogLook{50};
/// What the end of an owner waits for lines that are on their way.
constexpr int kMostLastLogLooks = 90;

} // namespace

EngineCore::EngineCore(EngineConfig config) : m_config(std::move(config)), m_publisher(m_config.clock, this) { }

EngineCore::~EngineCore() = default;

const Handlers& EngineCore::handlers() const
{
    return m_parts->handlers;
}

WorkerCallbacks& EngineCore::callbacks()
{
    return m_parts->callbacks;
}

Task<Result<void>> EngineCore::start()
{
    if (auto opened = openStore(); !opened) {
        finishStart(opened);
        co_return opened;
    }
    Result<void> outcome = takeUp();
    finishStart(outcome);
    co_return outcome;
}

Result<void> EngineCore::openStore()
{
    const Paths paths{m_config.dataFolder, {}, {}};
    for (const QString& folder : {paths.data, paths.logs(), paths.pictures()}) {
        if (auto made = makePrivateFolder(folder); !made)
            return made;
    }
    auto database = Database::open(paths.database());
    if (!database)
        return fail(std::move(database.error()));
    m_parts = std::make_unique<Parts>(m_config, m_scope, m_publisher, std::move(*database));
    m_parts->logs.onAppended(
        [this](const DeploymentId& id, const QList<LogLine>& lines) { m_publisher.publish(id, lines); });
    return {};
}

Result<void> EngineCore::takeUp()
{
    if (auto known = m_parts->book.load(); !known)
        return known;
    auto records = m_parts->deployments.allBut(DeploymentStatus::Deleted);
    if (!records)
        return fail(std::move(records.error()));
    for (DeploymentRecord& record : *records) {
        m_parts->spend.refresh(record); // until the first look, what was known last
        m_parts->table.add(std::move(record));
    }
    if (auto jobs = m_parts->jobs.takeUp(); !jobs)
        return jobs;
    QList<Deployment> living;
    for (const auto& [id, owner] : m_parts->table.all())
        living.append(owner->shown());
    m_publisher.begin(living);
    m_parts->stopHandlers.takeUp();
    for (const auto& [id, owner] : m_parts->table.all()) {
        m_publisher.publish(owner->shown());
        owner->start();
    }
    // What was spent before this start counts as well.
    for (const ProviderAccount& account : m_parts->book.all())
        m_parts->limits.check(account.id, SpendLimits::Which::All);
    m_scope.add(m_parts->spendWatch.run());
    m_scope.add(m_parts->volumePurchases.settle());
    if (auto filling = m_parts->filler.takeUp(); !filling)
        return filling;
    m_scope.add(m_parts->volumeChanges.settle()); // after it: what is to be deleted is filled no further
    return {};
}

void EngineCore::finishStart(Result<void> outcome)
{
    logTo(m_config.log.engine, outcome ? LogLevel::Info : LogLevel::Error, [&] {
        return outcome ? "takes up " + std::to_string(m_parts->table.all().size()) + " deployments"
                       : "cannot start: " + std::string(toString(outcome.error().code)) + " " + outcome.error().detail;
    });
    m_started = std::move(outcome);
    for (const auto& ready : std::exchange(m_waitingForStart, {}))
        ready(*m_started);
}

void EngineCore::whenStarted(std::function<void(const Result<void>&)> ready)
{
    if (!m_started)
        m_waitingForStart.push_back(std::move(ready));
    else if (*m_started && (!m_parts || m_parts->context.stopping))
        ready(fail(ErrorCode::Cancelled));
    else
        ready(*m_started);
}

void EngineCore::stop(std::function<void()> done)
{
    if (m_parts && m_parts->table.lackLogLines())
        m_scope.add(stopWithItsLogs(std::move(done)));
    else
        stopNow(std::move(done));
}

Task<void> EngineCore::stopWithItsLogs(std::function<void()> done)
{
    Waker look;
    for (int left = kMostLastLogLooks; left > 0 && m_parts->table.lackLogLines(); --left) {
        co_await look.pause(kLastLogLook);
    }
    stopNow(std::move(done));
}

void EngineCore::stopNow(std::function<void()> done)
{
    if (!m_started)
        finishStart(fail(ErrorCode::Cancelled));
    if (m_parts)
        m_parts->stop();
    m_scope.whenIdle([this, done = std::move(done)] {
        if (m_parts) {
            m_parts->spend.flush();
            m_parts->workerHistory.flush();
        }
        m_publisher.stop(); // on its own thread
        m_parts.reset();
        done();
    });
}

} // namespace visgate
