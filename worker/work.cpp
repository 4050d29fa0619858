// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/work.h"

#include "core/foundation/ids.h"
#include "worker/delivery/upload_address.h"
#include "worker/delivery/uploads.h"
#include "worker/events/output.h"
#include "worker/http/http_jobs.h"
#include "worker/model_store/model_store.h"
#include "worker/model_store/read_ahead.h"
#include "worker/platform/memory.h"
#include "worker/platform/process.h"
#include "worker/queue/runpod_queue.h"
#include "worker/queue/transport.h"
#include "worker/runner_choice.h"
#include "worker/supervisor/callback.h"
#include "worker/supervisor/supervisor.h"

#include <charconv>
#include <cstdlib>
#include <mutex>
#include <ostream>

namespace visgate::worker {
namespace {

constexpr std::chrono::seconds partingTime{2}; ///< for what the panel is told before the process is cut off

std::string valueOf(const Environment& environment, const char* name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

/// None where the panel has no address, or one that its secret must not be sent to.
std::unique_ptr<Callback> callbackOf(const std::string& address, const Secret& secret, Log& log)
{
    if (address.empty() || secret.isEmpty()) {
        return nullptr;
    }
    const auto reach = reachOf(address);
    if (!reach) {
        log.write(LogLevel::Warning, "VISGATE_WEBHOOK is neither https nor on this computer; it is not used.");
        return nullptr;
    }
    return std::make_unique<Callback>(address, *reach, secret.clone(), log);
}

void listen(EventStream& events, const std::unique_ptr<Callback>& callback)
{
    if (callback) {
        events.setListener(
            [target = callback.get()](const WorkerEvent& event, const std::string& line) { target->add(event, line); });
    }
}

RunpodQueue::Options queueOptions(const Settings& settings)
{
    return {RunpodUrls(settings.takeTemplate, settings.doneTemplate, settings.pingTemplate, settings.workerId),
        settings.workerKey.clone(), settings.pingInterval};
}

std::optional<BucketAccess> bucketOf(const Settings& settings)
{
    const Settings::Storage& storage = settings.storage;
    if (storage.bucket.empty()) {
        return std::nullopt;
    }
    // Whoever set the worker up says where its bucket is: in a cluster it may be a host of the cluster's own.
    return BucketAccess{storage.endpoint, storage.region.empty() ? regionOf(storage.endpoint) : storage.region,
        storage.bucket, storage.prefix, storage.accessKeyId, storage.secretKey.clone(),
        std::string(storage.sessionToken.reveal()), storage.publicBase, Reach::Anywhere};
}

/// Why nobody can bring jobs here, in words that name the settings.
std::string whyDeaf(const Settings& settings, const Error& error)
{
    const std::string port = std::to_string(settings.httpPort);
    switch (error.code) {
    case ErrorCode::PortBusy:
        return "Port " + port + " on " + settings.httpAddress
            + " is taken by another program; choose another one by HTTP_PORT (0: any that is free)";
    case ErrorCode::InvalidRequest:
        return "HTTP_ADDRESS " + settings.httpAddress + " is not an address of the internet protocol";
    default:
        return "Cannot listen on " + settings.httpAddress + ", port " + port + ": " + error.detail;
    }
}

HttpJobs::Options httpOptions(const Settings& settings, const Runner& runner)
{
    HttpJobs::Options options;
    options.listen.address = settings.httpAddress;
    options.listen.port = settings.httpPort;
    options.routes = {settings.httpKey.clone(), settings.httpBasePath};
    options.portrait.modelId = settings.modelId;
    options.portrait.runner = runner.name();
    options.portrait.gpu = settings.gpu;
    options.portrait.isDemo = runner.isDemo();
    options.workerId = settings.workerId;
    return options;
}

/// Where jobs come from. None if the address cannot be had: then `events` and `errors` know why.
std::unique_ptr<JobSource> openSource(const Settings& settings, const Runner& runner, const Clock& clock,
    EventStream& events, Log& log, std::ostream& errors)
{
    if (settings.mode != Settings::Mode::Http) {
        return std::make_unique<RunpodQueue>(queueOptions(settings), log);
    }
    auto jobs = HttpJobs::open(httpOptions(settings, runner), clock);
    if (!jobs) {
        const std::string why = whyDeaf(settings, jobs.error());
        errors << why << std::endl;
        events.emit(FailedEvent{toString(WorkerCode::Config), why, {}});
        events.emit(LeavingEvent{why});
        return nullptr;
    }
    events.emit(ListeningEvent{settings.httpAddress, (*jobs)->port()});
    return std::move(*jobs);
}

/// Fetches into `model`; what need not be fetched is read ahead, while the runner starts.
FetchModel fetcher(ModelStore& store, StoredModel& model, std::unique_ptr<ReadAhead>& readAhead)
{
    return [&store, &model, &readAhead](const FetchNews& news, const http::CancelToken& cancel) -> Result<std::string> {
        const FetchProgress::Listener listener{[&news](const FetchProgress::State& state) {
                                                   news.onDownload({static_cast<std::int64_t>(state.bytes),
                                                       static_cast<std::int64_t>(state.total), state.bytesPerSecond});
                                               },
            news.onSign};
        auto stored = store.fetch(listener, cancel);
        if (!stored) {
            return fail(stored.error());
        }
        model = std::move(*stored);
        if (model.wasThere) {
            news.onPhase("volume"); // the panel shows where it came from
            readAhead = std::make_unique<ReadAhead>(weightFiles(model.folder), platform::memoryForFiles());
        }
        return model.revision;
    };
}

/// The supervisor, to whom requests to leave go as soon as there is one.
class Leaving {
public:
    void ask(const char* reason, bool isNow)
    {
        const std::lock_guard lock(m_mutex);
        m_reason = reason;
        m_isNow = m_isNow || isNow;
        pass();
    }
    void setSupervisor(Supervisor* supervisor)
    {
        const std::lock_guard lock(m_mutex);
        m_supervisor = supervisor;
        pass();
    }

private:
    void pass()
    {
        if (m_supervisor == nullptr || m_reason == nullptr) {
            return;
        }
        if (m_isNow) {
            m_supervisor->leaveNow(m_reason, exitDone);
        } else {
            m_supervisor->leave(m_reason, exitDone);
        }
    }

    std::mutex m_mutex;
    Supervisor* m_supervisor = nullptr;
    const char* m_reason = nullptr;
    bool m_isNow = false;
};

} // namespace

std::uint64_t randomSeed()
{
    std::uint64_t seed = 0;
    const std::string hex = randomHex(8);
    std::from_chars(hex.data(), hex.data() + hex.size(), seed, 16);
    return seed;
}

Identity identityOf(const Settings& settings, const Runner& runner)
{
    return {settings.modelId, settings.revision, runner.name(), settings.gpu, runner.isDemo()};
}

void sayWhyNot(WorkerCode code, const std::string& reason, const Environment& environment, std::ostream& out,
    const Settings* settings)
{
    const RealClock clock;
    Redactor redactor;
    for (const auto& secret : secretValues(environment)) {
        redactor.addSecret(secret);
    }
    Output output(out, redactor);
    EventStream events(output, clock);
    // The panel hears it as well where it can be reached; its address needs none of the settings that are wrong.
    Log log(output, LogLevel::Debug);
    const auto callback = callbackOf(
        valueOf(environment, "VISGATE_WEBHOOK"), Secret(valueOf(environment, "VISGATE_INTERNAL_SECRET")), log);
    listen(events, callback);
    events.emit(FailedEvent{toString(code), reason, {}});
    if (settings != nullptr && settings->mode == Settings::Mode::Queue) {
        RunpodQueue(queueOptions(*settings), log).reportUnhealthy("runtime", redactor.redact(reason));
    }
    events.emit(LeavingEvent{reason});
}

int work(const Settings& settings, const Environment& environment, std::ostream& out, std::ostream& errors)
{
    const RealClock clock;
    Redactor redactor;
    for (const auto& secret : secretValues(environment)) {
        redactor.addSecret(secret);
    }
    Output output(out, redactor);
    Log log(output, settings.logLevel);
    EventStream events(output, clock);

    // Before the source and the callback, whose threads must not be the ones that a signal interrupts.
    Leaving leaving;
    const platform::EndRequests endRequests([&leaving] { leaving.ask("asked to", false); });
    std::unique_ptr<platform::InputWatch> inputWatch;
    if (settings.leavesWithInput) {
        inputWatch = std::make_unique<platform::InputWatch>(
            [&leaving] { leaving.ask("whoever started this worker is gone", true); });
    }

    const auto callback = callbackOf(settings.callback, settings.callbackSecret, log);
    listen(events, callback);
    StoredModel model;
    const auto store = makeStore(settings, clock, log);
    const auto runner = makeRunner(
        settings, environment, [&model] { return model.folder; }, log);
    std::unique_ptr<ReadAhead> readAhead;
    const auto source = openSource(settings, *runner, clock, events, log, errors);
    if (!source) {
        return exitUsage;
    }
    Uploads uploads(bucketOf(settings), clock); // used by the thread that does the jobs
    Watchdog::Limits limits;
    limits.idle = settings.idleTimeout;
    limits.load = settings.loadTimeout;
    limits.failures = settings.failureThreshold;
    Supervisor::Settings how;
    how.identity = identityOf(settings, *runner);
    how.limits = limits.slower(settings.patience);
    how.ffmpeg = settings.ffmpeg;
    how.drain = settings.drainTimeout;
    how.randomSeed = randomSeed;
    how.abandon = [&callback, &source](int code) {
        source->close(partingTime);
        if (callback) {
            callback->flush(partingTime);
        }
        std::_Exit(code);
    };
    how.upload = [&uploads](std::vector<PictureFile>& files, const UploadTarget& target,
                     const http::CancelToken& cancel) { return uploads.put(files, target, cancel); };
    if (store) {
        how.fetch = fetcher(*store, model, readAhead);
    }
    Supervisor supervisor(std::move(how), *source, *runner, events, log, redactor, clock);
    leaving.setSupervisor(&supervisor);
    const int exitCode = supervisor.run();
    leaving.setSupervisor(nullptr);
    return exitCode;
}

} // namespace visgate::worker
