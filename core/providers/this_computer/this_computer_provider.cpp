// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/this_computer_provider.h"

#include "core/foundation/platform/memory.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kBytesPerGiB = 1024.0 * 1024.0 * 1024.0;

template <typename T> Task<Result<T>> ready(Result<T> outcome)
{
    co_return outcome;
}

/// A call of one endpoint, or why there is none.
template <typename T, typename Ask> Task<Result<T>> at(ThisComputer& computer, const EndpointId& id, Ask ask)
{
    auto found = computer.find(id);
    return ready<T>(found ? Result<T>(ask(**found)) : Result<T>(fail(std::move(found.error()))));
}

/// The log of a worker of which nothing is kept.
class NoLog final : public LogStream {
public:
    explicit NoLog(QString last) : m_last(std::move(last)) { }
    [[nodiscard]] QString lastId() const override { return m_last; }
    [[nodiscard]] bool isConnected() const override { return true; }
    [[nodiscard]] std::optional<Error> ended() const override
    {
        return Error{ErrorCode::NotFound, "no such worker", 404, {}, {}};
    }

private:
    QString m_last;
};

} // namespace

ThisComputerProvider::ThisComputerProvider(std::shared_ptr<ThisComputer> computer) : m_computer(std::move(computer)) { }

Task<Result<void>> ThisComputerProvider::validateKey()
{
    return ready<void>({});
}

Task<Result<void>> ThisComputerProvider::checkMayCreate()
{
    return ready<void>({});
}

Task<Result<void>> ThisComputerProvider::checkRuns(QString modelId)
{
    return ready<void>(m_computer->checkRuns(modelId));
}

Task<Result<QList<GpuOffer>>> ThisComputerProvider::offers()
{
    GpuOffer offer;
    offer.typeId = ThisComputer::gpuTypeId();
    offer.name = u"This computer"_s;
    offer.pool = ThisComputer::gpuTypeId();
    offer.memoryGb = static_cast<double>(platform::physicalMemoryBytes()) / kBytesPerGiB;
    offer.isFree = true;
    offer.stock = Stock::High;
    return ready<QList<GpuOffer>>(QList<GpuOffer>{offer});
}

Task<Result<QList<DataCenter>>> ThisComputerProvider::dataCenters()
{
    return ready<QList<DataCenter>>(QList<DataCenter>());
}

Task<Result<QList<ProviderEndpoint>>> ThisComputerProvider::listEndpoints(CallFor)
{
    return ready(m_computer->list());
}

Task<Result<ProviderEndpoint>> ThisComputerProvider::endpoint(EndpointId id)
{
    return at<ProviderEndpoint>(*m_computer, id, [](const LocalEndpoint& found) { return found.description(); });
}

Task<Result<ProviderEndpoint>> ThisComputerProvider::createEndpoint(EndpointSpec spec)
{
    return ready(m_computer->create(spec));
}

Task<Result<ProviderEndpoint>> ThisComputerProvider::scale(
    EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout)
{
    return ready(m_computer->scale(id, workersMin, workersMax, idleTimeout));
}

Task<Result<void>> ThisComputerProvider::deleteEndpoint(EndpointId id)
{
    return m_computer->remove(std::move(id));
}

Task<Result<WorkerList>> ThisComputerProvider::workers(EndpointId id, CallFor)
{
    return at<WorkerList>(*m_computer, id, [](const LocalEndpoint& found) { return found.workers(); });
}

Task<Result<ProviderJobId>> ThisComputerProvider::submitJob(
    EndpointId id, QJsonObject input, std::chrono::seconds executionTimeout)
{
    return at<ProviderJobId>(
        *m_computer, id, [&](LocalEndpoint& found) { return found.submit(std::move(input), executionTimeout); });
}

Task<Result<ProviderJob>> ThisComputerProvider::job(EndpointId id, ProviderJobId job)
{
    return at<ProviderJob>(*m_computer, id, [&](LocalEndpoint& found) { return found.job(job); });
}

Task<Result<void>> ThisComputerProvider::cancelJob(EndpointId id, ProviderJobId job)
{
    return at<void>(*m_computer, id, [&](LocalEndpoint& found) { return found.cancel(job); });
}

Task<Result<void>> ThisComputerProvider::retryJob(EndpointId id, ProviderJobId job)
{
    return at<void>(*m_computer, id, [&](LocalEndpoint& found) { return found.retry(job); });
}

Task<Result<void>> ThisComputerProvider::purgeQueue(EndpointId id)
{
    return at<void>(*m_computer, id, [](LocalEndpoint& found) {
        found.purge();
        return Result<void>();
    });
}

Task<Result<QueueHealth>> ThisComputerProvider::health(EndpointId id)
{
    return at<QueueHealth>(*m_computer, id, [](const LocalEndpoint& found) { return found.health(); });
}

std::function<std::unique_ptr<Provider>()> accountsOfThisComputer(ThisComputerSettings settings)
{
    return [settings = std::move(settings), shared = std::make_shared<std::weak_ptr<ThisComputer>>()] {
        auto computer = shared->lock();
        if (!computer)
            computer = std::make_shared<ThisComputer>(settings);
        *shared = computer;
        return std::make_unique<ThisComputerProvider>(std::move(computer));
    };
}

std::unique_ptr<LogStream> ThisComputerProvider::openLogs(
    EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine)
{
    auto found = m_computer->find(id);
    WorkerLog* const log = found ? (*found)->log(worker) : nullptr;
    if (!log)
        return std::make_unique<NoLog>(std::move(resumeAfter));
    return log->open(resumeAfter, std::move(onLine));
}

} // namespace visgate
