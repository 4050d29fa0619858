// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/endpoint_rules.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <charconv>
#include <cmath>
#include <set>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono;

namespace {

constexpr std::size_t mostBuckets = 10'000;

struct Range {
    TimePoint from;
    TimePoint to;
    std::string bucketSize = "day";
    std::string serverlessId;
};

struct Amounts {
    double gpu = 0;
    double cpu = 0;
};

/// The beginning of the bucket that `time` lies in, UTC; weeks begin on Monday.
TimePoint bucketStart(TimePoint time, const std::string& size)
{
    const auto day = floor<days>(time);
    if (size == "hour")
        return floor<hours>(time);
    if (size == "day")
        return day;
    if (size == "week")
        return day - (weekday(day) - Monday);
    const year_month_day date(day);
    if (size == "month")
        return sys_days(date.year() / date.month() / 1);
    return sys_days(date.year() / January / 1);
}

TimePoint nextBucket(TimePoint start, const std::string& size)
{
    if (size == "hour")
        return start + hours(1);
    if (size == "day")
        return start + days(1);
    if (size == "week")
        return start + weeks(1);
    const year_month_day date(floor<days>(start));
    if (size == "month")
        return sys_days((date.year() / date.month() + months(1)) / 1);
    return sys_days((date.year() + years(1)) / January / 1);
}

TimePoint previousBucket(TimePoint start, const std::string& size)
{
    return bucketStart(start - microseconds(1), size);
}

std::optional<Problem> readRange(const http::Request& request, TimePoint now, Range& range)
{
    if (request.hasQuery("bucketSize"))
        range.bucketSize = request.query("bucketSize");
    static const std::set<std::string> sizes{"hour", "day", "week", "month", "year"};
    if (!sizes.contains(range.bucketSize))
        return validationFailed({"query.bucketSize: value must be one of 'hour', 'day', 'week', 'month', 'year'"});
    range.serverlessId = request.query("serverlessId");
    range.from = now - days(30);
    range.to = now;
    if (request.hasQuery("lastN")) {
        if (request.hasQuery("startTime") || request.hasQuery("endTime"))
            return Problem{400, "lastN and startTime/endTime are mutually exclusive", {}, {}};
        const std::string text = request.query("lastN");
        int count = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), count);
        if (parsed.ptr != text.data() + text.size() || count < 1)
            return validationFailed({"query.lastN: minimum: want 1"});
        range.from = bucketStart(now, range.bucketSize);
        for (int i = 1; i < std::min(count, 1000); ++i)
            range.from = previousBucket(range.from, range.bucketSize);
    }
    if (request.hasQuery("startTime") && !parseUtc(request.query("startTime"), range.from))
        return validationFailed({"query.startTime: must be an RFC 3339 date-time"});
    if (request.hasQuery("endTime") && !parseUtc(request.query("endTime"), range.to))
        return validationFailed({"query.endTime: must be an RFC 3339 date-time"});
    if (range.to < range.from)
        return Problem{400, "endTime must not be before startTime", {}, {}};
    range.from = bucketStart(range.from, range.bucketSize);
    const TimePoint last = bucketStart(range.to, range.bucketSize);
    range.to = last == range.to ? last : nextBucket(last, range.bucketSize);
    if (range.to - range.from > hours(1) * static_cast<int>(mostBuckets) && range.bucketSize == "hour")
        return Problem{400, "the period is too long for hourly buckets", {}, {}};
    return std::nullopt;
}

/// Amounts per bucket and endpoint. A container costs its seconds, rounded up.
std::map<std::pair<TimePoint, std::string>, Amounts> sumUp(const World& world, const Range& range)
{
    std::map<std::pair<TimePoint, std::string>, Amounts> sums;
    const TimePoint now = world.now();
    for (const auto& [id, charge] : world.account.charges) {
        if (!range.serverlessId.empty() && charge.endpointId != range.serverlessId)
            continue;
        const auto length = ceil<seconds>(std::max(charge.to.value_or(now) - charge.from, TimePoint::duration(0)));
        const TimePoint end = charge.from + length;
        for (TimePoint start = bucketStart(charge.from, range.bucketSize); start < end;
             start = nextBucket(start, range.bucketSize)) {
            if (start < range.from || start >= range.to)
                continue;
            const TimePoint begin = std::max(start, charge.from);
            const duration<double> part = std::min(end, nextBucket(start, range.bucketSize)) - begin;
            Amounts& amounts = sums[{start, charge.endpointId}];
            (charge.cpu ? amounts.cpu : amounts.gpu) += part.count() * charge.usdPerSecond;
        }
    }
    return sums;
}

