// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/warm/schedule.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <bitset>
#include <utility>
#include <vector>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

constexpr int kDay = 24 * 60; ///< minutes
constexpr int kWeek = 7 * kDay;
constexpr unsigned kEveryDay = 0x7f;
constexpr qint64 kDaySeconds = 86'400;
constexpr int kDaysAhead = 16;               ///< a weekly window may be skipped once by a clock that goes forward
constexpr seconds kLongestIdleTimeout{3600}; ///< what the provider takes
constexpr seconds kHoldJob{2};               ///< a small job on a loaded worker, on the dear side

constexpr std::array<std::pair<PoolMode, const char*>, 3> kModes{{{PoolMode::OnDemand, "on_demand"},
    {PoolMode::AlwaysOn, "always_on"}, {PoolMode::ScheduledWarm, "scheduled_warm"}}};
constexpr std::array<const char*, 7> kDayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

tl::unexpected<Error> invalid(const QString& what)
{
    return fail(Error{ErrorCode::InvalidRequest, what.toStdString(), 0, {}, {"pool"}});
}

int dayFromText(const QString& text)
{
    for (std::size_t day = 0; day < kDayNames.size(); ++day) {
        if (text == QLatin1String(kDayNames.at(day)))
            return static_cast<int>(day);
    }
    return -1;
}

/// "mon-fri", "sat,sun", "fri-mon", "daily"; 0 if it is none.
unsigned daysFromText(const QString& text)
{
    if (text == "daily"_L1)
        return kEveryDay;
    unsigned days = 0;
    for (const QString& part : text.split(u',')) {
        const int first = dayFromText(part.section(u'-', 0, 0));
        const int last = dayFromText(part.section(u'-', -1));
        if (first < 0 || last < 0 || part.count(u'-') > 1)
            return 0;
        for (int day = first;; day = (day + 1) % 7) {
            days |= 1u << day;
            if (day == last)
                break;
        }
    }
    return days;
}

/// "09:30" as minutes since midnight, up to "24:00"; -1 if it is none.
int minuteFromText(const QString& text)
{
    if (text.size() != 5 || text.at(2) != u':')
        return -1;
    bool hourOk = false;
    bool minuteOk = false;
    const int hour = QStringView(text).first(2).toInt(&hourOk);
    const int minute = QStringView(text).last(2).toInt(&minuteOk);
    const bool fits = hourOk && minuteOk && hour >= 0 && minute >= 0 && minute < 60 && hour * 60 + minute <= kDay;
    return fits ? hour * 60 + minute : -1;
}

qint64 toSeconds(TimePoint time)
{
    return std::chrono::floor<seconds>(time.time_since_epoch()).count();
}

TimePoint fromSeconds(qint64 value)
{
    return TimePoint(seconds(value));
}

/// isValid() alone lets any short word pass as the name of a POSIX zone; Qt's list lacks those without a country, such
/// as the "Etc/UTC" of most servers.
bool isZone(const QByteArray& id)
{
    return QTimeZone::isTimeZoneIdAvailable(id) || (id.contains('/') && QTimeZone(id).isValid());
}

int offsetAt(const QTimeZone& zone, qint64 utc)
{
    return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(utc, Qt::UTC));
}

/// The moments, in UTC seconds, at which the zone's wall clock shows a local time: the same one twice, but for an hour
/// that comes twice. A time that is skipped becomes the moment at which the clock skips it.
std::pair<qint64, qint64> momentsOf(const QTimeZone& zone, qint64 local)
{
    const int before = offsetAt(zone, local - kDaySeconds);
    const int after = offsetAt(zone, local + kDaySeconds);
    const bool isBefore = offsetAt(zone, local - before) == before;
    const bool isAfter = offsetAt(zone, local - after) == after;
    if (isBefore && isAfter)
        return std::minmax({local - before, local - after});
    if (isBefore)
        return {local - before, local - before};
    if (isAfter)
        return {local - after, local - after};
    auto [low, high] = std::minmax({local - before, local - after});
    const int old = offsetAt(zone, low);
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        (offsetAt(zone, middle) == old ? low : high) = middle;
    }
    return {high, high};
}

struct Span {
    qint64 begin; ///< UTC seconds
    qint64 end;
};

