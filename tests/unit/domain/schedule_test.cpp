// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/warm/schedule.h"

#include <gtest/gtest.h>
#include <random>
#include <stdexcept>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

TimePoint at(const char* text)
{
    TimePoint time;
    if (!parseUtc(text, time))
        throw std::invalid_argument(text);
    return time;
}

WarmWindow window(const char* text)
{
    const auto parsed = windowFromText(QString::fromLatin1(text));
    if (!parsed)
        throw std::invalid_argument(parsed.error().detail);
    return parsed->window;
}

PoolPolicy scheduled(const char* zone, std::initializer_list<const char*> windows)
{
    PoolPolicy policy;
    policy.mode = PoolMode::ScheduledWarm;
    policy.zone = QString::fromLatin1(zone);
    for (const char* text : windows)
        policy.windows.append(window(text));
    return policy;
}

PoolPolicy until(PoolPolicy policy, const char* time)
{
    policy.keepUntil = at(time);
    return policy;
}

const PoolPolicy kOffice = scheduled("Europe/Istanbul", {"mon-fri 09:00-17:00"}); // UTC+3 all year
const PoolPolicy kNight = scheduled("Europe/Istanbul", {"fri 22:00-02:00"});

struct PolicySituation {
    const char* name;
    PoolPolicy policy;
    const char* now;
    bool warm;
    const char* nextChange; ///< empty: never
};

void PrintTo(const PolicySituation& situation, std::ostream* out)
{
    *out << situation.name;
}

class Schedule : public testing::TestWithParam<PolicySituation> { };

TEST_P(Schedule, StateAndNextChange)
{
    const PolicySituation& situation = GetParam();
    const WarmPlan plan = warmPlanAt(situation.policy, at(situation.now));
    EXPECT_EQ(plan.warm, situation.warm);
    EXPECT_EQ(plan.nextChange ? formatUtc(*plan.nextChange).substr(0, 19) : "",
        std::string(situation.nextChange).substr(0, 19));
}

