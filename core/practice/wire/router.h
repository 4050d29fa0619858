// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

/// One request on its way to a handler.
struct Visit {
    std::shared_ptr<http::Exchange> exchange;
    std::vector<std::string> params; ///< what the pattern's {…} stood for

    [[nodiscard]] const http::Request& request() const { return exchange->request(); }
};

/// Nothing: the handler keeps the exchange and answers later.
using Reply = std::optional<http::Response>;
using RouteHandler = std::function<Reply(const Visit&)>;

/// Paths to handlers. A pattern is "serverless/{id}/workers"; "{rest...}" at its end takes all remaining segments,
/// joined by '/'.
class Router {
public:
    void add(std::string_view method, std::string_view pattern, RouteHandler handler);

    struct Match {
        const RouteHandler* handler = nullptr; ///< null: no such path, or not by this method
        std::vector<std::string> params;
        std::string allow; ///< methods of that path when the method was wrong
    };
    /// HEAD finds what GET finds.
    [[nodiscard]] Match find(std::string_view method, const std::vector<std::string>& segments) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> pattern;
        RouteHandler handler;
    };
    std::vector<Route> m_routes;
};

} // namespace visgate::practice