/// Every stretch of the windows around `now`; touching ones are one.
std::vector<Span> spansAround(const PoolPolicy& policy, qint64 now)
{
    std::vector<Span> spans;
    if (policy.keepUntil && toSeconds(*policy.keepUntil) > now)
        spans.push_back({now, toSeconds(*policy.keepUntil)});
    const QTimeZone zone(policy.zone.toUtf8());
    if (policy.mode == PoolMode::ScheduledWarm && zone.isValid()) {
        const QDate today = QDateTime::fromSecsSinceEpoch(now, zone).date();
        for (int ahead = -2; ahead <= kDaysAhead; ++ahead) {
            const QDate date = today.addDays(ahead);
            const qint64 midnight = QDateTime(date, QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
            for (const WarmWindow& window : policy.windows) {
                if ((window.days & (1u << (date.dayOfWeek() - 1))) == 0)
                    continue;
                const int length = (window.toMinute > window.fromMinute ? 0 : kDay) + window.toMinute;
                const qint64 begin = momentsOf(zone, midnight + qint64{window.fromMinute} * 60).first;
                const qint64 end = momentsOf(zone, midnight + qint64{length} * 60).second;
                if (begin < end)
                    spans.push_back({begin, end});
            }
        }
    }
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    std::vector<Span> merged;
    for (const Span& span : spans) {
        if (!merged.empty() && span.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, span.end);
        else
            merged.push_back(span);
    }
    return merged;
}

/// The minutes of an ordinary week that are in a window, and how often one begins.
struct Week {
    int minutes = 0;
    int openings = 0;
};

Week weekOf(const QList<WarmWindow>& windows)
{
    std::bitset<kWeek> warm;
    for (const WarmWindow& window : windows) {
        const int length = (window.toMinute > window.fromMinute ? 0 : kDay) + window.toMinute - window.fromMinute;
        for (int day = 0; day < 7; ++day) {
            if ((window.days & (1u << day)) == 0)
                continue;
            for (int minute = 0; minute < length; ++minute)
                warm.set(static_cast<std::size_t>((day * kDay + window.fromMinute + minute) % kWeek));
        }
    }
    Week week;
    week.minutes = static_cast<int>(warm.count());
    for (std::size_t minute = 0; minute < kWeek; ++minute)
        week.openings += warm.test(minute) && !warm.test((minute + kWeek - 1) % kWeek) ? 1 : 0;
    return week;
}

double hours(std::chrono::duration<double> time)
{
    return time.count() / 3600.0;
}

} // namespace

QString toString(PoolMode mode)
{
    const auto* const row
        = std::find_if(kModes.begin(), kModes.end(), [mode](const auto& entry) { return entry.first == mode; });
    return QLatin1String(row->second);
}

std::optional<PoolMode> poolModeFromString(const QString& text)
{
    for (const auto& [mode, name] : kModes) {
        if (text == QLatin1String(name))
            return mode;
    }
    return std::nullopt;
}

Result<WindowText> windowFromText(const QString& text)
{
    const QStringList words = text.simplified().split(u' ');
    if (words.size() < 2 || words.size() > 3)
        return invalid(u"a window is written like \"mon-fri 09:00-17:00 Europe/Istanbul\": %1"_s.arg(text.left(100)));
    WindowText parsed;
    parsed.window.days = daysFromText(words.at(0));
    if (parsed.window.days == 0)
        return invalid(u"not days of the week: %1"_s.arg(words.at(0).left(100)));
    parsed.window.fromMinute = minuteFromText(words.at(1).section(u'-', 0, 0));
    parsed.window.toMinute = minuteFromText(words.at(1).section(u'-', 1));
    if (parsed.window.fromMinute < 0 || parsed.window.fromMinute == kDay || parsed.window.toMinute < 0)
        return invalid(u"not hours of a day: %1"_s.arg(words.at(1).left(100)));
    parsed.zone = words.value(2);
    return parsed;
}

QString toText(const WarmWindow& window)
{
    QString days;
    if (window.days == kEveryDay)
        days = u"daily"_s;
    for (int day = 0; day < 7 && window.days != kEveryDay; ++day) {
        const auto has = [&window](int which) { return which < 7 && (window.days & (1u << which)) != 0; };
        if (!has(day))
            continue;
        const int first = day;
        while (has(day + 1))
            ++day;
        days += (days.isEmpty() ? u""_s : u","_s) + QLatin1String(kDayNames.at(static_cast<std::size_t>(first)));
        if (day > first)
            days += (day - first > 1 ? u'-' : u',')
                + QString(QLatin1String(kDayNames.at(static_cast<std::size_t>(day))));
    }
    const auto clock = [](int minute) {
        return u"%1:%2"_s.arg(minute / 60, 2, 10, QLatin1Char('0')).arg(minute % 60, 2, 10, QLatin1Char('0'));
    };
    return days + u' ' + clock(window.fromMinute) + u'-' + clock(window.toMinute);
}

