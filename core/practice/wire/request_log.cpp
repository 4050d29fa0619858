// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/request_log.h"

#include "core/foundation/json/json_value.h"

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::size_t mostEntries = 4000;
constexpr std::size_t mostKeptBytes = 16 * 1024;

} // namespace

std::uint64_t RequestLog::arrived(
    const http::Request& request, std::string target, TimePoint now, std::string requestId)
{
    Entry entry;
    entry.number = m_next++;
    entry.at = now;
    entry.method = request.method;
    entry.target = std::move(target);
    const auto authorization = request.headers.get("Authorization");
    entry.authorization = authorization.empty() ? "none" : authorization.starts_with("Bearer ") ? "bearer" : "raw";
    entry.headers = request.headers;
    entry.headers.remove("Authorization");
    entry.body = request.body.substr(0, mostKeptBytes);
    entry.requestId = std::move(requestId);
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > mostEntries)
        m_entries.pop_front();
    return m_next - 1;
}

RequestLog::Entry* RequestLog::find(std::uint64_t number)
{
    if (m_entries.empty() || number < m_entries.front().number || number > m_entries.back().number)
        return nullptr;
    return &m_entries[number - m_entries.front().number]; // numbers have no gaps
}

void RequestLog::answered(std::uint64_t number, int status)
{
    if (Entry* const entry = find(number))
        entry->status = status;
}

void RequestLog::faulted(std::uint64_t number, const std::string& effect)
{
    if (Entry* const entry = find(number))
        entry->fault = effect;
}

json RequestLog::describe() const
{
    json list = json::array();
    for (const Entry& entry : m_entries) {
        json headers = json::object();
        for (const auto& [name, value] : entry.headers.all())
            headers[name] = value;
        list.push_back({{"number", entry.number}, {"at", formatUtc(entry.at)}, {"method", entry.method},
            {"target", entry.target}, {"authorization", entry.authorization}, {"headers", std::move(headers)},
            {"body", entry.body}, {"requestId", entry.requestId}, {"status", entry.status}, {"fault", entry.fault}});
    }
    return list;
}

} // namespace visgate::practice
