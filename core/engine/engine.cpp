// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/answer.h"
#include "core/base/owned_thread.h"
#include "core/engine/engine_core.h"

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

    /// Posts `call` to the engine thread; it begins when the engine has started.
    template <typename T> QFuture<Result<T>> post(std::function<Task<Result<T>>(EngineCore&)> call)
    {
        auto reply = std::make_shared<Answer<T>>();
        QFuture<Result<T>> future = reply->future();
        const auto begin = [engine = core.get(), reply, call = std::move(call)] {
            engine->whenStarted([engine, reply, call](const Result<void>& started) {
                if (!started)
                    reply->give(fail(started.error()));
                else if (engine->isStopping())
                    reply->give(fail(ErrorCode::Cancelled));
                else
                    engine->scope().add(answer<T>(reply, call(*engine)));
            });
        };
        QMetaObject::invokeMethod(core.get(), begin, Qt::QueuedConnection);
        return future;
    }

    std::unique_ptr<EngineCore> core; ///< lives on `thread`; deleted after it has ended
    OwnedThread thread;
};

Engine::Engine(EngineConfig config) : m_impl(std::make_unique<Impl>(std::move(config)))
{
    EngineCore* const core = m_impl->core.get();
    connect(core, &EngineCore::deploymentChanged, this, &Engine::deploymentChanged);
    connect(core, &EngineCore::jobChanged, this, &Engine::jobChanged);
    connect(core, &EngineCore::logAppended, this, &Engine::logAppended);
    connect(core, &EngineCore::limitPassed, this, &Engine::limitPassed);
    connect(core, &EngineCore::stopProgressed, this, &Engine::stopProgressed);
    connect(core, &EngineCore::endpointsChanged, this, &Engine::endpointsChanged);
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
    EngineCore* const core = m_impl->core.get();
    const auto begin = [core, invocation] {
        core->whenStarted([core, invocation](const Result<void>& started) {
            if (!started)
                invocation->answer(fail(started.error()));
            else if (core->isStopping())
                invocation->answer(fail(ErrorCode::Cancelled));
            else
                core->scope().add(core->handlers().run(invocation));
        });
    };
    QMetaObject::invokeMethod(core, begin, Qt::QueuedConnection);
}

void Engine::setCallbackAddress(std::optional<CallbackAddress> address)
{
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, address] { core->setCallbackAddress(address); }, Qt::QueuedConnection);
}

QFuture<Result<CallbackAnswer>> Engine::acceptCallback(CallbackReport report)
{
    return m_impl->post<CallbackAnswer>([report](EngineCore& core) { return core.acceptCallback(report); });
}

std::shared_ptr<const EngineSnapshot> Engine::snapshot() const
{
    return m_impl->core->snapshot();
}

} // namespace visgate