const PolicySituation kPolicySituations[] = {
    {"OnDemandNever", {}, "2026-06-01T12:00:00Z", false, ""},
    {"AlwaysOnForEver", {PoolMode::AlwaysOn, {}, {}, {}}, "2026-06-01T12:00:00Z", true, ""},
    {"JustBefore", kOffice, "2026-06-01T05:59:59Z", false, "2026-06-01T06:00:00Z"},
    {"AtItsBeginning", kOffice, "2026-06-01T06:00:00Z", true, "2026-06-01T14:00:00Z"},
    {"ARestartInTheMiddle", kOffice, "2026-06-01T09:17:33Z", true, "2026-06-01T14:00:00Z"},
    {"ItsLastSecond", kOffice, "2026-06-01T13:59:59Z", true, "2026-06-01T14:00:00Z"},
    {"AtItsEnd", kOffice, "2026-06-01T14:00:00Z", false, "2026-06-02T06:00:00Z"},
    {"TheClockJumpsTwoHoursAheadOutOfIt", kOffice, "2026-06-01T15:30:00Z", false, "2026-06-02T06:00:00Z"},
    {"TheClockJumpsTwoHoursBackBeforeIt", kOffice, "2026-06-01T04:30:00Z", false, "2026-06-01T06:00:00Z"},
    {"OverTheWeekend", kOffice, "2026-06-05T14:00:00Z", false, "2026-06-08T06:00:00Z"},
    {"TheDayIsTheZonesNotUtcs", kOffice, "2026-05-31T22:30:00Z", false, "2026-06-01T06:00:00Z"},
    {"OverMidnightBefore", kNight, "2026-06-05T18:59:59Z", false, "2026-06-05T19:00:00Z"},
    {"OverMidnightOnItsDay", kNight, "2026-06-05T20:00:00Z", true, "2026-06-05T23:00:00Z"},
    {"OverMidnightOnTheNextDay", kNight, "2026-06-05T22:30:00Z", true, "2026-06-05T23:00:00Z"},
    {"OverMidnightAfter", kNight, "2026-06-05T23:00:00Z", false, "2026-06-12T19:00:00Z"},
    {"SundayNightIntoMonday", scheduled("Europe/Istanbul", {"sun 22:00-06:00"}), "2026-06-08T01:00:00Z", true,
        "2026-06-08T03:00:00Z"},
    {"TouchingWindowsAreOne", scheduled("Europe/Istanbul", {"mon 09:00-12:00", "mon 12:00-15:00"}),
        "2026-06-01T07:00:00Z", true, "2026-06-01T12:00:00Z"},
    {"OverlappingWindowsAreOne", scheduled("Europe/Istanbul", {"mon 09:00-12:00", "daily 11:00-15:00"}),
        "2026-06-01T07:00:00Z", true, "2026-06-01T12:00:00Z"},
    {"TwoADay", scheduled("Europe/Istanbul", {"mon 09:00-10:00", "mon 12:00-13:00"}), "2026-06-01T07:00:00Z", false,
        "2026-06-01T09:00:00Z"},
    {"DayAndNight", scheduled("Europe/Istanbul", {"daily 00:00-24:00"}), "2026-06-01T07:00:00Z", true, ""},
    {"ADayFromEightToEight", scheduled("Europe/Istanbul", {"mon 08:00-08:00"}), "2026-06-01T12:00:00Z", true,
        "2026-06-02T05:00:00Z"},
    {"AnUnknownZoneIsNeverWarm", scheduled("Atlantis/Main", {"daily 00:00-24:00"}), "2026-06-01T12:00:00Z", false, ""},
    // Berlin goes from 02:00 to 03:00 on 29 March 2026 (01:00 UTC) ...
    {"SpringBefore", scheduled("Europe/Berlin", {"sun 01:30-03:30"}), "2026-03-29T00:29:59Z", false,
        "2026-03-29T00:30:00Z"},
    {"SpringIsAnHourShorter", scheduled("Europe/Berlin", {"sun 01:30-03:30"}), "2026-03-29T00:30:00Z", true,
        "2026-03-29T01:30:00Z"},
    {"SpringSkipsTheBeginning", scheduled("Europe/Berlin", {"sun 02:30-04:00"}), "2026-03-29T00:00:00Z", false,
        "2026-03-29T01:00:00Z"},
    {"SpringAfterTheSkippedBeginning", scheduled("Europe/Berlin", {"sun 02:30-04:00"}), "2026-03-29T01:00:00Z", true,
        "2026-03-29T02:00:00Z"},
    {"SpringSkipsTheEnd", scheduled("Europe/Berlin", {"sun 01:00-02:30"}), "2026-03-29T00:30:00Z", true,
        "2026-03-29T01:00:00Z"},
    {"SpringSkipsAllOfIt", scheduled("Europe/Berlin", {"sun 02:10-02:50"}), "2026-03-29T00:59:00Z", false,
        "2026-04-05T00:10:00Z"},
    {"SpringSkipsAllOfItNextSunday", scheduled("Europe/Berlin", {"sun 02:10-02:50"}), "2026-03-23T12:00:00Z", false,
        "2026-04-05T00:10:00Z"},
    {"SpringMovesTheNextDay", scheduled("Europe/Berlin", {"daily 09:00-17:00"}), "2026-03-28T16:00:00Z", false,
        "2026-03-29T07:00:00Z"},
    // ... and back from 03:00 to 02:00 on 25 October (01:00 UTC).
    {"AutumnTheHourComesTwice", scheduled("Europe/Berlin", {"sun 02:00-03:00"}), "2026-10-25T00:00:00Z", true,
        "2026-10-25T02:00:00Z"},
    {"AutumnInsideTheHour", scheduled("Europe/Berlin", {"sun 02:15-02:45"}), "2026-10-25T01:05:00Z", true,
        "2026-10-25T01:45:00Z"},
    {"AutumnIsAnHourLonger", scheduled("Europe/Berlin", {"sat 23:00-06:00"}), "2026-10-24T21:00:00Z", true,
        "2026-10-25T05:00:00Z"},
    {"AutumnMovesTheNextDay", scheduled("Europe/Berlin", {"daily 09:00-17:00"}), "2026-10-24T15:00:00Z", false,
        "2026-10-25T08:00:00Z"},
    {"NewYorkInAutumn", scheduled("America/New_York", {"sun 01:30-02:30"}), "2026-11-01T05:30:00Z", true,
        "2026-11-01T07:30:00Z"},
    {"SydneyInSpring", scheduled("Australia/Sydney", {"sun 02:30-05:00"}), "2026-10-03T15:59:00Z", false,
        "2026-10-03T16:00:00Z"},
    {"ForAWhile", until({}, "2026-06-01T12:30:00Z"), "2026-06-01T12:00:00Z", true, "2026-06-01T12:30:00Z"},
    {"TheWhileIsOver", until({}, "2026-06-01T12:30:00Z"), "2026-06-01T12:30:00Z", false, ""},
    {"AWhileIntoAWindow", until(kOffice, "2026-06-01T06:30:00Z"), "2026-06-01T05:50:00Z", true, "2026-06-01T14:00:00Z"},
    {"AWhileBeyondAWindow", until(kOffice, "2026-06-01T14:30:00Z"), "2026-06-01T13:50:00Z", true,
        "2026-06-01T14:30:00Z"},
    {"AWhileBetweenWindows", until(kOffice, "2026-06-01T20:00:00Z"), "2026-06-01T19:00:00Z", true,
        "2026-06-01T20:00:00Z"},
};

