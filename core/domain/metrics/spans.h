// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"

#include <QList>

#include <chrono>

// How looks at workers become spans, and how many spans become few. Pure.
namespace visgate {

/// A deployment's jobs that are not over.
struct JobLoad {
    int waiting = 0;
    int running = 0;
    bool operator==(const JobLoad&) const = default;
};

/// Workers that hold a GPU, or money an hour.
[[nodiscard]] bool costs(const WorkerSpan& span);
/// All but the times and the cost so far.
[[nodiscard]] bool isAlike(const WorkerSpan& one, const WorkerSpan& other);

/// Takes in what was seen at one moment (`seen.from`; its `until` is the same). Where the last span ended no longer ago
/// than `mostUnseen`, what it shows is taken to have held until now: alike, it goes on; else a new one begins where it
/// ends. After a longer silence a new one begins and the gap stays. What is a little older than the last span's end
/// (the clock was corrected) is known already, and left out unless it differs by more than `mostUnseen`.
void takeIn(QList<WorkerSpan>& spans, const WorkerSpan& seen, std::chrono::nanoseconds mostUnseen);

/// Neighbours that touch made one, until there are at most `most`. First those go together that are shortest, and what
/// costs is kept apart from what does not as long as that can be. The whole has the workers, GPUs, places and jobs that
/// held longest in it, on a tie those that cost, and never empty ones where some of it did cost; the mean of the money
/// an hour, so that the sum stays true; the last one's cost so far. A gap stays a gap: where there are more of them,
/// there are more spans. `spans` is oldest first.
[[nodiscard]] QList<WorkerSpan> thinned(const QList<WorkerSpan>& spans, int most);

/// The same for what is kept long: spans that are shorter than `grain`, touch, and begin in the same one of the equal
/// parts of that length into which time is cut become one. Longer ones stay as they are.
[[nodiscard]] QList<WorkerSpan> coarsened(const QList<WorkerSpan>& spans, std::chrono::seconds grain);

} // namespace visgate
