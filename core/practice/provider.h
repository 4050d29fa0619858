// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/fleet/fleet.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/world/world.h"

namespace visgate::practice {

/// The practice provider without its doors: what it knows, its jobs and its workers. Guarded by the world's mutex.
struct Provider {
    Provider(Account account, WorldSettings settings);

    World world;
    JobQueue queue;
    Fleet fleet;

    /// Moves everything that time moves: prices, placement, starts, jobs' limits, scaling, money.
    void tick();
};

} // namespace visgate::practice
