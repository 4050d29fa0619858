// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

// When an endpoint is kept warm, and what that costs. Pure: told the policy and the time, they answer.
namespace visgate {

inline constexpr double kHoursPerMonth = 24.0 * 365.25 / 12.0;

/// How an endpoint is kept between pictures.
enum class PoolMode {
    OnDemand,      ///< asleep until a picture is asked for
    AlwaysOn,      ///< one worker at least, day and night: the only mode that sets minimum workers
    ScheduledWarm, ///< warm in the windows, else on demand
};

[[nodiscard]] QString toString(PoolMode mode); ///< "scheduled_warm"
[[nodiscard]] std::optional<PoolMode> poolModeFromString(const QString& text);

/// The same hours on some days of the week, by the clock on the wall of the policy's zone.
struct WarmWindow {
    unsigned days = 0;  ///< bit 0 is Monday: the day on which the window begins
    int fromMinute = 0; ///< since midnight, 0 to 1439
    int toMinute = 0;   ///< 0 to 1440; at or before `fromMinute`: on the next day
    bool operator==(const WarmWindow&) const = default;
};

struct PoolPolicy {
    PoolMode mode = PoolMode::OnDemand;
    QList<WarmWindow> windows;
    QString zone;                       ///< IANA name: "Europe/Istanbul"
    std::optional<TimePoint> keepUntil; ///< warm once, until then, whatever the mode
    bool operator==(const PoolPolicy&) const = default;
};

/// A window as people write it: "mon-fri 09:00-17:00", "sat,sun 22:00-02:00 Europe/Istanbul", "daily 00:00-24:00".
struct WindowText {
    WarmWindow window;
    QString zone; ///< empty when the text names none
};
/// InvalidRequest naming what is wrong.
[[nodiscard]] Result<WindowText> windowFromText(const QString& text);
[[nodiscard]] QString toText(const WarmWindow& window);

/// InvalidRequest for a window that is none, an unknown zone, windows in a mode without any.
[[nodiscard]] Result<void> checkPolicy(const PoolPolicy& policy);

/// `present` and warm until then besides: its hours stay; always on, whose price nobody is asked for here, ends.
[[nodiscard]] PoolPolicy keptUntil(const PoolPolicy& present, TimePoint until);

/// What holds at a moment, and when it next becomes otherwise (empty: never).
struct WarmPlan {
    bool warm = false;
    std::optional<TimePoint> nextChange;
    bool operator==(const WarmPlan&) const = default;
};

/// Windows go by the zone's wall clock: one whose beginning is skipped when the clock goes forward begins at that
/// moment; an hour that comes twice when the clock goes back is kept warm twice.
[[nodiscard]] WarmPlan warmPlanAt(const PoolPolicy& policy, TimePoint now);

/// The idle time-out that holds a worker through what is left of a warm time: the rest itself for one that is kept
/// once and ends within an hour (the provider's limit), else `standard`, with small jobs to renew it.
[[nodiscard]] std::chrono::seconds holdingIdleTimeout(
    const PoolPolicy& policy, TimePoint now, std::chrono::seconds standard);
/// How long after the last job the next small one is sent: before `idleTimeout` ends.
[[nodiscard]] std::chrono::milliseconds holdAfter(std::chrono::seconds idleTimeout);

/// What the price is made of.
struct WarmCosts {
    double usdPerHour = 0.0;                ///< one worker on the dearest GPU of the plan
    std::chrono::seconds coldStart{0};      ///< of the worker that the warm-up job starts
    std::chrono::seconds idleTimeout{5};    ///< outside warm times
    std::chrono::seconds warmIdleTimeout{}; ///< inside them
    int workersMin = 1;                     ///< of always on
};

/// In USD. Warm-up jobs (a cold start each), the jobs that hold, and the idle time after the end are all counted.
struct WarmPrice {
    double usdPerHour = 0.0;
    double usdPerMonth = 0.0;   ///< of the mode: 0 on demand
    double usdOnce = 0.0;       ///< of keepUntil
    double hoursPerMonth = 0.0; ///< warm, on average
    double opensPerMonth = 0.0; ///< warm-up jobs
    double holdsPerMonth = 0.0; ///< jobs that hold
    /// The most that is spent after this program has ended and nothing holds any more; empty: until you stop it.
    std::optional<double> usdAfterwards;
    bool operator==(const WarmPrice&) const = default;
};

[[nodiscard]] WarmPrice warmPrice(const PoolPolicy& policy, const WarmCosts& costs, TimePoint now);

} // namespace visgate
