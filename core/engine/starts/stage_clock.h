// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/history.h"
#include "core/foundation/clock.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace visgate {

/// Takes the time of each stage of a start, from the worker list and the workers' own lines. Pure: told what was seen.
class StageClock {
public:
    struct Finished {
        StartStage stage = StartStage::Placement;
        double seconds = 0.0;
        QString gpuTypeId;
    };
    /// A start from being wanted to its first worker's being ready.
    struct ColdStart {
        double seconds = 0.0;
        QString gpuTypeId;
    };
    struct Present {
        StartStage stage = StartStage::Placement;
        double elapsed = 0.0; ///< seconds in this stage
        double quiet = 0.0;   ///< seconds since anything was heard of the start
        QString gpuTypeId;    ///< empty until placed
    };

    /// From now on a worker is wanted.
    void begin(MonotonicPoint now);
    void onWorkers(const WorkerList& list, MonotonicPoint now);
    /// From the provider's own lines, which may come before the list says so: a machine fetches the image, a container
    /// starts.
    void onImagePull(const QString& worker, MonotonicPoint now);
    void onContainer(const QString& worker, MonotonicPoint now);
    /// From a worker's events; an empty name stands for the only worker.
    void onDownload(const QString& worker, MonotonicPoint now);
    void onLoad(const QString& worker, MonotonicPoint now);
    void onReady(const QString& worker, MonotonicPoint now);

    /// Stages that ended, each once; only those whose beginning was seen, and of starts that came up.
    [[nodiscard]] QList<Finished> takeFinished();
    [[nodiscard]] std::optional<ColdStart> takeColdStart();
    /// Where the furthest worker is; nothing while none is wanted, or once one is up.
    [[nodiscard]] std::optional<Present> present(MonotonicPoint now) const;
    [[nodiscard]] bool wasUp() const { return m_wasUp; }

private:
    struct Worker {
        MonotonicPoint seen;
        std::optional<MonotonicPoint> placed;
        std::optional<MonotonicPoint> container;
        std::optional<MonotonicPoint> download; ///< its latest sign
        std::optional<MonotonicPoint> load;
        std::optional<MonotonicPoint> ready;
        MonotonicPoint heard;
        QString gpuTypeId;
        bool fromBeginning = false; ///< first seen before it had a machine
        bool wasUpAtFirst = false;  ///< nobody here saw it start
    };
    Worker* find(const QString& worker);
    void finish(Worker& worker, MonotonicPoint now);
    [[nodiscard]] static StartStage stageOf(const Worker& worker);

    QHash<QString, Worker> m_workers;
    QList<Finished> m_finished;
    std::optional<ColdStart> m_coldStart;
    std::optional<MonotonicPoint> m_wanted;
    bool m_wasUp = false;
};

} // namespace visgate
