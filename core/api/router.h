// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace visgate {

/// One request on its way to a route: the exchange and what the `{}` segments of the pattern matched, decoded.
struct Call {
    std::shared_ptr<http::Exchange> exchange;
    std::vector<std::string> parameters;
};

/// Finds the route for a request. HEAD is answered by the GET route (the server leaves the body out); an unknown path
/// is 404, a known path with another method 405 with `Allow`, both in the API's error shape.
class Router {
public:
    using Handler = std::function<void(Call)>;

    /// `pattern` is a path whose segments are literal or `{}`. Literal segments win over `{}` when added first.
    void add(std::string_view method, std::string_view pattern, Handler handler);
    void route(std::shared_ptr<http::Exchange> exchange) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> segments;
        Handler handler;
    };
    std::vector<Route> m_routes;
};

} // namespace visgate
