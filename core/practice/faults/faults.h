// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice {

/// What goes wrong with one request.
struct FaultEffect {
    enum class Kind {
        Status,      ///< this status and body, without doing anything
        Delay,       ///< the right answer, late
        Drop,        ///< the right answer, cut after some bytes of the wire
        ResetBefore, ///< cut, and nothing was done
        ResetAfter,  ///< done, and cut before the answer: the reply is lost
        Garbage,     ///< the right status with a body that is no JSON
        WireGarbage, ///< bytes that are no HTTP
        ContentType, ///< the right answer under another content type
        Hang,        ///< never an answer
    };
    Kind kind = Kind::Status;
    int status = 500;
    std::string body;
    std::string contentType = "application/json";
    http::Headers headers;
    std::chrono::milliseconds delay{0};
    std::size_t bytes = 0;
};

/// Faults that a test has ordered. Not thread-safe: see World.
class Faults {
public:
    /// Orders one: {"method": "POST" or "*", "path": "/rest/v2/serverless*", "nth": 1, "count": 1, "effect": …}; the
    /// other members are those of FaultEffect. Returns its id, or what is wrong with the order.
    [[nodiscard]] tl::expected<int, std::string> add(const nlohmann::json& order);
    void clear() { m_rules.clear(); }
    /// The fault for this request, if one is due.
    [[nodiscard]] std::optional<FaultEffect> next(std::string_view method, std::string_view path);
    [[nodiscard]] nlohmann::json describe() const;

private:
    struct Rule {
        int id = 0;
        std::string method;
        std::string path; ///< '*' stands for anything
        int nth = 1;      ///< the first match that is hit
        int count = 1;    ///< how many are hit from there; 0: all
        int seen = 0;
        std::string effectName;
        FaultEffect effect;
    };
    std::vector<Rule> m_rules;
    int m_next = 1;
};

/// Runs `action` after a real delay, with the world's mutex held.
using Later = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

/// An exchange that answers with the fault. For effects that keep the request from being handled, see
/// `isHandled`.
[[nodiscard]] std::shared_ptr<http::Exchange> makeFaulty(
    std::shared_ptr<http::Exchange> exchange, FaultEffect effect, Later later);
/// False: the effect alone answers (answerAlone), the handler is not asked.
[[nodiscard]] bool isHandled(const FaultEffect& effect);
void answerAlone(http::Exchange& exchange, const FaultEffect& effect);

/// '*' stands for any number of characters.
[[nodiscard]] bool matchesPattern(std::string_view pattern, std::string_view text);

} // namespace visgate::practice
