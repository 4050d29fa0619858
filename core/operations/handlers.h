// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/operations/invocation.h"

#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <type_traits>

namespace visgate {

/// Who handles which operation. Filled once; then its thread alone runs it.
class Handlers {
public:
    template <Operation Op> using Handler = std::function<Task<Result<typename Op::Reply>>(Op)>;

    template <Operation Op> void add(Handler<Op> handler)
    {
        m_handlers.insert_or_assign(
            Op::kInfo.name, [handler = std::move(handler)](std::shared_ptr<Invocation> invocation) {
                return handle<Op>(handler, std::move(invocation));
            });
    }

    /// Ends when it has been answered. NotFound for a name that nobody handles: asked by a newer program.
    [[nodiscard]] Task<void> run(std::shared_ptr<Invocation> invocation) const
    {
        const auto handler = m_handlers.find(invocation->name());
        if (handler == m_handlers.end())
            return refuse(std::move(invocation));
        return handler->second(std::move(invocation));
    }

private:
    template <Operation Op> static Task<void> handle(Handler<Op> handler, std::shared_ptr<Invocation> invocation)
    {
        using Reply = typename Op::Reply;
        const auto typed = std::dynamic_pointer_cast<TypedInvocation<Op>>(invocation);
        Result<Op> operation = typed ? Result<Op>(typed->take()) : decode<Op>(invocation->request());
        if (!operation) {
            const std::string& field = operation.error().detail;
            invocation->answer(
                fail(Error{ErrorCode::InvalidRequest, field + ": is missing or unusable", 0, {}, {field}}));
            co_return;
        }
        auto task = handler(*std::move(operation));
        auto result = co_await task;
        if (typed)
            typed->give(std::move(result));
        else if (!result)
            invocation->answer(fail(std::move(result.error())));
        else if constexpr (std::is_void_v<Reply>)
            invocation->answer(QJsonValue());
        else
            invocation->answer(encode(*result));
    }

    static Task<void> refuse(std::shared_ptr<Invocation> invocation)
    {
        const std::string name(invocation->name());
        invocation->answer(fail(Error{ErrorCode::NotFound, "operation " + name, 0, {}, {name}}));
        co_return;
    }

    std::map<std::string_view, std::function<Task<void>(std::shared_ptr<Invocation>)>> m_handlers;
};

} // namespace visgate
