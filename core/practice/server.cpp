// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/server.h"

#include "core/foundation/file_error.h"
#include "core/foundation/hash.h"
#include "core/foundation/ids.h"
#include "core/foundation/json/json_read.h"
#include "core/foundation/platform/file_lock.h"
#include "core/practice/hub/hub.h"
#include "core/practice/platform/file.h"
#include "core/practice/platform/signals.h"
#include "core/practice/provider.h"
#include "core/practice/queue/webhooks.h"
#include "core/practice/storage/file_text.h"
#include "core/practice/wire/logged_exchange.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/rest_api.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <thread>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr auto busyTick = 20ms;
constexpr auto idleTick = 250ms;
constexpr std::size_t mostBodyBytes = 32 * 1024 * 1024;  ///< above the queue API's own limits
constexpr std::size_t mostHeldBytes = 128 * 1024 * 1024; ///< all clients together
constexpr std::size_t strangersBodyBytes = 64 * 1024;    ///< enough to be told that one may not come in

/// A page in the user's browser must not reach a server on this computer: it sends an Origin, or a foreign Host.
bool isFromThisComputer(const http::Request& request)
{
    const auto isLocal = [](std::string_view host) {
        const auto name = host.substr(0, host.rfind(':'));
        return name == "127.0.0.1" || name == "localhost";
    };
    if (request.headers.contains("Origin"))
        return false;
    return isLocal(request.headers.get("Host"));
}

bool isWorkerCall(const std::vector<std::string>& segments)
{
    if (segments.size() < 4 || segments[0] != "queue")
        return false;
    const std::string& what = segments[3];
    return what.starts_with("job-") || what == "ping";
}

/// The account keeps its token when its process is started anew, so that its key stays the same account's.
Keys keysIn(const std::filesystem::path& folder)
{
    const auto kept = visgate::json::parseObject(readFile(folder / "practice.json"));
    const std::string token = kept ? visgate::json::text(*kept, "token") : std::string();
    return token.empty() ? Keys::fresh() : Keys::of(token);
}

std::vector<std::string> behind(const std::vector<std::string>& segments, std::size_t count)
{
    return {segments.begin() + static_cast<std::ptrdiff_t>(std::min(count, segments.size())), segments.end()};
}

} // namespace

class PracticeServer::Impl {
public:
    Impl(const ServeOptions& options, visgate::platform::FileLock lock, Journal journal)
        : m_options(options), m_lock(std::move(lock)), m_provider(Account(std::move(journal)), settingsFrom(options)),
          m_rest(m_world, m_provider.queue, m_provider.fleet, m_api)
    {
        addQueueRoutes(m_queueRoutes, m_world, m_provider.queue, m_api);
        addWorkerRoutes(m_workerRoutes, m_world, m_provider.queue, m_provider.fleet);
        addHubRoutes(m_hubRoutes, m_world, m_hub);
        addRegistryRoutes(m_registryRoutes, m_world);
        addS3Routes(m_s3Routes, m_world);
        addControlRoutes(m_controlRoutes, m_world, m_provider.fleet, m_api);
        addSurroundingsRoutes(m_controlRoutes, m_world);
        m_api.shutDown = [this] { // its own reply goes out first
            m_later.push_back({std::chrono::steady_clock::now() + 100ms, [this] { m_over = true; }});
        };
        m_provider.queue.onWebhook = [this](const Job& job) { m_webhooks.deliver(job, m_world.scaled(10s)); };
        m_lastClient = std::chrono::steady_clock::now();
    }

