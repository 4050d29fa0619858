// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/answer.h"
#include "core/operations/operation.h"

#include <QFuture>
#include <QJsonObject>
#include <QJsonValue>

#include <string>
#include <utility>

namespace visgate {

/// One operation on its way to who handles it, and where the answer goes. It passes through threads; one at a time
/// holds it. Whatever becomes of it, its future finishes: with Cancelled when nobody answered.
class Invocation {
public:
    Invocation() = default;
    Invocation(const Invocation&) = delete;
    Invocation& operator=(const Invocation&) = delete;
    virtual ~Invocation() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    /// What travels over a socket.
    [[nodiscard]] virtual QJsonObject request() const = 0;
    /// With what came back over one.
    virtual void answer(const Result<QJsonValue>& reply) = 0;
    [[nodiscard]] virtual bool mayRepeat() const = 0;
};

/// Asked in this process.
template <Operation Op> class TypedInvocation final : public Invocation {
public:
    using Reply = typename Op::Reply;

    explicit TypedInvocation(Op operation) : m_operation(std::move(operation)) { }

    [[nodiscard]] QFuture<Result<Reply>> future() const { return m_answer.future(); }
    /// Once: the handler's.
    [[nodiscard]] Op take() { return std::move(m_operation); }
    void give(Result<Reply> reply) { m_answer.give(std::move(reply)); }

    [[nodiscard]] std::string_view name() const override { return Op::kInfo.name; }
    [[nodiscard]] QJsonObject request() const override { return toJson(m_operation); }
    [[nodiscard]] bool mayRepeat() const override { return Op::kInfo.effect != Effect::Once; }
    void answer(const Result<QJsonValue>& reply) override
    {
        m_answer.give(reply ? decode<Reply>(*reply) : Result<Reply>(fail(reply.error())));
    }

private:
    Op m_operation;
    Answer<Reply> m_answer;
};

/// Came over a socket, by its name.
class WireInvocation final : public Invocation {
public:
    WireInvocation(std::string name, QJsonObject request) : m_name(std::move(name)), m_request(std::move(request)) { }

    [[nodiscard]] QFuture<Result<QJsonValue>> future() const { return m_answer.future(); }

    [[nodiscard]] std::string_view name() const override { return m_name; }
    [[nodiscard]] QJsonObject request() const override { return m_request; }
    [[nodiscard]] bool mayRepeat() const override { return false; }
    void answer(const Result<QJsonValue>& reply) override { m_answer.give(reply); }

private:
    std::string m_name;
    QJsonObject m_request;
    Answer<QJsonValue> m_answer;
};

} // namespace visgate
