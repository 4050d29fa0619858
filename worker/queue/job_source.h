// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace visgate::worker {

struct Job {
    std::string id;
    std::string document; ///< the whole job as JSON, `input` and whatever else the caller sent
};

/// What the worker's model is at.
enum class ModelState { Loading, Loaded, Failed };

/// How a job ended.
struct JobEnd {
    bool isError = false;
    std::string json;        ///< the output, or the error, as JSON
    bool stopWorker = false; ///< ask the provider to take this worker away
};

enum class Delivery {
    Delivered,
    TooLarge, ///< not sent; an error that says so was sent in its place
    Lost,     ///< every attempt failed
    Repeated, ///< the job had ended already; nothing was sent
};

/// Where jobs come from and where their results go. Thread-safe.
class JobSource {
public:
    virtual ~JobSource() = default;
    /// Begins what runs beside the jobs (heart-beats, the stop channel). `onStop` is called with the id of a job that
    /// the caller no longer wants, on a thread of the source's, and must not block.
    virtual void start(std::function<void(const std::string&)> onStop) = 0;
    /// Blocks until a job comes or `cancel` is pulled: then it gives what is in hand already and not begun, and at last
    /// none. The job counts as in hand until finish() or drop().
    [[nodiscard]] virtual std::optional<Job> take(const http::CancelToken& cancel) = 0;
    /// Progress as JSON; only the latest that was not yet sent counts, and none leaves after the end.
    virtual void progress(const std::string& jobId, std::string json) = 0;
    /// Ends a job, once: blocks until the end is delivered or given up.
    virtual Delivery finish(const std::string& jobId, const JobEnd& end) = 0;
    /// Ends a job that was stopped from outside: nothing is sent.
    virtual void drop(const std::string& jobId) = 0;
    /// This worker cannot do any work: the provider is told before it leaves. Blocks for a moment at most.
    virtual void reportUnhealthy(const std::string& check, const std::string& reason) = 0;
    /// False: the heart-beats pause, because the work no longer moves.
    virtual void setAlive(bool isAlive) = 0;
    /// What a job's output may have, as JSON, to be delivered.
    [[nodiscard]] virtual std::size_t mostOutputBytes() const = 0;
    /// False: the caller has said meanwhile that the job in hand is not wanted.
    [[nodiscard]] virtual bool isWanted(const std::string& /*jobId*/) { return true; }
    /// For whoever asks the source how the worker is.
    virtual void modelIs(ModelState /*state*/) { }
    /// The worker is leaving: nothing new is taken in. Does not block.
    virtual void stopTaking() { }
    /// Waits, `patience` at most, until those who ask for results have them. Nothing follows it.
    virtual void close(std::chrono::milliseconds /*patience*/) { }
};

} // namespace visgate::worker
