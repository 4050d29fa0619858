// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/storage/log_book.h"

#include "core/foundation/http/server.h"
#include "core/foundation/http/sse.h"
#include "core/foundation/json/json_read.h"
#include "core/practice/platform/file.h"

#include <algorithm>
#include <fstream>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::size_t mostLines = 5000;

std::int64_t nanosOf(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// RFC 3339 with nanoseconds: both the time and the event id (facts 1.4).
std::string nanoTime(std::int64_t nanos)
{
    using namespace std::chrono;
    const std::string seconds = formatUtc(sys_seconds(floor<std::chrono::seconds>(nanoseconds(nanos)))).substr(0, 19);
    const std::string fraction = std::to_string(nanos % 1'000'000'000);
    return seconds + '.' + std::string(9 - fraction.size(), '0') + fraction + 'Z';
}

std::string_view nameOf(LogBook::Source source)
{
    return source == LogBook::Source::Container ? "container" : "system";
}

std::string frame(const LogBook::Line& line)
{
    const std::string time = nanoTime(line.nanos);
    const json data = {{"ts", time}, {"source", nameOf(line.source)}, {"line", line.text}};
    return formatSse({time, {}, visgate::json::dump(data)});
}

std::string stored(const LogBook::Line& line)
{
    return visgate::json::dump({{"nanos", line.nanos}, {"source", nameOf(line.source)}, {"line", line.text}}) + '\n';
}

} // namespace

LogBook::LogBook(std::filesystem::path folder, const Clock& clock) : m_folder(std::move(folder)), m_clock(clock) { }

std::filesystem::path LogBook::pathOf(const std::string& workerId) const
{
    return m_folder / (workerId + ".jsonl");
}

std::deque<LogBook::Line>& LogBook::linesOf(const std::string& workerId)
{
    const auto [found, isNew] = m_logs.try_emplace(workerId);
    if (isNew) {
        std::ifstream in(pathOf(workerId), std::ios::binary);
        std::string text;
        while (std::getline(in, text) && !in.eof()) {
            if (const auto entry = visgate::json::parseObject(text)) {
                found->second.push_back({visgate::json::integerOr(*entry, "nanos", 0),
                    visgate::json::text(*entry, "source") == "container" ? Source::Container : Source::System,
                    visgate::json::text(*entry, "line")});
            }
        }
    }
    return found->second;
}

void LogBook::append(const std::string& workerId, Source source, std::string_view text)
{
    auto& lines = linesOf(workerId);
    Line line{nanosOf(m_clock.now()), source, std::string(text)};
    if (!lines.empty())
        line.nanos = std::max(line.nanos, lines.back().nanos + 1);
    std::ofstream out(pathOf(workerId), std::ios::binary | std::ios::app);
    out << stored(line) << std::flush;
    const std::string event = frame(line);
    for (const Follower& follower : m_followers) {
        if (follower.workerId == workerId && (!follower.only || *follower.only == source))
            follower.exchange->write(event);
    }
    lines.push_back(std::move(line));
    if (lines.size() > mostLines)
        lines.pop_front();
}

void LogBook::follow(const std::string& workerId, std::shared_ptr<http::Exchange> exchange, const Resume& resume)
{
    exchange->beginStream(
        200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}});
    std::vector<const Line*> past;
    for (const Line& line : linesOf(workerId)) {
        if (resume.only && *resume.only != line.source)
            continue;
        const bool wanted = resume.afterId ? nanoTime(line.nanos) > *resume.afterId
                                           : !resume.since || line.nanos >= nanosOf(*resume.since);
        if (wanted)
            past.push_back(&line);
    }
    const bool tailCounts = !resume.afterId && !resume.since;
    const std::size_t skip = tailCounts && past.size() > resume.tail ? past.size() - resume.tail : 0;
    std::string backfill;
    for (std::size_t i = skip; i < past.size(); ++i)
        backfill += frame(*past[i]);
    if (!backfill.empty())
        exchange->write(std::move(backfill));
    m_followers.push_back({workerId, std::move(exchange), resume.only});
}

void LogBook::rewrite(const std::string& workerId, const std::deque<Line>& lines) const
{
    std::string text;
    for (const Line& line : lines)
        text += stored(line);
    (void)platform::replaceFile(pathOf(workerId), text); // a full disk keeps the longer log
}

void LogBook::dropContainerLines(const std::string& workerId)
{
    auto& lines = linesOf(workerId);
    const auto before = lines.size();
    lines.erase(
        std::remove_if(lines.begin(), lines.end(), [](const Line& line) { return line.source == Source::Container; }),
        lines.end());
    if (lines.size() != before)
        rewrite(workerId, lines);
}

void LogBook::drop(const std::string& workerId)
{
    m_logs.erase(workerId);
    std::error_code ignored;
    std::filesystem::remove(pathOf(workerId), ignored);
}

void LogBook::sweep()
{
    m_followers.erase(std::remove_if(m_followers.begin(), m_followers.end(),
                          [](const Follower& follower) { return follower.exchange->isClosed(); }),
        m_followers.end());
}

std::vector<std::string> LogBook::lines(const std::string& workerId)
{
    std::vector<std::string> texts;
    for (const Line& line : linesOf(workerId))
        texts.push_back(std::string(nameOf(line.source)) + ": " + line.text);
    return texts;
}

} // namespace visgate::practice