INSTANTIATE_TEST_SUITE_P(Table, Schedule, testing::ValuesIn(kPolicySituations),
    [](const testing::TestParamInfo<PolicySituation>& row) { return std::string(row.param.name); });

/// The state only ever changes at the moment that was announced.
TEST(ScheduleProperty, NothingChangesBeforeTheAnnouncedMomentAndSomethingDoesThen)
{
    std::mt19937 dice(20261121);
    const auto pick = [&dice](int low, int high) { return std::uniform_int_distribution<int>(low, high)(dice); };
    const char* const zones[] = {"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"};
    const TimePoint starts[] = {at("2026-03-27T12:00:00Z"), at("2026-10-23T12:00:00Z"), at("2026-12-30T00:00:00Z")};
    for (int round = 0; round < 60; ++round) {
        PoolPolicy policy;
        policy.mode = PoolMode::ScheduledWarm;
        policy.zone = QString::fromLatin1(zones[round % 5]);
        for (int i = pick(1, 3); i > 0; --i)
            policy.windows.append({unsigned(pick(1, 127)), pick(0, 1439), pick(0, 1440)});
        TimePoint now = starts[round % 3] + std::chrono::minutes(pick(0, 1440));
        for (int step = 0; step < 8; ++step) {
            const WarmPlan plan = warmPlanAt(policy, now);
            if (!plan.nextChange)
                break;
            ASSERT_GT(*plan.nextChange, now);
            for (int i = 0; i < 5; ++i) {
                const TimePoint between = now + (*plan.nextChange - now) * i / 5;
                ASSERT_EQ(warmPlanAt(policy, between), plan) << formatUtc(between) << " round " << round;
            }
            ASSERT_EQ(warmPlanAt(policy, *plan.nextChange - 1s).warm, plan.warm);
            ASSERT_NE(warmPlanAt(policy, *plan.nextChange).warm, plan.warm) << formatUtc(*plan.nextChange);
            now = *plan.nextChange;
        }
    }
}

