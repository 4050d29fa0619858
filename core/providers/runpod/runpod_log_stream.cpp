// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_log_stream.h"

#include "core/providers/runpod/runpod_errors.h"
#include "core/providers/runpod/runpod_json.h"

namespace visgate::runpod {

RunpodLogStream::RunpodLogStream(HttpClient& http, EventRequest request, std::function<void(ProviderLogLine)> onLine)
{
    m_events = http.openEvents(
        std::move(request),
        [onLine = std::move(onLine)](const ServerEvent& event) { onLine(readLogEvent(event.id, event.data)); },
        [this](const HttpReply& reply) {
            m_ended = errorFromReply(reply, {ErrorCode::EndpointVanished, {}});
        });
}

QString RunpodLogStream::lastId() const
{
    return QString::fromUtf8(m_events->lastEventId());
}

} // namespace visgate::runpod
