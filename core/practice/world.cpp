// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world.h"

#include "core/practice/fleet.h"
#include "core/practice/job_queue.h"
#include "core/practice/server.h"

#include <algorithm>
#include <utility>

namespace visgate::practice {

World::World(Account loadedAccount, WorldSettings chosen)
    : settings(std::move(chosen)), clock(loadedAccount.savedClockAhead()), account(std::move(loadedAccount)),
      catalog(Catalog::load()), logs(settings.folder + "/logs", clock), objects(settings.folder + "/volumes"),
      queue(std::make_unique<JobQueue>(*this)), fleet(std::make_unique<Fleet>(*this)), m_quietCatalog(catalog)
{
    setModel(settings.stochastic);
}

World::~World() = default;

bool World::holds(Condition::Kind kind, const Endpoint& endpoint) const
{
    return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
        return condition.kind == kind
            && (condition.endpoint.empty() || condition.endpoint == endpoint.id
                || condition.endpoint == endpoint.config.name);
    });
}

bool World::holdsFor(Condition::Kind kind, const std::string& endpointName) const
{
    return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
        return condition.kind == kind && (condition.endpoint.empty() || condition.endpoint == endpointName);
    });
}

bool World::hasImage(const std::string& image) const
{
    const bool isKnown = settings.imageCommands.contains(image) || (model && image == simulatedWorkerImage);
    return isKnown && !surroundings.goneImages.contains(image);
}

std::chrono::nanoseconds World::scaled(std::chrono::duration<double> simulated) const
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(simulated / settings.speed);
}

void World::setModel(std::optional<StochasticModel::Settings> chosen)
{
    model.reset();
    catalog = m_quietCatalog;
    m_marketEpoch = -1;
    if (!chosen)
        return;
    model.emplace(*chosen);
    m_modelSince = now();
    moveMarket(m_modelSince);
}

void World::moveMarket(TimePoint at)
{
    const std::chrono::duration<double> simulated = (at - m_modelSince) * settings.speed;
    const std::int64_t epoch = StochasticModel::marketEpoch(simulated);
    if (std::exchange(m_marketEpoch, epoch) != epoch)
        model->applyMarket(m_quietCatalog, simulated, catalog);
}

void World::tick()
{
    const TimePoint at = now();
    if (model)
        moveMarket(at);
    queue->tick(at);
    fleet->tick(at);
    logs.sweep();
}

void World::deleteEndpoint(const std::string& id)
{
    queue->dropEndpoint(id);
    fleet->dropEndpoint(id);
    account.eraseEndpoint(id);
}

} // namespace visgate::practice