/// What a program that looks again and again at a clock which is set, and which is restarted, would do.
TEST(ScheduleProperty, AClockThatIsSetGivesTheStateOfTheNewTime)
{
    VirtualClock clock(at("2026-06-01T06:30:00Z"));
    EXPECT_TRUE(warmPlanAt(kOffice, clock.now()).warm);
    clock.jumpWall(-2h);
    EXPECT_FALSE(warmPlanAt(kOffice, clock.now()).warm);
    clock.jumpWall(4h);
    EXPECT_TRUE(warmPlanAt(kOffice, clock.now()).warm);
    clock.advance(5h + 30min);
    EXPECT_FALSE(warmPlanAt(kOffice, clock.now()).warm);
    clock.jumpWall(-2h);
    EXPECT_TRUE(warmPlanAt(kOffice, clock.now()).warm) << "the hours are kept by the clock on the wall";
}

TEST(ScheduleText, WindowsAreReadAndWritten)
{
    struct Row {
        const char* text;
        const char* written;
    };
    for (const Row& row :
        {Row{"mon-fri 09:00-17:00", "mon-fri 09:00-17:00"}, {"daily 00:00-24:00", "daily 00:00-24:00"},
            {"sat,sun 22:00-02:00", "sat,sun 22:00-02:00"}, {"fri-mon 10:30-11:00", "mon,fri-sun 10:30-11:00"},
            {"  wed   08:00-08:00 ", "wed 08:00-08:00"}, {"mon-sun 01:00-02:00", "daily 01:00-02:00"}}) {
        const auto parsed = windowFromText(QString::fromLatin1(row.text));
        ASSERT_TRUE(parsed) << row.text;
        EXPECT_EQ(toText(parsed->window).toStdString(), row.written);
        EXPECT_EQ(window(row.written), parsed->window);
    }
    EXPECT_EQ(windowFromText(u"mon-fri 09:00-17:00 Europe/Istanbul"_s)->zone, u"Europe/Istanbul"_s);
    for (const char* bad :
        {"", "mon", "mon 09:00", "mon 9:00-17:00", "mon 24:00-25:00", "mon 24:00-01:00", "foo 09:00-17:00",
            "mon- 09:00-17:00", "mon-tue-wed 09:00-17:00", "mon 09:60-17:00", "mon 09:00-17:00 a b", "mon -1:00-17:00"})
        EXPECT_FALSE(windowFromText(QString::fromLatin1(bad))) << bad;
}

TEST(ScheduleText, PoliciesAreChecked)
{
    EXPECT_TRUE(checkPolicy(kOffice));
    EXPECT_TRUE(checkPolicy({}));
    EXPECT_FALSE(checkPolicy(scheduled("Atlantis/Main", {"mon 09:00-10:00"})));
    EXPECT_FALSE(checkPolicy(scheduled("Nowhere", {"mon 09:00-10:00"})));
    EXPECT_FALSE(checkPolicy(scheduled("", {"mon 09:00-10:00"})));
    EXPECT_FALSE(checkPolicy(scheduled("UTC", {})));
    for (const char* zone : {"UTC", "Etc/UTC", "Etc/GMT+3", "America/Argentina/Buenos_Aires"})
        EXPECT_TRUE(checkPolicy(scheduled(zone, {"mon 09:00-10:00"}))) << zone;
    PoolPolicy stray = kOffice;
    stray.mode = PoolMode::OnDemand;
    EXPECT_FALSE(checkPolicy(stray)) << "windows of another mode";
    EXPECT_FALSE(checkPolicy({PoolMode::ScheduledWarm, {{0, 1, 2}}, u"UTC"_s, {}}));
}

TEST(SchedulePolicy, AWhileKeepsTheHoursAndEndsAlwaysOn)
{
    const TimePoint until{std::chrono::hours(1)};
    PoolPolicy present;
    EXPECT_EQ(keptUntil(present, until).keepUntil, until);
    present.mode = PoolMode::ScheduledWarm;
    present.windows = {WarmWindow{}};
    EXPECT_EQ(keptUntil(present, until).windows.size(), 1);
    EXPECT_EQ(keptUntil(present, until).mode, PoolMode::ScheduledWarm);
    present.mode = PoolMode::AlwaysOn;
    EXPECT_EQ(keptUntil(present, until).mode, PoolMode::OnDemand);
}

