// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/engine_publisher.h"
#include "core/operations/handlers.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace visgate {

class WorkerCallbacks;

/// The engine itself, on the engine's thread: opens the store, puts the parts together, lets them take up what was left
/// and lets them go.
class EngineCore final : public QObject {
    Q_OBJECT

public:
    explicit EngineCore(EngineConfig config);
    ~EngineCore() override;

    Task<Result<void>> start();
    /// Lets the steps under way end, then calls `done` from the event loop.
    void stop(std::function<void()> done);
    /// Runs `ready` when start() has ended (perhaps at once) with its outcome: Cancelled once the engine goes down.
    void whenStarted(std::function<void(const Result<void>&)> ready);
    [[nodiscard]] TaskScope& scope() { return m_scope; }
    /// What is told outside, whether it has started or not.
    [[nodiscard]] const EnginePublisher& publisher() const { return m_publisher; }

    /// Who answers which operation. From its start until it goes down.
    [[nodiscard]] const Handlers& handlers() const;
    /// From its start until it goes down.
    [[nodiscard]] WorkerCallbacks& callbacks();

private:
    struct Parts; ///< made on the engine's thread, gone before it ends

    Result<void> openStore();
    Result<void> takeUp();
    void finishStart(Result<void> outcome);
    void stopNow(std::function<void()> done);
    Task<void> stopWithItsLogs(std::function<void()> done);

    EngineConfig m_config;
    EnginePublisher m_publisher;
    TaskScope m_scope;
    std::unique_ptr<Parts> m_parts;
    std::optional<Result<void>> m_started;
    std::vector<std::function<void(const Result<void>&)>> m_waitingForStart;
};

} // namespace visgate
