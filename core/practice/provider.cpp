// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/provider.h"

#include <utility>

namespace visgate::practice {

Provider::Provider(Account account, WorldSettings settings)
    : world(std::move(account), std::move(settings)), queue(world), fleet(world, queue)
{
}

void Provider::tick()
{
    const TimePoint now = world.now();
    world.moveMarket(now);
    queue.tick(now);
    fleet.tick(now);
    world.logs.sweep();
}

} // namespace visgate::practice
