// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/delivery/encoder.h"
#include "worker/queue/job_source.h"
#include "worker/runners/runner.h"
#include "worker/supervisor/job_input.h"
#include "worker/supervisor/job_reporter.h"
#include "worker/supervisor/job_secrets.h"
#include "worker/supervisor/loading.h"
#include "worker/supervisor/picture_fetcher.h"
#include "worker/supervisor/watchdog.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace visgate {
class Redactor;
}

namespace visgate::worker {

class EventStream;
class Log;

/// The worker's life: loads the model, then does one job after the other, and leaves when asked to, when idle for too
/// long, or when it cannot do its work. No job is taken before the model is there. Exactly one terminal message a job,
/// and none for a job that was stopped from outside.
class Supervisor {
public:
    struct Settings {
        Identity identity;
        Watchdog::Limits limits;
        std::chrono::milliseconds checkInterval{200}; ///< how often the watchdog is asked
        std::chrono::seconds grace{10};               ///< for a runner to stop once asked to
        std::chrono::seconds loadGrace{1};            ///< for it to stop loading
        std::function<std::uint64_t()> randomSeed;
        /// Called when the runner does not stop: must not return in earnest, because its thread cannot be ended.
        std::function<void(int exitCode)> abandon;
        /// Puts a job's files where they belong and says what went wrong; empty: results carry them.
        std::function<std::string(
            std::vector<PictureFile>& files, const UploadTarget& target, const http::CancelToken& cancel)>
            upload = {};
        std::filesystem::path ffmpeg = {};       ///< what writes mp4; empty: nothing does
        std::chrono::seconds drain{600};         ///< for the job in hand when the worker is to leave
        std::chrono::seconds resultPatience{10}; ///< for those who ask for a result to have it before it is gone
        FetchModel fetch = {};                   ///< empty: the model is where the runner looks for it
        PictureFetcher::Rules pictures = {};     ///< for those that a job names by address
    };

    Supervisor(Settings settings, JobSource& source, Runner& runner, EventStream& events, Log& log, Redactor& redactor,
        const Clock& clock);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// Until the worker leaves; the process' exit code: 0 asked or idle, 1 unable to work.
    [[nodiscard]] int run();
    /// Ends waiting for a job at once, or after the job in hand. Thread-safe.
    void leave(const std::string& reason, int exitCode);
    /// The same, and the job in hand is cancelled: nobody is left to whom its result would go. Thread-safe.
    void leaveNow(const std::string& reason, int exitCode);

private:
    enum class StopReason { None, Unwanted, Deadline };
    struct Current {
        std::string id;
        http::CancelToken cancel;
        http::CancelToken upload; ///< of its pictures alone
        std::atomic<StopReason> reason{StopReason::None};
        std::string overdue;               ///< what took too long
        std::atomic<bool> isEnding{false}; ///< its last word is on the way: too late to stop it
    };

    /// When a job's steps were done.
    struct StepTimes {
        MonotonicPoint first;
        MonotonicPoint last;
        int done = 0;
    };

    [[nodiscard]] bool makeReady();
    void watch();
    void act(Watchdog::Verdict verdict);
    [[nodiscard]] bool isDrainOver() const;
    void setModel(ModelState state);
    void endLoading();
    void endOverdue(const std::shared_ptr<Current>& current, Watchdog::Verdict verdict);
    void stop(const std::string& jobId, StopReason reason, const std::string& overdue = {});
    [[nodiscard]] bool beginEnd(Current& current);
    void abandon(WorkerCode code, const std::string& message);

    void handle(const Job& job);
    [[nodiscard]] bool havePictures(const std::shared_ptr<Current>& current, JobInput& input);
    void generate(const std::shared_ptr<Current>& current, JobInput input, MonotonicPoint taken);
    void failJob(const std::string& jobId, WorkerCode code, const std::string& message,
        Watchdog::Outcome outcome = Watchdog::Outcome::Failure);
    [[nodiscard]] Result<Generated> draw(const std::shared_ptr<Current>& current, JobInput& input,
        const std::filesystem::path& folder, MonotonicPoint began, StepTimes& steps);
    [[nodiscard]] Result<Encoded> deliver(const std::shared_ptr<Current>& current, const JobInput& input,
        const Generated& made, MonotonicPoint& encodedAt, std::string& uploadError);
    [[nodiscard]] nlohmann::json debugOutput() const;

    const Settings m_settings;
    JobSource& m_source;
    Runner& m_runner;
    EventStream& m_events;
    Log& m_log;
    Redactor& m_redactor;
    const Clock& m_clock;
    Watchdog m_watchdog;
    JobReporter m_reporter;
    JobSecrets m_secrets;
    Loading m_loader;
    PictureFetcher m_pictures;
    Identity m_identity; ///< with the revision of what was fetched
    Encoder m_encoder;

    http::CancelToken m_taking;
    http::CancelToken m_loading;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<Current> m_current;
    ModelState m_model = ModelState::Loading;
    double m_loadSeconds = 0;
    std::string m_loadOverdue; ///< what of it took too long; empty: nothing did
    bool m_isLeaving = false;
    std::atomic<bool> m_isHurried{false}; ///< the job in hand is not waited for
    MonotonicPoint m_leftAt;
    bool m_isOver = false;
    bool m_isAbandoned = false;
    std::string m_leavingReason;
    int m_exitCode = 0;
};

} // namespace visgate::worker
