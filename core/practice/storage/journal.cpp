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

using visgate::platform::AppendFile;

Journal::Journal(std::filesystem::path path, AppendFile file)
    : m_path(std::move(path)), m_file(std::make_unique<AppendFile>(std::move(file)))
{
}

Result<Journal> Journal::open(const std::filesystem::path& path)
{
    std::map<std::string, std::string> records;
    std::uint64_t wholeBytes = 0;
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
    auto file = AppendFile::open(path);
    if (!file)
        return fail(file.error());
    if (auto cut = file->truncate(wholeBytes); !cut)
        return fail(cut.error());
    Journal journal(path, std::move(*file));
    journal.m_records = std::move(records);
    for (const auto& [key, value] : journal.m_records)
        journal.m_liveBytes += key.size() + value.size();
    if (wholeBytes > 2 * journal.m_liveBytes + 4096) {
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
    if (m_file->size() > worthRewriting && m_file->size() > 4 * m_liveBytes)
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
    (void)m_file->append(line); // a full disk forgets it; what is in memory goes on
}

Result<void> Journal::rewrite()
{
    std::string text;
    for (const auto& [key, value] : m_records)
        text += lineFor(key, value);
    if (auto done = platform::replaceFile(m_path, text); !done)
        return done;
    auto file = AppendFile::open(m_path);
    if (!file)
        return fail(file.error());
    m_file = std::make_unique<AppendFile>(std::move(*file));
    return {};
}

} // namespace visgate::practice
