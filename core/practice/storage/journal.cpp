// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/storage/journal.h"

#include "core/foundation/json/json_read.h"
#include "core/practice/platform/file.h"

#include <fstream>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::size_t worthRewriting = 8 * 1024 * 1024;

std::string keyOf(std::string_view kind, std::string_view id)
{
    return std::string(kind) + '/' + std::string(id);
}

std::string lineFor(const std::string& key, const std::string& value)
{
    // The record's text is JSON already; only the key needs quoting.
    return "{\"k\":" + json(key).dump() + (value.empty() ? "" : ",\"v\":" + value) + "}\n";
}

} // namespace

Journal::Journal(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) { }

Journal::Journal(Journal&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_fileBytes(other.m_fileBytes), m_liveBytes(other.m_liveBytes), m_records(std::move(other.m_records))
{
}

Journal::~Journal()
{
    platform::closeFile(m_descriptor);
}

Result<Journal> Journal::open(std::string path)
{
    std::map<std::string, std::string> records;
    std::size_t wholeBytes = 0;
    {
        std::ifstream in(path, std::ios::binary);
        std::string line;
        while (std::getline(in, line) && !in.eof()) { // a last line without its end was torn
            const auto entry = visgate::json::parseObject(line);
            if (!entry || !entry->contains("k"))
                break; // whatever follows a damaged line is not trusted
            wholeBytes += line.size() + 1;
            const std::string key = visgate::json::text(*entry, "k");
            if (const json* const value = visgate::json::find(*entry, "v"))
                records[key] = value->dump();
            else
                records.erase(key);
        }
    }
    auto descriptor = platform::openForAppend(path, wholeBytes);
    if (!descriptor)
        return fail(descriptor.error());
    Journal journal(std::move(path), *descriptor);
    journal.m_records = std::move(records);
    journal.m_fileBytes = wholeBytes;
    for (const auto& [key, value] : journal.m_records)
        journal.m_liveBytes += key.size() + value.size();
    if (journal.m_fileBytes > 2 * journal.m_liveBytes + 4096) {
        if (auto done = journal.rewrite(); !done)
            return fail(done.error());
    }
    return journal;
}

void Journal::put(std::string_view kind, std::string_view id, std::string value)
{
    const std::string key = keyOf(kind, id);
    append(lineFor(key, value));
    auto& slot = m_records[key];
    m_liveBytes += key.size() + value.size() - (slot.empty() ? 0 : key.size() + slot.size());
    slot = std::move(value);
    if (m_fileBytes > worthRewriting && m_fileBytes > 4 * m_liveBytes)
        (void)rewrite(); // a failure leaves the old file, which is still right
}

void Journal::remove(std::string_view kind, std::string_view id)
{
    const std::string key = keyOf(kind, id);
    const auto found = m_records.find(key);
    if (found == m_records.end())
        return;
    m_liveBytes -= key.size() + found->second.size();
    m_records.erase(found);
    append(lineFor(key, {}));
}

void Journal::each(
    std::string_view kind, const std::function<void(const std::string&, const std::string&)>& visit) const
{
    const std::string prefix = std::string(kind) + '/';
    for (auto at = m_records.lower_bound(prefix); at != m_records.end() && at->first.starts_with(prefix); ++at)
        visit(at->first.substr(prefix.size()), at->second);
}

void Journal::append(const std::string& line)
{
    platform::writeAll(m_descriptor, line);
    m_fileBytes += line.size();
}

Result<void> Journal::rewrite()
{
    std::string text;
    for (const auto& [key, value] : m_records)
        text += lineFor(key, value);
    if (auto done = platform::replaceFile(m_path, text); !done)
        return done;
    auto descriptor = platform::openForAppend(m_path, text.size());
    if (!descriptor)
        return fail(descriptor.error());
    platform::closeFile(std::exchange(m_descriptor, *descriptor));
    m_fileBytes = text.size();
    return {};
}

} // namespace visgate::practice
