// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/faults/faults.h"

#include "core/foundation/json/json_value.h"

#include <algorithm>
#include <array>

namespace visgate::practice {

using nlohmann::json;

namespace {

using Kind = FaultEffect::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 9> effectNames{
    {{"status", Kind::Status}, {"delay", Kind::Delay}, {"drop", Kind::Drop}, {"reset_before", Kind::ResetBefore},
        {"reset_after", Kind::ResetAfter}, {"garbage", Kind::Garbage}, {"wire_garbage", Kind::WireGarbage},
        {"content_type", Kind::ContentType}, {"hang", Kind::Hang}}};

constexpr std::string_view garbage = "\x07{]not json<\xff\xfe\x00\x01>";

std::string onTheWire(const http::Response& response)
{
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " Practice\r\n";
    for (const auto& [name, value] : response.headers.all())
        text.append(name).append(": ").append(value).append("\r\n");
    return text + "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n" + response.body;
}

/// Stands between a handler and the client, and spoils the answer.
class FaultyExchange final : public http::Exchange {
public:
    FaultyExchange(std::shared_ptr<http::Exchange> inner, FaultEffect effect, Later later)
        : m_inner(std::move(inner)), m_effect(std::move(effect)), m_later(std::move(later))
    {
    }

    [[nodiscard]] const http::Request& request() const override { return m_inner->request(); }

    void respond(http::Response response) override
    {
        switch (m_effect.kind) {
        case Kind::Delay:
            m_later(m_effect.delay,
                [inner = m_inner, late = std::move(response)]() mutable { inner->respond(std::move(late)); });
            return;
        case Kind::Drop:
            m_inner->sendRawAndAbort(onTheWire(response).substr(0, m_effect.bytes));
            return;
        case Kind::ResetAfter:
            m_inner->abort();
            return;
        case Kind::Garbage:
            response.body = garbage;
            break;
        case Kind::ContentType:
            response.headers.set("Content-Type", m_effect.contentType);
            break;
        default:
            break;
        }
        m_inner->respond(std::move(response));
    }

    void beginStream(int status, http::Headers headers) override
    {
        if (m_effect.kind == Kind::ResetAfter) {
            m_inner->abort();
            return;
        }
        if (m_effect.kind == Kind::ContentType)
            headers.set("Content-Type", m_effect.contentType);
        m_inner->beginStream(status, std::move(headers));
        if (m_effect.kind == Kind::Garbage)
            m_inner->write(std::string(garbage));
    }

    bool write(std::string chunk) override
    {
        if (m_effect.kind == Kind::Delay) { // each chunk by as much: a stream that is always late
            m_later(m_effect.delay,
                [inner = m_inner, late = std::move(chunk)]() mutable { inner->write(std::move(late)); });
            return true;
        }
        if (m_effect.kind != Kind::Drop)
            return m_inner->write(std::move(chunk));
        const std::size_t room = m_effect.bytes - std::min(m_effect.bytes, m_streamed);
        m_streamed += chunk.size();
        if (chunk.size() <= room)
            return m_inner->write(std::move(chunk));
        if (room > 0)
            m_inner->write(chunk.substr(0, room));
        // The bytes before the cut shall arrive.
        m_later(std::chrono::milliseconds(50), [inner = m_inner] { inner->abort(); });
        return false;
    }

    void endStream() override
    {
        if (m_effect.kind == Kind::Delay)
            m_later(m_effect.delay, [inner = m_inner] { inner->endStream(); });
        else
            m_inner->endStream();
    }
    [[nodiscard]] std::size_t backlog() const override { return m_inner->backlog(); }
    void onClosed(std::function<void()> callback) override { m_inner->onClosed(std::move(callback)); }
    [[nodiscard]] bool isClosed() const override { return m_inner->isClosed(); }
    void abort() override { m_inner->abort(); }
    void sendRawAndAbort(std::string bytes) override { m_inner->sendRawAndAbort(std::move(bytes)); }

private:
    std::shared_ptr<http::Exchange> m_inner;
    FaultEffect m_effect;
    Later m_later;
    std::size_t m_streamed = 0;
};

} // namespace

bool matchesPattern(std::string_view pattern, std::string_view text)
{
    const auto star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == text;
    if (!text.starts_with(pattern.substr(0, star)))
        return false;
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t at = star; at <= text.size(); ++at) {
        if (matchesPattern(rest, text.substr(at)))
            return true;
    }
    return false;
}

tl::expected<int, std::string> Faults::add(const json& order)
{
    if (!order.is_object())
        return tl::unexpected<std::string>("a fault is a JSON object");
    Rule rule;
    try {
        rule.method = order.value("method", "*");
        rule.path = order.at("path");
        rule.nth = order.value("nth", 1);
        rule.count = order.value("count", 1);
        rule.effectName = order.at("effect");
        rule.effect.status = order.value("status", 500);
        if (order.contains("body"))
            rule.effect.body = order["body"].is_string() ? order["body"].get<std::string>() : order["body"].dump();
        rule.effect.contentType = order.value("content_type", "application/json");
        rule.effect.delay = std::chrono::milliseconds(order.value("delay_ms", 0));
        rule.effect.bytes = order.value("bytes", std::size_t{0});
        const json headers = order.value("headers", json::object());
        for (const auto& [name, value] : headers.items())
            rule.effect.headers.set(name, value.get<std::string>());
    } catch (const json::exception& error) {
        return tl::unexpected<std::string>(error.what());
    }
    const auto* const known = std::find_if(
        effectNames.begin(), effectNames.end(), [&](const auto& entry) { return entry.first == rule.effectName; });
    if (known == effectNames.end())
        return tl::unexpected<std::string>("unknown effect: " + rule.effectName);
    rule.effect.kind = known->second;
    rule.id = m_next++;
    m_rules.push_back(std::move(rule));
    return m_rules.back().id;
}

std::optional<FaultEffect> Faults::next(std::string_view method, std::string_view path)
{
    for (Rule& rule : m_rules) {
        if ((rule.method != "*" && rule.method != method) || !matchesPattern(rule.path, path))
            continue;
        ++rule.seen;
        const bool due = rule.seen >= rule.nth && (rule.count == 0 || rule.seen < rule.nth + rule.count);
        if (due)
            return rule.effect;
    }
    return std::nullopt;
}

json Faults::describe() const
{
    json list = json::array();
    for (const Rule& rule : m_rules) {
        list.push_back({{"id", rule.id}, {"method", rule.method}, {"path", rule.path}, {"nth", rule.nth},
            {"count", rule.count}, {"seen", rule.seen}, {"effect", rule.effectName}});
    }
    return list;
}

std::shared_ptr<http::Exchange> makeFaulty(std::shared_ptr<http::Exchange> exchange, FaultEffect effect, Later later)
{
    return std::make_shared<FaultyExchange>(std::move(exchange), std::move(effect), std::move(later));
}

bool isHandled(const FaultEffect& effect)
{
    return effect.kind != Kind::Status && effect.kind != Kind::ResetBefore && effect.kind != Kind::WireGarbage
        && effect.kind != Kind::Hang;
}

void answerAlone(http::Exchange& exchange, const FaultEffect& effect)
{
    if (effect.kind == Kind::ResetBefore)
        exchange.abort();
    if (effect.kind == Kind::WireGarbage)
        exchange.sendRawAndAbort(std::string(garbage));
    if (effect.kind != Kind::Status)
        return;
    http::Response response = http::jsonResponse(effect.status, effect.body, effect.contentType);
    for (const auto& [name, value] : effect.headers.all())
        response.headers.set(name, value);
    exchange.respond(std::move(response));
}

} // namespace visgate::practice