json toJson(const Amounts& amounts)
{
    return {{"totalAmount", amounts.gpu + amounts.cpu}, {"gpuAmount", amounts.gpu}, {"cpuAmount", amounts.cpu},
        {"diskAmount", 0.0}, {"feeAmount", 0.0}};
}

/// The account-wide form: every other product of the provider costs nothing here.
json toAccountJson(const Amounts& amounts)
{
    json value = {{"totalAmount", amounts.gpu + amounts.cpu}, {"serverlessGpuAmount", amounts.gpu},
        {"serverlessCpuAmount", amounts.cpu}};
    for (const char* name : {"podGpuAmount", "podCpuAmount", "podDiskAmount", "serverlessDiskAmount",
             "serverlessFeeAmount", "storageStandardAmount", "storageHighPerformanceAmount", "endpointAmount",
             "clusterGpuAmount", "clusterDiskAmount", "clusterNetworkingAmount"})
        value[name] = 0.0;
    return value;
}

json queryEcho(const Range& range)
{
    return {{"startTime", formatUtc(range.from)}, {"endTime", formatUtc(range.to)}, {"bucketSize", range.bucketSize}};
}

json bucketTimes(TimePoint start, const Range& range)
{
    return {{"startTime", formatUtc(start)}, {"endTime", formatUtc(nextBucket(start, range.bucketSize))}};
}

Reply serverlessBilling(const World& world, const http::Request& request)
{
    Range range;
    if (auto problem = readRange(request, world.now(), range))
        return problemReply(*problem);
    json records = json::array();
    Amounts total;
    std::set<std::string> endpoints;
    for (const auto& [key, amounts] : sumUp(world, range)) {
        json record = toJson(amounts);
        record.update(bucketTimes(key.first, range));
        record["serverlessId"] = key.second;
        records.push_back(std::move(record));
        endpoints.insert(key.second);
        total.gpu += amounts.gpu;
        total.cpu += amounts.cpu;
    }
    json query = queryEcho(range);
    query["serverlessId"] = range.serverlessId.empty() ? json(nullptr) : json(range.serverlessId);
    json metadata = {{"query", std::move(query)}, {"recordCount", records.size()},
        {"uniqueServerlessCount", endpoints.size()}, {"totals", toJson(total)}};
    return jsonReply(200, {{"records", std::move(records)}, {"metadata", std::move(metadata)}});
}

Reply accountBilling(const World& world, const http::Request& request)
{
    Range range;
    if (auto problem = readRange(request, world.now(), range))
        return problemReply(*problem);
    range.serverlessId.clear();
    std::map<TimePoint, Amounts> byBucket;
    Amounts total;
    for (const auto& [key, amounts] : sumUp(world, range)) {
        for (Amounts* sum : {&byBucket[key.first], &total}) {
            sum->gpu += amounts.gpu;
            sum->cpu += amounts.cpu;
        }
    }
    json records = json::array();
    for (const auto& [start, amounts] : byBucket) {
        json record = toAccountJson(amounts);
        record.update(bucketTimes(start, range));
        records.push_back(std::move(record));
    }
    json metadata = {{"query", queryEcho(range)}, {"recordCount", records.size()}, {"totals", toAccountJson(total)}};
    return jsonReply(200, {{"records", std::move(records)}, {"metadata", std::move(metadata)}});
}

} // namespace

void addBillingRoutes(Router& router, World& world)
{
    router.add("GET", "billing", [&world](const Visit& visit) { return accountBilling(world, visit.request()); });
    router.add("GET", "billing/serverless",
        [&world](const Visit& visit) { return serverlessBilling(world, visit.request()); });
}

} // namespace visgate::practice
