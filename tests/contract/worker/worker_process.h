// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "child.h"
#include "job_server.h"

#include <cstddef>
#include <gtest/gtest.h>
#include <string>

namespace visgate::worker {

/// The real program, as a provider starts it, and the queue that it asks. Whoever includes this is built with
/// VISGATE_WORKER_PROGRAM.
class WorkerProcess : public testing::Test {
protected:
    Environment environment(const Environment& more = {})
    {
        auto all = server.environment();
        for (const auto& [name, value] : more) {
            all[name] = value;
        }
        return all;
    }
    [[nodiscard]] bool hasTaken(std::size_t count)
    {
        return server.waitUntil([&] { return server.arrived("take").size() >= count; });
    }

    JobServer server;
    const std::string program = VISGATE_WORKER_PROGRAM;
};

} // namespace visgate::worker