TEST(SchedulePrice, EveryPartIsInIt)
{
    const WarmCosts costs{2.0, 60s, 10s, 900s, 1};
    const TimePoint now = at("2026-06-01T12:00:00Z");
    const WarmPrice none = warmPrice({}, costs, now);
    EXPECT_EQ(none.usdPerMonth, 0.0);
    EXPECT_EQ(none.usdOnce, 0.0);

    const WarmPrice office = warmPrice(kOffice, costs, now);
    EXPECT_NEAR(office.hoursPerMonth, 40.0 * 30.4375 / 7.0, 0.01);
    EXPECT_NEAR(office.opensPerMonth, 5.0 * 30.4375 / 7.0, 0.01) << "a warm-up job a window";
    EXPECT_NEAR(office.holdsPerMonth, office.hoursPerMonth * 6.0, 0.01) << "one every 10 minutes";
    const double parts
        = office.hoursPerMonth + office.opensPerMonth * 70.0 / 3600.0 + office.holdsPerMonth * 2.0 / 3600.0;
    EXPECT_NEAR(office.usdPerMonth, parts * 2.0, 0.01);
    ASSERT_TRUE(office.usdAfterwards);
    EXPECT_NEAR(*office.usdAfterwards, 2.0 * 960.0 / 3600.0, 1e-9) << "no job holds it any more";
    EXPECT_NEAR(warmPrice(scheduled("UTC", {"mon 09:00-12:00", "mon 12:00-15:00"}), costs, now).opensPerMonth,
        30.4375 / 7.0, 0.01)
        << "touching windows are opened once";
    EXPECT_NEAR(warmPrice(scheduled("UTC", {"sun 22:00-06:00"}), costs, now).hoursPerMonth, 8.0 * 30.4375 / 7.0, 0.01);
    EXPECT_EQ(warmPrice(scheduled("UTC", {"daily 00:00-24:00"}), costs, now).opensPerMonth, 0.0);

    const WarmPrice always = warmPrice({PoolMode::AlwaysOn, {}, {}, {}}, costs, now);
    EXPECT_NEAR(always.usdPerMonth, 2.0 * 24.0 * 30.4375, 0.01);
    EXPECT_FALSE(always.usdAfterwards) << "it runs until somebody stops it";

    const WarmPrice half = warmPrice(until({}, "2026-06-01T12:30:00Z"), costs, now);
    EXPECT_NEAR(half.usdOnce, 2.0 * (1800.0 + 70.0) / 3600.0, 1e-9) << "held by the idle time-out alone";
    EXPECT_EQ(half.usdPerMonth, 0.0);
    EXPECT_GT(warmPrice(until({}, "2026-06-01T15:00:00Z"), costs, now).usdOnce, 2.0 * 3.0);
}

TEST(ScheduleHold, TheIdleTimeOutHoldsWhatIsLeft)
{
    const TimePoint now = at("2026-06-01T12:00:00Z");
    EXPECT_EQ(holdingIdleTimeout(until({}, "2026-06-01T12:30:00Z"), now, 900s), 1800s);
    EXPECT_EQ(holdingIdleTimeout(until({}, "2026-06-01T13:00:00Z"), now, 900s), 3600s);
    EXPECT_EQ(holdingIdleTimeout(until({}, "2026-06-01T13:00:01Z"), now, 900s), 900s) << "beyond the provider's limit";
    EXPECT_EQ(holdingIdleTimeout(kOffice, now, 900s), 900s);
    EXPECT_LT(holdAfter(900s), 900s);
}

} // namespace
} // namespace visgate
