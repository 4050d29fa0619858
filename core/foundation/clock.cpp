// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/clock.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace visgate {
namespace {

using namespace std::chrono;

void appendPadded(std::string& out, std::int64_t value, std::size_t width)
{
    const std::string digits = std::to_string(value);
    out.append(width - std::min(width, digits.size()), '0');
    out += digits;
}

// Reads a time from left to right; every step says whether the text still fits.
class TimeReader {
public:
    explicit TimeReader(std::string_view text) : m_rest(text) { }

    bool number(std::size_t width, int& out)
    {
        if (m_rest.size() < width)
            return false;
        int value = 0;
        for (const char c : m_rest.substr(0, width)) {
            if (c < '0' || c > '9')
                return false;
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(width);
        out = value;
        return true;
    }

    bool oneOf(std::string_view allowed)
    {
        if (m_rest.empty() || allowed.find(m_rest.front()) == std::string_view::npos)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    bool fraction(nanoseconds& out)
    {
        out = nanoseconds{0};
        if (!oneOf("."))
            return true;
        std::int64_t unit = 100'000'000;
        std::size_t digits = 0;
        for (int digit = 0; number(1, digit); ++digits) {
            if (digits == 9)
                return false;
            out += nanoseconds{digit * unit};
            unit /= 10;
        }
        return digits > 0;
    }

    bool offset(minutes& out)
    {
        out = minutes{0};
        if (oneOf("Zz"))
            return true;
        const bool isNegative = !m_rest.empty() && m_rest.front() == '-';
        int hour = 0;
        int minute = 0;
        if (!oneOf("+-") || !number(2, hour) || !oneOf(":") || !number(2, minute) || hour > 23 || minute > 59)
            return false;
        out = minutes{hour * 60 + minute};
        if (isNegative)
            out = -out;
        return true;
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

// What 64 bits of nanoseconds hold with a day to spare for the offset.
constexpr int kFirstYear = 1678;
constexpr int kLastYear = 2261;

} // namespace

TimePoint RealClock::now() const
{
    return system_clock::now();
}

MonotonicPoint RealClock::monotonic() const
{
    return steady_clock::now();
}

RatedClock::RatedClock(double rate) : m_rate(rate) { }

nanoseconds RatedClock::passed() const
{
    return duration_cast<nanoseconds>(duration<double, std::nano>(steady_clock::now() - m_start) * m_rate);
}

TimePoint RatedClock::now() const
{
    return m_wallStart + duration_cast<TimePoint::duration>(passed());
}

MonotonicPoint RatedClock::monotonic() const
{
    return m_start + passed();
}

nanoseconds RatedClock::timerFor(nanoseconds span) const
{
    return duration_cast<nanoseconds>(duration<double, std::nano>(span) / m_rate);
}

VirtualClock::VirtualClock(TimePoint start) : m_now(start), m_monotonic(hours{1}) { }

TimePoint VirtualClock::now() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

MonotonicPoint VirtualClock::monotonic() const
{
    const std::lock_guard lock(m_mutex);
    return m_monotonic;
}

void VirtualClock::advance(nanoseconds step)
{
    const std::lock_guard lock(m_mutex);
    m_now += duration_cast<TimePoint::duration>(step);
    m_monotonic += duration_cast<MonotonicPoint::duration>(step);
}

void VirtualClock::jumpWall(nanoseconds step)
{
    const std::lock_guard lock(m_mutex);
    m_now += duration_cast<TimePoint::duration>(step);
}

std::string formatUtc(TimePoint time)
{
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<microseconds>(time - day)};
    std::string out;
    out.reserve(27);
    appendPadded(out, static_cast<int>(date.year()), 4);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    appendPadded(out, clock.hours().count(), 2);
    out += ':';
    appendPadded(out, clock.minutes().count(), 2);
    out += ':';
    appendPadded(out, clock.seconds().count(), 2);
    out += '.';
    appendPadded(out, clock.subseconds().count(), 6);
    out += 'Z';
    return out;
}

bool parseUtc(std::string_view text, TimePoint& out)
{
    TimeReader reader(text);
    int yearNumber = 0;
    int monthNumber = 0;
    int dayNumber = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    nanoseconds fraction{0};
    minutes offset{0};
    const bool hasForm = reader.number(4, yearNumber) && reader.oneOf("-") && reader.number(2, monthNumber)
        && reader.oneOf("-") && reader.number(2, dayNumber) && reader.oneOf("Tt ") && reader.number(2, hour)
        && reader.oneOf(":") && reader.number(2, minute) && reader.oneOf(":") && reader.number(2, second)
        && reader.fraction(fraction) && reader.offset(offset) && reader.atEnd();
    // 60 is a leap second, which counts as the first second of the next minute.
    if (!hasForm || yearNumber < kFirstYear || yearNumber > kLastYear || hour > 23 || minute > 59 || second > 60)
        return false;
    const year_month_day date{
        year{yearNumber}, month{static_cast<unsigned>(monthNumber)}, day{static_cast<unsigned>(dayNumber)}};
    if (!date.ok())
        return false;
    const auto sinceEpoch
        = sys_days{date}.time_since_epoch() + hours{hour} + minutes{minute} + seconds{second} - offset;
    out = TimePoint{duration_cast<TimePoint::duration>(nanoseconds{sinceEpoch} + fraction)};
    return true;
}

} // namespace visgate