PoolPolicy keptUntil(const PoolPolicy& present, TimePoint until)
{
    PoolPolicy policy = present.mode == PoolMode::AlwaysOn ? PoolPolicy() : present;
    policy.keepUntil = until;
    return policy;
}

Result<void> checkPolicy(const PoolPolicy& policy)
{
    if (policy.mode != PoolMode::ScheduledWarm) {
        if (!policy.windows.isEmpty())
            return invalid(u"windows belong to scheduled_warm"_s);
        return {};
    }
    if (policy.windows.isEmpty() || policy.windows.size() > 50)
        return invalid(u"scheduled_warm needs 1 to 50 windows"_s);
    if (!isZone(policy.zone.toUtf8()))
        return invalid(u"no such time zone: %1"_s.arg(policy.zone.left(100)));
    for (const WarmWindow& window : policy.windows) {
        const bool fits = window.days > 0 && window.days <= kEveryDay && window.fromMinute >= 0
            && window.fromMinute < kDay && window.toMinute >= 0 && window.toMinute <= kDay;
        if (!fits)
            return invalid(u"a window without days or hours"_s);
    }
    return {};
}

WarmPlan warmPlanAt(const PoolPolicy& policy, TimePoint now)
{
    if (policy.mode == PoolMode::AlwaysOn)
        return {true, std::nullopt};
    const qint64 at = toSeconds(now);
    for (const Span& span : spansAround(policy, at)) {
        if (at < span.begin)
            return {false, fromSeconds(span.begin)};
        if (at < span.end) {
            // Beyond a week it would have ended if it ever did.
            const bool isEndless = span.end - at > 8 * kDaySeconds && policy.keepUntil.value_or(now) <= now;
            return {true, isEndless ? std::nullopt : std::optional(fromSeconds(span.end))};
        }
    }
    return {};
}

seconds holdingIdleTimeout(const PoolPolicy& policy, TimePoint now, seconds standard)
{
    if (policy.keepUntil && *policy.keepUntil > now) {
        const seconds rest = std::chrono::ceil<seconds>(*policy.keepUntil - now);
        if (rest <= kLongestIdleTimeout)
            return std::max(rest, seconds(1));
    }
    return std::clamp(standard, seconds(1), kLongestIdleTimeout);
}

std::chrono::milliseconds holdAfter(seconds idleTimeout)
{
    return std::chrono::milliseconds(idleTimeout) * 2 / 3;
}

WarmPrice warmPrice(const PoolPolicy& policy, const WarmCosts& costs, TimePoint now)
{
    WarmPrice price;
    price.usdPerHour = costs.usdPerHour;
    const auto usd = [&costs](double hoursOfWorker) { return hoursOfWorker * costs.usdPerHour; };
    const auto holdsIn = [](double warmHours, seconds idle) {
        return warmHours / std::max(hours(std::chrono::duration<double>(holdAfter(idle))), 1e-9);
    };
    if (policy.mode == PoolMode::AlwaysOn) {
        price.hoursPerMonth = kHoursPerMonth;
        price.usdPerMonth = usd(kHoursPerMonth) * std::max(1, costs.workersMin);
    } else {
        price.usdAfterwards = usd(hours(costs.coldStart) + hours(costs.idleTimeout));
    }
    if (policy.mode == PoolMode::ScheduledWarm) {
        constexpr double weeksPerMonth = kHoursPerMonth / (24.0 * 7.0);
        const Week week = weekOf(policy.windows);
        price.hoursPerMonth = week.minutes / 60.0 * weeksPerMonth;
        price.opensPerMonth = week.openings * weeksPerMonth;
        price.holdsPerMonth = holdsIn(price.hoursPerMonth, costs.warmIdleTimeout);
        price.usdPerMonth
            = usd(price.hoursPerMonth + price.opensPerMonth * (hours(costs.coldStart) + hours(costs.idleTimeout))
                + price.holdsPerMonth * hours(kHoldJob));
        price.usdAfterwards = usd(hours(costs.coldStart) + hours(costs.warmIdleTimeout));
    }
    if (policy.keepUntil && *policy.keepUntil > now) {
        const double rest = hours(*policy.keepUntil - now);
        const seconds idle = holdingIdleTimeout(policy, now, costs.warmIdleTimeout);
        const double holds = rest > hours(kLongestIdleTimeout) ? holdsIn(rest, idle) : 0.0;
        price.usdOnce = usd(rest + hours(costs.coldStart) + hours(costs.idleTimeout) + holds * hours(kHoldJob));
        if (price.usdAfterwards)
            price.usdAfterwards = std::max(*price.usdAfterwards, usd(hours(costs.coldStart) + hours(idle)));
    }
    return price;
}

} // namespace visgate
