// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http_client.h"
#include "core/providers/provider.h"

#include <functional>
#include <memory>
#include <optional>

namespace visgate::runpod {

/// A worker's log over server-sent events. Ids are opaque; those of the live service are times, and several lines may
/// carry the same one. May be destroyed from its own callback.
class RunpodLogStream final : public LogStream {
public:
    RunpodLogStream(HttpClient& http, EventRequest request, std::function<void(ProviderLogLine)> onLine);

    [[nodiscard]] QString lastId() const override;
    [[nodiscard]] bool isConnected() const override { return m_events->isConnected(); }
    [[nodiscard]] std::optional<Error> ended() const override { return m_ended; }

private:
    std::optional<Error> m_ended;
    std::unique_ptr<EventStream> m_events;
};

} // namespace visgate::runpod
