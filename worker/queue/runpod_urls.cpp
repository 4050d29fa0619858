// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/runpod_urls.h"

#include "core/foundation/http/message.h"

namespace visgate::worker {
namespace {

std::string replaced(std::string text, std::string_view placeholder, const std::string& value)
{
    for (std::size_t at = 0; (at = text.find(placeholder, at)) != std::string::npos; at += value.size()) {
        text.replace(at, placeholder.size(), value);
    }
    return text;
}

std::string withParameter(const std::string& url, const std::string& parameter)
{
    return url + (url.find('?') == std::string::npos ? '?' : '&') + parameter;
}

} // namespace

RunpodUrls::RunpodUrls(
    std::string takeTemplate, std::string doneTemplate, std::string pingTemplate, const std::string& workerId)
    : m_take(std::move(takeTemplate)), m_done(std::move(doneTemplate)), m_ping(std::move(pingTemplate)),
      m_worker(http::percentEncode(workerId))
{
    for (std::string* url : {&m_take, &m_done, &m_ping}) {
        *url = replaced(std::move(*url), "$RUNPOD_POD_ID", m_worker);
    }
    m_take = replaced(std::move(m_take), "$ID", m_worker);
    m_ping = replaced(std::move(m_ping), "$ID", m_worker);
}

std::string RunpodUrls::take() const
{
    return withParameter(m_take, "job_in_progress=0"); // one job at a time: never asked while one runs
}

std::string RunpodUrls::stop() const
{
    const bool hasSegment = m_take.find("/job-take/") != std::string::npos;
    return hasSegment ? replaced(m_take, "/job-take/", "/job-stop/") : std::string();
}

std::string RunpodUrls::done(const std::string& jobId) const
{
    return withParameter(replaced(m_done, "$ID", http::percentEncode(jobId)), "isStream=false");
}

std::string RunpodUrls::ping(const std::vector<std::string>& jobIds) const
{
    if (m_ping.empty()) {
        return {};
    }
    std::string list;
    for (const auto& id : jobIds) {
        list += list.empty() ? id : "," + id;
    }
    const std::string url = list.empty() ? m_ping : withParameter(m_ping, "job_id=" + http::percentEncode(list));
    return withParameter(url, "runpod_version=visgate-" VISGATE_VERSION);
}

std::string RunpodUrls::unhealthy(const std::string& check, const std::string& reason) const
{
    if (m_ping.empty()) {
        return {};
    }
    return withParameter(m_ping,
        "status=unhealthy&check=" + http::percentEncode(check) + "&reason=" + http::percentEncode(reason)
            + "&runpod_version=visgate-" VISGATE_VERSION);
}

} // namespace visgate::worker
