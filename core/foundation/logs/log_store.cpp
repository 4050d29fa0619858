// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/logs/log_store.h"

#include "core/foundation/bytes.h"
#include "core/foundation/logs/log_format.h"
#include "core/foundation/logs/log_index.h"
#include "core/foundation/platform/append_file.h"
#include "core/foundation/redactor.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

namespace visgate {
namespace {

constexpr std::size_t kScanBytes = kMiB;
// How far back the lines are read at open to know which a stream may bring again.
constexpr std::int64_t kRememberLines = 100'000;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool containsWithoutCase(std::string_view text, std::string_view wanted)
{
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), [](char a, char b) {
        return lower(a) == lower(b);
    }) != text.end();
}

bool matches(const LogLine& line, const LogQuery& query)
{
    return line.level >= query.minLevel && (query.source.empty() || line.source == query.source)
        && (query.worker.empty() || line.worker == query.worker)
        && (query.requestId.empty() || line.requestId == query.requestId)
        && (query.contains.empty() || containsWithoutCase(line.text, query.contains));
}

template <typename Visit> void forEachLine(std::string_view bytes, Visit visit)
{
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        visit(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
}

} // namespace

class LogStore::Impl {
public:
    Impl(platform::AppendFile file, std::shared_ptr<const Redactor> redactor)
        : m_file(std::move(file)), m_redactor(std::move(redactor))
    {
    }

    Result<void> load()
    {
        std::uint64_t lineBytes = 0; // of the line that is being scanned
        for (std::uint64_t offset = 0; offset < m_file.size();) {
            const auto piece = m_file.read(offset, kScanBytes);
            if (!piece)
                return tl::unexpected(piece.error());
            if (piece->empty())
                break;
            std::string_view rest = *piece;
            for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
                m_index.add(lineBytes + end + 1);
                lineBytes = 0;
                rest.remove_prefix(end + 1);
            }
            lineBytes += rest.size();
            offset += piece->size();
        }
        if (lineBytes > 0) {
            if (auto mended = m_file.truncate(m_index.size()); !mended)
                return mended;
        }
        return remember();
    }

    Result<std::vector<LogLine>> append(std::vector<LogLine> lines)
    {
        const std::lock_guard lock(m_mutex);
        std::vector<LogLine> fresh;
        std::vector<std::uint64_t> sizes;
        std::set<std::tuple<std::string, std::string, std::string>> inThisCall;
        std::string bytes;
        for (LogLine& line : lines) {
            line.text = m_redactor->redact(line.text);
            line.requestId = m_redactor->redact(line.requestId);
            if (!line.providerId.empty()
                && (m_seen.contains(line.worker, line.providerId, line.text)
                    || !inThisCall.emplace(line.worker, line.providerId, line.text).second))
                continue;
            const std::string formatted = formatLogLine(line);
            bytes += formatted;
            sizes.push_back(formatted.size());
            line.number = LineNo(m_index.lineCount() + static_cast<std::int64_t>(sizes.size()));
            fresh.push_back(std::move(line));
        }
        if (const auto written = m_file.append(bytes); !written)
            return tl::unexpected(written.error());
        for (const std::uint64_t size : sizes)
            m_index.add(size);
        for (const LogLine& line : fresh) {
            if (!line.providerId.empty())
                m_seen.add(line.worker, line.providerId, line.text);
        }
        return fresh;
    }

    Result<std::vector<LogLine>> read(const LogQuery& query) const
    {
        return query.fromEnd ? readBackward(query) : readForward(query);
    }

    std::int64_t lineCount() const
    {
        const std::lock_guard lock(m_mutex);
        return m_index.lineCount();
    }

    std::string lastProviderId(const std::string& worker) const
    {
        const std::lock_guard lock(m_mutex);
        return m_seen.lastId(worker);
    }