    ~Impl()
    {
        {
            const std::lock_guard guard(m_world.mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        if (m_ticker.joinable())
            m_ticker.join();
        m_server.reset(); // joins its thread: no handler runs from here on
        m_webhooks.stop();
    }

    Result<void> start()
    {
        http::ServerLimits limits;
        limits.bodyBytes = mostBodyBytes;
        limits.heldBytes = mostHeldBytes;
        limits.bodyBytesFor
            = [this](const http::Request& head) { return isKnown(head) ? mostBodyBytes : strangersBodyBytes; };
        limits.connections = 1024;
        limits.streamBacklogBytes = 16 * 1024 * 1024;
        http::Listen listen;
        listen.port = m_options.port;
        const std::lock_guard guard(m_world.mutex); // no request is handled before the origin is known
        auto server = http::Server::start(
            listen, [this](std::shared_ptr<http::Exchange> exchange) { receive(std::move(exchange)); }, limits);
        if (!server)
            return fail(server.error());
        m_server = std::move(*server);
        m_addresses = Addresses::at(m_server->port(), platform::ownPid(), m_world.settings.keys);
        m_world.settings.origin = "http://127.0.0.1:" + std::to_string(m_server->port());
        m_world.settings.hub = m_addresses.hub;
        m_provider.fleet.recover();
        m_ticker = std::thread([this] { keepTime(); });
        return platform::replaceFile(
            m_options.dataFolder / "practice.json", m_addresses.toJson(Addresses::Tell::Keys) + '\n');
    }

    [[nodiscard]] const Addresses& addresses() const { return m_addresses; }
    [[nodiscard]] bool isOver() const { return m_over; }

private:
    /// Whether a request whose body is still to come is from somebody who may come in.
    bool isKnown(const http::Request& head)
    {
        const std::lock_guard guard(m_world.mutex);
        const Keys& keys = m_world.settings.keys;
        const auto segments = head.pathSegments();
        const std::string_view authorization = head.headers.get("Authorization");
        if (keys.isOpen() || keys.takesControl(authorization) || hasGoodKey(keys, head, true))
            return true;
        if (!segments.empty() && segments.front() == "s3")
            return isSignedCall(keys, head);
        if (!isWorkerCall(segments))
            return false;
        const auto endpoint = m_world.account.endpoints.find(segments[2]);
        return endpoint != m_world.account.endpoints.end()
            && constantTimeEquals(authorization, endpoint->second.workerKey);
    }

    static WorldSettings settingsFrom(const ServeOptions& options)
    {
        WorldSettings settings;
        settings.folder = std::filesystem::absolute(options.dataFolder);
        settings.speed = options.speed;
        settings.seed = options.seed;
        settings.stochastic = options.stochastic;
        settings.imageCommands = options.images;
        settings.keys = options.open ? Keys::open() : keysIn(settings.folder);
        settings.tellsSecrets = options.tellsSecrets;
        if (!options.workerProgram.empty()) {
            settings.imageCommands[defaultWorkerImage] = {options.workerProgram, {}};
            // Where the worker itself has them from (worker/command_line.cpp).
            const auto prefix = std::filesystem::absolute(options.workerProgram).parent_path().parent_path();
            settings.weightsFile = prefix / "share/visgate/models/shapes/shapes.safetensors";
        }
        for (auto& [image, command] : settings.imageCommands) // workers start in folders of their own
            command.program = std::filesystem::absolute(command.program);
        return settings;
    }

    /// On the server's thread.
    void receive(std::shared_ptr<http::Exchange> exchange)
    {
        const std::lock_guard guard(m_world.mutex);
        const http::Request& request = exchange->request();
        auto segments = request.pathSegments();
        const std::string requestId = randomHex(16);
        const bool isControl = !segments.empty() && segments.front() == "__practice__";
        // The control routes are not part of the provider: neither logged nor faulted.
        const std::string target = m_world.settings.keys.behindDoor(request.target);
        const std::uint64_t number = isControl ? 0 : m_api.log.arrived(request, target, m_world.now(), requestId);
        http::Headers extra{{"x-request-id", requestId}};
        if (const std::string date = m_world.surroundings.dateHeader(); !date.empty())
            extra.set("Date", date);
        auto logged = std::make_shared<LoggedExchange>(
            std::move(exchange), std::move(extra), [this, number](int status) { m_api.log.answered(number, status); });
        if (!isWorkerCall(segments))
            m_lastClient = std::chrono::steady_clock::now();
        if (!isFromThisComputer(logged->request())) {
            logged->respond(problemReply(403, "practice mode answers this computer only"));
            return;
        }
        std::shared_ptr<http::Exchange> front = logged;
        if (const auto fault
            = isControl ? std::nullopt : m_api.faults.next(request.method, target.substr(0, target.find('?')))) {
            m_api.log.faulted(number, "yes");
            if (!isHandled(*fault)) {
                if (fault->kind == FaultEffect::Kind::Hang)
                    m_hanging.push_back(logged);
                answerAlone(*logged, *fault);
                return;
            }
            front = makeFaulty(logged, *fault, [this](auto delay, auto action) {
                m_later.push_back({std::chrono::steady_clock::now() + delay, std::move(action)});
                m_wake.notify_all();
            });
        }
        if (auto reply = route({front, {}}, std::move(segments), *logged))
            front->respond(std::move(*reply));
        m_wake.notify_all();
    }

    Reply route(const Visit& visit, std::vector<std::string> segments, LoggedExchange& logged)
    {
        const Keys& keys = m_world.settings.keys;
        const bool isThroughDoor = keys.isOpen() || (!segments.empty() && keys.isDoor(segments.front()));
        if (isThroughDoor && !keys.isOpen())
            segments.erase(segments.begin());
        const std::string area = segments.empty() ? "" : segments.front();
        const bool versioned = segments.size() > 1 && segments[1] == "v2";
        if (area == "rest" && versioned)
            return m_rest.handle(visit, behind(segments, 2), logged);
        if (area == "queue" && versioned && isWorkerCall(segments))
            return plain(m_workerRoutes, visit, behind(segments, 2));
        if (area == "queue" && versioned) {
            if (!hasGoodKey(keys, visit.request(), true))
                return jsonReply(401, {{"error", "unauthorized"}});
            return plain(m_queueRoutes, visit, behind(segments, 2));
        }
        if (area == "graphql" && segments.size() == 1)
            return answerGraphql(m_world, visit);
        if (area == "s3")
            return plain(m_s3Routes, visit, behind(segments, 1));
        if (area == "hub" && isThroughDoor)
            return plain(m_hubRoutes, visit, behind(segments, 1));
        if (area == "registry" && isThroughDoor)
            return plain(m_registryRoutes, visit, behind(segments, 1));
        if (area == "__practice__" && keys.takesControl(visit.request().headers.get("Authorization")))
            return plain(m_controlRoutes, visit, behind(segments, 1));
        if (!isThroughDoor) // a stranger does not learn what there is
            return jsonReply(401, {{"error", "unauthorized"}});
        return jsonReply(404, {{"error", "not found"}});
    }

    static Reply plain(const Router& router, const Visit& visit, const std::vector<std::string>& segments)
    {
        auto match = router.find(visit.request().method, segments);
        if (match.handler)
            return (*match.handler)({visit.exchange, std::move(match.params)});
        auto reply = jsonReply(match.allow.empty() ? 404 : 405, {{"error", "not found"}});
        if (!match.allow.empty())
            reply.headers.set("Allow", match.allow);
        return reply;
    }

    /// The provider's own thread: time, workers, late answers.
    void keepTime()
    {
        std::unique_lock lock(m_world.mutex);
        while (!m_stop) {
            m_provider.tick();
            runLater();
            std::erase_if(m_hanging, [](const auto& exchange) { return exchange->isClosed(); });
            if (m_world.logs.followers() > 0)
                m_lastClient = std::chrono::steady_clock::now();
            const bool leaves
                = m_options.leaveAfter > 0s && std::chrono::steady_clock::now() - m_lastClient > m_options.leaveAfter;
            if (leaves)
                m_over = true;
            m_wake.wait_for(lock, isBusy() ? busyTick : idleTick);
        }
        m_provider.fleet.endAll(); // here: the workers are children of this thread
    }

    bool isBusy() const { return !m_later.empty() || m_provider.fleet.hasWorkers() || m_provider.queue.hasWork(); }

    void runLater()
    {
        const auto now = std::chrono::steady_clock::now();
        std::vector<std::function<void()>> due;
        for (auto at = m_later.begin(); at != m_later.end();) {
            if (at->first <= now) {
                due.push_back(std::move(at->second));
                at = m_later.erase(at);
            } else {
                ++at;
            }
        }
        for (const auto& action : due)
            action();
    }

    const ServeOptions m_options;
    const visgate::platform::FileLock m_lock;
    Provider m_provider;
    World& m_world = m_provider.world;
    ApiState m_api;
    Hub m_hub{m_options.hubFolder};
    RestApi m_rest;
    Router m_queueRoutes;
    Router m_workerRoutes;
    Router m_hubRoutes;
    Router m_registryRoutes;
    Router m_s3Routes;
    Router m_controlRoutes;
    Webhooks m_webhooks;
    Addresses m_addresses;
    std::vector<std::pair<std::chrono::steady_clock::time_point, std::function<void()>>> m_later;
    std::vector<std::shared_ptr<http::Exchange>> m_hanging;
    std::chrono::steady_clock::time_point m_lastClient;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::atomic<bool> m_over = false;
    std::thread m_ticker;
    std::unique_ptr<http::Server> m_server;
};

Addresses Addresses::at(std::uint16_t port, long pid, Keys keys)
{
    const std::string origin = "http://127.0.0.1:" + std::to_string(port);
    const std::string behindDoor = keys.door.empty() ? origin : origin + '/' + keys.door;
    return {port, pid, origin + "/rest/v2", origin + "/queue/v2", behindDoor + "/hub", behindDoor + "/registry",
        origin + "/s3/%1", origin + "/graphql", origin + "/__practice__", std::move(keys)};
}

std::string Addresses::toJson(Tell what) const
{
    json value = {{"port", port}, {"pid", pid}, {"rest", rest}, {"queue", queue}, {"volumes", volumes},
        {"graphql", graphql}, {"control", control}};
    if (keys.isOpen() || what == Tell::Keys) { // the door is a key as well
        value["hub"] = hub;
        value["registry"] = registry;
    }
    if (what == Tell::Keys) {
        value["token"] = keys.isOpen() ? json(nullptr) : json(keys.token);
        value["api_key"] = keys.apiKey;
        value["storage_key_id"] = keys.storageKeyId;
        value["storage_secret"] = keys.storageSecret;
    }
    return value.dump();
}

PracticeServer::PracticeServer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) { }
PracticeServer::~PracticeServer() = default;

Result<std::unique_ptr<PracticeServer>> PracticeServer::start(const ServeOptions& options)
{
    const std::filesystem::path& root = options.dataFolder;
    for (const auto& folder : {root, root / "logs", root / "workers"}) {
        if (auto made = platform::makePrivateFolder(folder); !made)
            return fail(made.error());
    }
    auto lock = visgate::platform::FileLock::take(root / "practice.lock");
    if (!lock && lock.error().code == ErrorCode::Conflict)
        return fail(fileError(ErrorCode::AlreadyServed, root));
    if (!lock)
        return fail(lock.error());
    auto journal = Journal::open(root / "account.jsonl");
    if (!journal)
        return fail(journal.error());
    auto impl = std::make_unique<Impl>(options, std::move(*lock), std::move(*journal));
    if (auto started = impl->start(); !started)
        return fail(started.error());
    return std::unique_ptr<PracticeServer>(new PracticeServer(std::move(impl)));
}

const Addresses& PracticeServer::addresses() const
{
    return m_impl->addresses();
}

bool PracticeServer::isOver() const
{
    return m_impl->isOver();
}

Result<int> serve(const ServeOptions& options, const std::function<void(const Addresses&)>& onReady)
{
    platform::holdEndSignals();
    auto server = PracticeServer::start(options);
    if (!server)
        return fail(server.error());
    onReady((*server)->addresses());
    while (!(*server)->isOver() && !platform::waitForEndSignal(200ms)) { }
    return 0;
}

} // namespace visgate::practice
