// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/runpod_queue.h"

#include "core/foundation/backoff.h"
#include "core/foundation/json/json_read.h"
#include "core/foundation/json/json_value.h"
#include "worker/events/output.h"
#include "worker/queue/output_limit.h"
#include "worker/queue/pause.h"

#include <algorithm>

namespace visgate::worker {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t maxJobBytes = 32 * 1024 * 1024;
constexpr std::size_t maxIdBytes = 256;
constexpr std::size_t rememberedJobs = 256;
constexpr std::chrono::seconds rememberedStops{10}; ///< later the provider may mean another try of the job
constexpr int resultAttempts = 3; ///< at least; while the provider still holds the job for this worker there are more
/// What the provider gives a job that says nothing of its own.
constexpr milliseconds standardLease{600'000};
constexpr milliseconds longestLease{7 * 24 * 3'600'000LL};
constexpr std::size_t mostReasonBytes = 256;
constexpr milliseconds unhealthyTimeout{2'000};
constexpr milliseconds postTimeout{60'000};
/// An empty answer that comes sooner is not a long poll's; asking again at once would be a flood.
constexpr milliseconds earlyAnswer{100};
constexpr milliseconds stopFloor{1000};

/// Ids go into addresses and headers, so they must be plain.
bool isPlainId(const std::string& id)
{
    return !id.empty() && id.size() <= maxIdBytes
        && std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::string describe(const Result<WebReply>& reply)
{
    return reply ? "HTTP " + std::to_string(reply->status) : reply.error().detail;
}

/// Pauses between tries: never under the floor, never synchronised with other workers.
class Pauses {
public:
    explicit Pauses(const RunpodQueue::Options& options)
        : m_least(options.backoffLeast), m_backoff(options.backoffLeast, options.backoffMost, seededRandom())
    {
    }
    [[nodiscard]] milliseconds next() { return std::max(m_least, m_backoff.next()); }
    void reset() { m_backoff.reset(); }

private:
    milliseconds m_least;
    Backoff m_backoff;
};

} // namespace

RunpodQueue::RunpodQueue(Options options, Log& log)
    : m_options(std::move(options)), m_log(log),
      m_outbox(std::make_unique<Outbox>(
          [this](const std::string& jobId, const std::string& body, bool isEnd) { return post(jobId, body, isEnd); }))
{
}

RunpodQueue::~RunpodQueue()
{
    m_closing.cancel();
    m_outbox.reset();
    for (std::thread* thread : {&m_stopThread, &m_pingThread}) {
        if (thread->joinable()) {
            thread->join();
        }
    }
}

void RunpodQueue::start(std::function<void(const std::string&)> onStop)
{
    m_onStop = std::move(onStop);
    if (!m_options.urls.stop().empty()) {
        m_stopThread = std::thread([this] { watchStops(); });
    }
    if (!m_options.urls.ping({}).empty() && !m_options.key.isEmpty()) {
        m_pingThread = std::thread([this] { beat(); });
    }
}

WebRequest RunpodQueue::request(std::string url, milliseconds timeout) const
{
    WebRequest request;
    request.url = std::move(url);
    request.timeout = timeout;
    if (!m_options.key.isEmpty()) {
        request.headers.emplace_back("Authorization", std::string(m_options.key.reveal()));
    }
    return request;
}

std::optional<Job> RunpodQueue::take(const http::CancelToken& cancel)
{
    Pauses pauses(m_options);
    const WebRequest asking = request(m_options.urls.take(), m_options.longPoll);
    for (;;) {
        if (auto job = nextWaiting()) {
            return job;
        }
        if (cancel.isCancelled()) {
            return std::nullopt;
        }
        const auto began = steady_clock::now();
        const auto reply = m_takeTransport.send(asking, cancel, maxJobBytes);
        const bool isTimeout = !reply && reply.error().code == ErrorCode::NetworkTimeout;
        // 400 is what a resumed snapshot gets at times: no job.
        const bool isEmpty = isTimeout || (reply && (reply->status == 204 || reply->status == 400));
        milliseconds pause{0};
        if (reply && reply->status == 200) {
            readJobs(*reply);
            if (auto job = nextWaiting()) {
                return job;
            }
            pause = m_options.backoffLeast;
        } else if (isEmpty) {
            pauses.reset();
            pause = steady_clock::now() - began < earlyAnswer ? m_options.backoffLeast : milliseconds(0);
        } else if (reply && reply->status == 429) {
            pause = m_options.tooManyPause;
        } else if (!cancel.isCancelled()) {
            pause = pauses.next();
            m_log.write(LogLevel::Warning, "Asking for a job failed: " + describe(reply));
        }
        pauseFor(pause, cancel);
    }
}

void RunpodQueue::readJobs(const WebReply& reply)
{
    if (reply.contentType != "application/json" || reply.body.empty()) {
        return;
    }
    const json document = visgate::json::parse(reply.body).value_or(json());
    if (!document.is_array()) {
        readJob(document);
        return;
    }
    // Asked for one, the provider may hand out several: each is taken, and none is given back in time.
    for (const json& job : document) {
        readJob(job);
    }
}

void RunpodQueue::readJob(const json& document)
{
    const auto id = document.is_object() ? document.find("id") : document.end();
    if (!document.is_object() || id == document.end() || !id->is_string() || !document.contains("input")) {
        m_log.write(LogLevel::Error, "Job has missing field(s): id or input.");
        return;
    }
    const std::string jobId = id->get<std::string>();
    if (!isPlainId(jobId)) {
        m_log.write(LogLevel::Error, "Job has an id that cannot be used.");
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (std::find(m_succeeded.begin(), m_succeeded.end(), jobId) != m_succeeded.end()) {
        m_log.write(LogLevel::Warning, "Job was handed out again after its result was delivered.", jobId);
        return;
    }
    if (m_leases.contains(jobId)) {
        m_log.write(LogLevel::Warning, "Job was handed out again while it is in hand.", jobId);
        return;
    }
    if (wasStoppedEarly(jobId)) {
        m_log.write(LogLevel::Info, "Stopped before it came: the job is no longer wanted.", jobId);
        return;
    }
    const json policy = document.value("policy", json());
    const auto limit = visgate::json::integer(policy, "executionTimeout");
    const auto lease = limit && *limit > 0 ? std::min(milliseconds(*limit), longestLease) : standardLease;
    m_leases[jobId] = steady_clock::now() + lease;
    m_outbox->open(jobId);
    m_waiting.push_back(Job{jobId, document.dump()});
}

std::optional<Job> RunpodQueue::nextWaiting()
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    Job job = std::move(m_waiting.front());
    m_waiting.pop_front();
    return job;
}

void RunpodQueue::progress(const std::string& jobId, std::string json)
{
    m_outbox->progress(jobId, R"({"status":"IN_PROGRESS","output":)" + std::move(json) + "}");
}

Delivery RunpodQueue::finish(const std::string& jobId, const JobEnd& end)
{
    const std::string tail = end.stopWorker ? R"(,"stopPod":true})" : "}";
    std::string body = (end.isError ? R"({"error":)" : R"({"output":)") + end.json + tail;
    const bool isTooLarge = body.size() > m_options.maxResultBytes;
    if (isTooLarge) {
        body = R"({"error":)" + outputTooLarge(body.size(), m_options.maxResultBytes) + tail;
    }
    bool wasOpen = false;
    const bool arrived = m_outbox->end(jobId, std::move(body), wasOpen);
    if (!wasOpen) {
        return Delivery::Repeated;
    }
    leaveHand(jobId);
    if (!arrived) {
        return Delivery::Lost;
    }
    if (!end.isError && !isTooLarge) {
        const std::lock_guard lock(m_mutex);
        m_succeeded.push_back(jobId);
        if (m_succeeded.size() > rememberedJobs) {
            m_succeeded.pop_front();
        }
    }
    return isTooLarge ? Delivery::TooLarge : Delivery::Delivered;
}

void RunpodQueue::drop(const std::string& jobId)
{
    m_outbox->close(jobId);
    leaveHand(jobId);
}

void RunpodQueue::setAlive(bool isAlive)
{
    m_isAlive = isAlive;
}

std::size_t RunpodQueue::mostOutputBytes() const
{
    constexpr std::size_t around = 64; // what finish() puts around it
    return m_options.maxResultBytes - std::min(m_options.maxResultBytes, around);
}

void RunpodQueue::reportUnhealthy(const std::string& check, const std::string& reason)
{
    const std::string url = m_options.urls.unhealthy(check, reason.substr(0, mostReasonBytes));
    if (url.empty()) {
        return;
    }
    Transport transport;
    const auto reply = transport.send(request(url, unhealthyTimeout), m_closing);
    if (!reply || reply->status >= 300) {
        m_log.write(
            LogLevel::Warning, "The provider could not be told that this worker cannot work: " + describe(reply));
    }
}

void RunpodQueue::leaveHand(const std::string& jobId)
{
    const std::lock_guard lock(m_mutex);
    m_leases.erase(jobId);
    m_unwanted.erase(jobId);
}

bool RunpodQueue::isWanted(const std::string& jobId)
{
    const std::lock_guard lock(m_mutex);
    return !m_unwanted.contains(jobId);
}

/// What has not begun is taken out of the hand; of what has, whoever does it is told. The two channels are apart, so
/// that a stop may overtake its job, or come between two copies of it.
void RunpodQueue::stopJob(const std::string& jobId)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool isWaiting = std::erase_if(m_waiting, [&jobId](const Job& job) { return job.id == jobId; }) > 0;
        if (isWaiting) {
            m_outbox->close(jobId);
            m_leases.erase(jobId);
        }
        if (m_leases.contains(jobId)) {
            m_unwanted.insert(jobId);
        } else {
            m_stoppedEarly[jobId] = steady_clock::now();
        }
    }
    m_onStop(jobId);
}

bool RunpodQueue::wasStoppedEarly(const std::string& jobId)
{
    std::erase_if(
        m_stoppedEarly, [now = steady_clock::now()](const auto& stop) { return now - stop.second > rememberedStops; });
    return m_stoppedEarly.contains(jobId);
}

std::vector<std::string> RunpodQueue::inHand() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> ids;
    for (const auto& [id, lease] : m_leases) {
        ids.push_back(id);
    }
    return ids;
}

steady_clock::time_point RunpodQueue::leaseOf(const std::string& jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_leases.find(jobId);
    return found == m_leases.end() ? steady_clock::time_point() : found->second;
}

bool RunpodQueue::post(const std::string& jobId, const std::string& body, bool isEnd)
{
    WebRequest posting = request(m_options.urls.done(jobId), postTimeout);
    posting.method = "POST";
    posting.body = body;
    posting.headers.emplace_back(
        "Content-Type", "application/x-www-form-urlencoded"); // though it is JSON: the protocol
    posting.headers.emplace_back("charset", "utf-8");
    posting.headers.emplace_back("X-Request-ID", jobId);
    Pauses pauses(m_options);
    // A result that was paid for is worth asking for as long as the provider keeps the job for this worker; the next
    // progress replaces a lost one.
    const auto lease = leaseOf(jobId);
    for (int attempt = 1;; ++attempt) {
        const auto reply = m_postTransport.send(posting, m_closing);
        if (reply && reply->status >= 200 && reply->status < 300) {
            return true;
        }
        m_log.write(isEnd ? LogLevel::Error : LogLevel::Warning,
            (isEnd ? "Failed to return job results. | " : "Failed to report progress. | ") + describe(reply), jobId);
        const bool isFinal = reply && reply->status >= 400 && reply->status < 500 && reply->status != 429;
        const bool isEnough = !isEnd || (attempt >= resultAttempts && steady_clock::now() >= lease);
        if (isFinal || isEnough || !pauseFor(pauses.next(), m_closing)) {
            return false;
        }
    }
}

void RunpodQueue::watchStops()
{
    Transport transport;
    Pauses pauses(m_options);
    while (!m_closing.isCancelled()) {
        const auto began = steady_clock::now();
        const auto reply = transport.send(request(m_options.urls.stop(), m_options.longPoll), m_closing);
        milliseconds pause{0};
        if (reply && reply->status == 200) {
            pauses.reset();
            const json document = visgate::json::parse(reply->body).value_or(json());
            const auto ids = document.is_object() ? document.value("jobsToStop", json::array()) : json::array();
            for (const auto& id : ids) {
                if (id.is_string()) {
                    stopJob(id.get<std::string>());
                }
            }
            pause = ids.empty() ? stopFloor : milliseconds(0);
        } else if (reply && reply->status == 429) {
            pause = m_options.tooManyPause;
        } else if (reply && (reply->status == 204 || reply->status == 400)) {
            pauses.reset();
            pause = steady_clock::now() - began < stopFloor ? stopFloor : milliseconds(0);
        } else if (reply || reply.error().code != ErrorCode::NetworkTimeout) {
            pause = std::max(stopFloor, pauses.next());
        }
        pauseFor(pause, m_closing);
    }
}

void RunpodQueue::beat()
{
    constexpr int attempts = 3;
    Transport transport;
    Pauses pauses(m_options);
    while (!m_closing.isCancelled()) {
        for (int attempt = 1; m_isAlive && attempt <= attempts; ++attempt) {
            const auto reply
                = transport.send(request(m_options.urls.ping(inHand()), 2 * m_options.pingInterval), m_closing);
            const bool isWorthRetry = !reply || reply->status == 429 || reply->status >= 500;
            if (!isWorthRetry || !pauseFor(pauses.next(), m_closing)) {
                pauses.reset();
                break;
            }
        }
        pauseFor(m_options.pingInterval, m_closing);
    }
}

} // namespace visgate::worker
