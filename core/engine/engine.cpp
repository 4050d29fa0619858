// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/answer.h"
#include "core/base/owned_thread.h"
#include "core/engine/engine_core.h"
#include "core/engine/handlers/worker_callbacks.h"

#include <QMetaObject>

#include <functional>
#include <future>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename T> Task<void> answer(std::shared_ptr<Answer<T>> reply, Task<Result<T>> call)
{
    auto result = co_await call;
    reply->give(std::move(result));
}

} // namespace

class Engine::Impl {
public:
    explicit Impl(EngineConfig config)
        : core(std::make_unique<EngineCore>(std::move(config))), thread(startThread(u"engine"_s))
    {
        core->moveToThread(thread.get());
    }

    ~Impl()
    {
        std::promise<void> stopped;
        QMetaObject::invokeMethod(
            core.get(), [&] { core->stop([&] { stopped.set_value(); }); }, Qt::QueuedConnection);
        stopped.get_future().wait();
        thread.reset();
    }

    /// Runs `begin` on the engine thread once the engine has started, or `refuse` there with why it will not.
    void whenStarted(std::function<void(EngineCore&)> begin, std::function<void(const Error&)> refuse)
    {
        const auto ask = [engine = core.get(), begin = std::move(begin), refuse = std::move(refuse)] {
            engine->whenStarted([engine, begin, refuse](const Result<void>& started) {
                if (started)
                    begin(*engine);
                else
                    refuse(started.error());
            });
        };
        QMetaObject::invokeMethod(core.get(), ask, Qt::QueuedConnection);
    }

    std::unique_ptr<EngineCore> core; ///< lives on `thread`; deleted after it has ended
    OwnedThread thread;
};

Engine::Engine(EngineConfig config) : m_impl(std::make_unique<Impl>(std::move(config)))
{
    const EnginePublisher* const publisher = &m_impl->core->publisher();
    connect(publisher, &EnginePublisher::deploymentChanged, this, &Engine::deploymentChanged);
    connect(publisher, &EnginePublisher::jobChanged, this, &Engine::jobChanged);
    connect(publisher, &EnginePublisher::logAppended, this, &Engine::logAppended);
    connect(publisher, &EnginePublisher::limitPassed, this, &Engine::limitPassed);
    connect(publisher, &EnginePublisher::stopProgressed, this, &Engine::stopProgressed);
    connect(publisher, &EnginePublisher::endpointsChanged, this, &Engine::endpointsChanged);
}

Engine::~Engine() = default;

QFuture<Result<void>> Engine::start()
{
    auto reply = std::make_shared<Answer<void>>();
    QFuture<Result<void>> future = reply->future();
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, reply] { core->scope().add(answer<void>(reply, core->start())); }, Qt::QueuedConnection);
    return future;
}

void Engine::send(std::shared_ptr<Invocation> invocation)
{
    m_impl->whenStarted([invocation](EngineCore& core) { core.scope().add(core.handlers().run(invocation)); },
        [invocation](const Error& why) { invocation->answer(fail(why)); });
}

void Engine::setCallbackAddress(std::optional<CallbackAddress> address)
{
    const auto set = [address = std::move(address)](EngineCore& core) { core.callbacks().setAddress(address); };
    m_impl->whenStarted(set, [](const Error&) {});
}

QFuture<Result<CallbackAnswer>> Engine::acceptCallback(CallbackReport report)
{
    auto reply = std::make_shared<Answer<CallbackAnswer>>();
    auto future = reply->future();
    m_impl->whenStarted(
        [reply, report = std::move(report)](
            EngineCore& core) { core.scope().add(answer<CallbackAnswer>(reply, core.callbacks().accept(report))); },
        [reply](const Error& why) { reply->give(fail(why)); });
    return future;
}

std::shared_ptr<const EngineSnapshot> Engine::snapshot() const
{
    return m_impl->core->publisher().snapshot();
}

} // namespace visgate
