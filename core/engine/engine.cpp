// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/answer.h"
#include "core/base/owned_thread.h"
#include "core/engine/handlers/engine_core.h"

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
                if (!started)
                    refuse(started.error());
                else if (engine->isStopping())
                    refuse(Error{ErrorCode::Cancelled, {}, 0, {}, {}});
                else
                    begin(*engine);
            });
        };
        QMetaObject::invokeMethod(core.get(), ask, Qt::QueuedConnection);
    }

    std::unique_ptr<EngineCore> core; ///< lives on `thread`; deleted after it has ended
    OwnedThread thread;
};

Engine::Engine(EngineConfig config) : m_impl(std::make_unique<Impl>(std::move(config)))
{
    const EnginePublisher* const told = &m_impl->core->publisher();
    connect(told, &EnginePublisher::deploymentChanged, this, &Engine::deploymentChanged);
    connect(told, &EnginePublisher::jobChanged, this, &Engine::jobChanged);
    connect(told, &EnginePublisher::logAppended, this, &Engine::logAppended);
    connect(told, &EnginePublisher::limitPassed, this, &Engine::limitPassed);
    connect(told, &EnginePublisher::stopProgressed, this, &Engine::stopProgressed);
    connect(told, &EnginePublisher::endpointsChanged, this, &Engine::endpointsChanged);
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
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, address] { core->setCallbackAddress(address); }, Qt::QueuedConnection);
}

QFuture<Result<CallbackAnswer>> Engine::acceptCallback(CallbackReport report)
{
    auto reply = std::make_shared<Answer<CallbackAnswer>>();
    auto future = reply->future();
    m_impl->whenStarted(
        [reply, report = std::move(report)](
            EngineCore& core) { core.scope().add(answer<CallbackAnswer>(reply, core.acceptCallback(report))); },
        [reply](const Error& why) { reply->give(fail(why)); });
    return future;
}

std::shared_ptr<const EngineSnapshot> Engine::snapshot() const
{
    return m_impl->core->publisher().snapshot();
}

} // namespace visgate