private:
    Result<void> remember()
    {
        const LineNo first(std::max<std::int64_t>(1, m_index.lineCount() - kRememberLines + 1));
        for (std::size_t i = m_index.blockOf(first); i < m_index.blockCount(); ++i) {
            const LineIndex::Block block = m_index.block(i);
            const auto bytes = m_file.read(block.offset, block.endOffset - block.offset);
            if (!bytes)
                return tl::unexpected(bytes.error());
            forEachLine(*bytes, [this](std::string_view text) {
                const std::optional<LogLine> line = parseLogLine(text);
                if (line && !line->providerId.empty())
                    m_seen.add(line->worker, line->providerId, line->text);
            });
        }
        return {};
    }

    /// The block's place, as it is now; false if there is no such block.
    bool locate(std::size_t index, LineIndex::Block& out) const
    {
        const std::lock_guard lock(m_mutex);
        if (index >= m_index.blockCount())
            return false;
        out = m_index.block(index);
        return true;
    }

    std::size_t blockOf(LineNo line) const
    {
        const std::lock_guard lock(m_mutex);
        return m_index.blockOf(line);
    }

    std::size_t blockCount() const
    {
        const std::lock_guard lock(m_mutex);
        return m_index.blockCount();
    }

    /// One past the last block that the query has to look at.
    std::size_t endBlock(const LogQuery& query) const
    {
        const std::size_t all = blockCount();
        return query.before ? std::min(all, blockOf(*query.before) + 1) : all;
    }

    /// The block's lines that match. Reading does not hold the lock: what is in the index never changes.
    Result<std::vector<LogLine>> readBlock(const LineIndex::Block& block, const LogQuery& query) const
    {
        const auto bytes = m_file.read(block.offset, block.endOffset - block.offset);
        if (!bytes)
            return tl::unexpected(bytes.error());
        std::vector<LogLine> out;
        LineNo number = block.firstLine;
        forEachLine(*bytes, [&](std::string_view text) {
            LogLine line;
            if (std::optional<LogLine> parsed = parseLogLine(text))
                line = std::move(*parsed);
            else
                line.text = text; // somebody else's line is shown as it is
            line.number = std::exchange(number, number.next());
            const bool isInRange = line.number >= query.from && (!query.before || line.number < *query.before);
            if (isInRange && matches(line, query))
                out.push_back(std::move(line));
        });
        return out;
    }

    Result<std::vector<LogLine>> readForward(const LogQuery& query) const
    {
        std::vector<LogLine> out;
        LineIndex::Block block;
        for (std::size_t i = blockOf(query.from); out.size() < query.limit && locate(i, block); ++i) {
            if (query.before && block.firstLine >= *query.before)
                break;
            auto lines = readBlock(block, query);
            if (!lines)
                return lines;
            const std::size_t wanted = std::min(lines->size(), query.limit - out.size());
            std::move(lines->begin(), lines->begin() + static_cast<std::ptrdiff_t>(wanted), std::back_inserter(out));
        }
        return out;
    }

    Result<std::vector<LogLine>> readBackward(const LogQuery& query) const
    {
        std::vector<LogLine> out; // newest first
        LineIndex::Block block;
        for (std::size_t i = endBlock(query); i > 0 && out.size() < query.limit && locate(i - 1, block); --i) {
            if (block.endLine <= query.from)
                break;
            auto lines = readBlock(block, query);
            if (!lines)
                return lines;
            const std::size_t wanted = std::min(lines->size(), query.limit - out.size());
            std::move(lines->rbegin(), lines->rbegin() + static_cast<std::ptrdiff_t>(wanted), std::back_inserter(out));
        }
        std::reverse(out.begin(), out.end());
        return out;
    }

    mutable std::mutex m_mutex;
    platform::AppendFile m_file;
    std::shared_ptr<const Redactor> m_redactor;
    LineIndex m_index;
    SeenLines m_seen;
};

LogStore::LogStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) { }

LogStore::~LogStore() = default;

Result<std::unique_ptr<LogStore>> LogStore::open(
    const std::filesystem::path& path, std::shared_ptr<const Redactor> redactor)
{
    auto file = platform::AppendFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    auto impl = std::make_unique<Impl>(std::move(*file), std::move(redactor));
    if (const auto loaded = impl->load(); !loaded)
        return tl::unexpected(loaded.error());
    return std::unique_ptr<LogStore>(new LogStore(std::move(impl)));
}

Result<std::vector<LogLine>> LogStore::append(std::vector<LogLine> lines)
{
    return m_impl->append(std::move(lines));
}

Result<std::vector<LogLine>> LogStore::read(const LogQuery& query) const
{
    return m_impl->read(query);
}

std::int64_t LogStore::lineCount() const
{
    return m_impl->lineCount();
}

std::string LogStore::lastProviderId(const std::string& worker) const
{
    return m_impl->lastProviderId(worker);
}

} // namespace visgate
