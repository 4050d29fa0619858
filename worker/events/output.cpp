// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/events/output.h"

#include <ostream>

namespace visgate::worker {
namespace {

/// Where to end a piece of at most `most` bytes without splitting a UTF-8 letter.
std::size_t pieceEnd(std::string_view text, std::size_t most)
{
    if (text.size() <= most) {
        return text.size();
    }
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return end > 0 ? end : most;
}

} // namespace

Output::Output(std::ostream& stream, const Redactor& redactor) : m_stream(stream), m_redactor(redactor) { }

void Output::line(std::string_view text)
{
    const std::string masked = m_redactor.redact(text);
    const std::lock_guard lock(m_mutex);
    m_stream << masked << '\n' << std::flush;
}

Log::Log(Output& output, LogLevel least) : m_output(output), m_least(least) { }

void Log::write(LogLevel level, std::string_view message, std::string_view requestId)
{
    if (level < m_least) {
        return;
    }
    // Masked before it is split, so that no secret hides across the seam.
    const std::string masked = m_output.redactor().redact(message);
    std::string_view rest = masked;
    do {
        const std::size_t end = pieceEnd(rest, maxMessageBytes);
        m_output.line(formatWorkerLine({level, std::string(rest.substr(0, end)), std::string(requestId)}));
        rest.remove_prefix(end);
    } while (!rest.empty());
}

EventStream::EventStream(Output& output, const Clock& clock) : m_output(output), m_clock(clock) { }

void EventStream::setListener(Listener listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void EventStream::emit(WorkerEventBody body)
{
    const std::lock_guard lock(m_mutex); // held while writing: lines leave in the order of their numbers
    const WorkerEvent event{++m_lastNumber, m_clock.now(), std::move(body)};
    const std::string line = m_output.redactor().redact(formatWorkerEvent(event));
    m_output.line(line);
    m_window.push_back(line);
    if (m_window.size() > windowSize) {
        m_window.pop_front();
    }
    if (m_listener) {
        m_listener(parseWorkerEvent(line).value_or(event), line); // masked, like the line
    }
}

std::string EventStream::window() const
{
    const std::lock_guard lock(m_mutex);
    std::string array = "[";
    for (const auto& line : m_window) {
        array += array.size() > 1 ? "," + line : line;
    }
    return array + "]";
}

} // namespace visgate::worker
