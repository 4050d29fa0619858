// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/engine/engine.h"
#include "core/foundation/redactor.h"
#include "tests/support/await.h"
#include "tests/support/practice_process.h"

#include <QTemporaryDir>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace visgate::test {

/// The computer's clock, moved by as much as a test likes: time goes on by itself.
class ShiftedClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return m_real.now() + std::chrono::seconds(m_wall.load()); }
    [[nodiscard]] MonotonicPoint monotonic() const override
    {
        return m_real.monotonic() + std::chrono::seconds(m_passed.load());
    }
    /// Time passes, as when the computer slept.
    void pass(std::chrono::seconds time)
    {
        m_wall += time.count();
        m_passed += time.count();
    }
    /// Somebody sets the clock.
    void jump(std::chrono::seconds time) { m_wall += time.count(); }

private:
    RealClock m_real;
    std::atomic<std::int64_t> m_wall = 0;
    std::atomic<std::int64_t> m_passed = 0;
};

/// The engine's configuration as the program makes it, over a practice that runs already: real provider, real hub
/// client, keys for the session only.
[[nodiscard]] EngineConfig practiceConfig(const QString& dataFolder, const PracticeAddress& practice);

/// Practice in Runpod's place: its addresses go into the settings of a data folder.
void actAsRunpod(const QString& dataFolder, const TargetAddress& practice);

/// Another practice plays this account: what is asked with its key goes there.
void playAccount(EngineConfig& config, AccountId account, TargetAddress practice);

/// An engine in a data folder of its own, over sockets to a practice process.
class EngineHarness {
public:
    explicit EngineHarness(const PracticeProcess& practice);
    explicit EngineHarness(PracticeAddress practice); ///< through another address, such as a relay's

    /// Starts an engine over the folder (again, after stop()).
    void start(const std::function<void(EngineConfig&)>& change = {});
    void stop() { m_engine.reset(); }
    [[nodiscard]] Engine& engine() { return *m_engine; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    /// Creates a deployment of sdxl-turbo with a first picture, changed by `change`.
    [[nodiscard]] Result<Deployment> create(const std::function<void(CreateRequest&)>& change = {});
    /// create(), then waits until it is ready and its first picture is made. Throws if it is refused.
    Deployment deployReady(const std::function<void(CreateRequest&)>& change = {});
    [[nodiscard]] Deployment deployment(const DeploymentId& id);
    [[nodiscard]] Job job(const JobId& id);
    /// Waits until the deployment is in the state; returns it as it is in the end.
    Deployment waitFor(
        const DeploymentId& id, DeploymentStatus status, std::chrono::milliseconds limit = std::chrono::seconds(120));
    Job waitForEnd(const JobId& id, std::chrono::milliseconds limit = std::chrono::seconds(120));
    /// The messages of its orchestration log.
    [[nodiscard]] QStringList messages(const DeploymentId& id);

private:
    QTemporaryDir m_folder;
    PracticeAddress m_practice;
    std::unique_ptr<Engine> m_engine;
};

} // namespace visgate::test
