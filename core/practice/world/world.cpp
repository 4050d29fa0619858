// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/world.h"

#include "core/foundation/hash.h"

#include <algorithm>
#include <utility>

namespace visgate::practice {

World::World(Account loadedAccount, WorldSettings chosen)
    : settings(std::move(chosen)), clock(loadedAccount.savedClockAhead()), account(std::move(loadedAccount)),
      catalog(Catalog::load()), logs(settings.folder / "logs", clock), objects(settings.folder / "volumes"),
      m_quietCatalog(catalog)
{
    setChance(settings.stochastic);
}

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

std::string World::digestOf(const std::string& image)
{
    return "sha256:" + sha256Hex(image);
}

std::string World::imageMeantBy(const std::string& reference) const
{
    const auto at = reference.find('@');
    if (at == std::string::npos)
        return reference;
    for (const auto& [image, command] : settings.imageCommands) {
        if (image.substr(0, image.rfind(':')) == reference.substr(0, at) && digestOf(image) == reference.substr(at + 1))
            return image;
    }
    return reference;
}

bool World::hasImage(const std::string& reference) const
{
    const std::string image = imageMeantBy(reference);
    const bool isKnown = settings.imageCommands.contains(image) || (chance && image == simulatedWorkerImage);
    return isKnown && !surroundings.goneImages.contains(image);
}

std::chrono::nanoseconds World::scaled(std::chrono::duration<double> simulated) const
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(simulated / settings.speed);
}

void World::setChance(std::optional<Chance::Settings> chosen)
{
    chance.reset();
    catalog = m_quietCatalog;
    m_marketEpoch = -1;
    if (!chosen)
        return;
    chance.emplace(*chosen);
    m_chanceSince = now();
    moveMarket(m_chanceSince);
}

void World::moveMarket(TimePoint at)
{
    if (!chance)
        return;
    const std::chrono::duration<double> simulated = (at - m_chanceSince) * settings.speed;
    const std::int64_t epoch = Chance::marketEpoch(simulated);
    if (std::exchange(m_marketEpoch, epoch) != epoch)
        chance->applyMarket(m_quietCatalog, simulated, catalog);
}

} // namespace visgate::practice
