// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/lifecycle_json.h"

#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject toJson(const Release& release)
{
    QJsonArray changes;
    for (const ReleaseChange& change : release.changes)
        changes.append(visgate::toJson(change));
    return {{u"id"_s, release.id}, {u"release"_s, release.version}, {u"source"_s, fields::orNull(release.source)},
        {u"created_at"_s, fields::time(release.createdAt)}, {u"workers"_s, release.workers}, {u"changes"_s, changes}};
}

} // namespace

QJsonObject toJson(const ScaleRequest& request)
{
    QJsonObject object;
    if (request.workersMin)
        object.insert(u"workers_min"_s, *request.workersMin);
    if (request.workersMax)
        object.insert(u"workers_max"_s, *request.workersMax);
    if (request.idleTimeout)
        object.insert(u"idle_timeout_seconds"_s, qint64{request.idleTimeout->count()});
    if (request.acceptedUsdPerMonth)
        object.insert(u"accepted_usd_per_month"_s, *request.acceptedUsdPerMonth);
    return object;
}

QJsonObject toJson(const ReleaseChange& change)
{
    return {{u"field"_s, change.field}, {u"before"_s, fields::orNull(change.before)},
        {u"after"_s, fields::orNull(change.after)}};
}

QJsonObject toJson(const ReleaseHistory& history)
{
    QJsonArray releases;
    for (const Release& release : history.releases)
        releases.append(toJson(release));
    return {{u"current"_s, history.current}, {u"rolling_out"_s, history.rollingOut}, {u"releases"_s, releases}};
}

Result<ReleaseHistory> releaseHistoryFromJson(const QJsonObject& object)
{
    if (!object.value("releases"_L1).isArray())
        return fail(ErrorCode::UnexpectedReply, "not a release history");
    ReleaseHistory history;
    history.current = object.value("current"_L1).toInt();
    history.rollingOut = object.value("rolling_out"_L1).toBool();
    for (const QJsonValue& value : object.value("releases"_L1).toArray()) {
        Release release;
        release.id = value["id"_L1].toString();
        release.version = value["release"_L1].toInt();
        release.source = value["source"_L1].toString();
        release.createdAt = fields::toTime(value["created_at"_L1]);
        release.workers = value["workers"_L1].toInt();
        for (const QJsonValue& change : value["changes"_L1].toArray())
            release.changes.append(
                {change["field"_L1].toString(), change["before"_L1].toString(), change["after"_L1].toString()});
        history.releases.append(std::move(release));
    }
    return history;
}

QJsonObject toJson(const PoolPolicy& policy)
{
    QJsonArray windows;
    for (const WarmWindow& window : policy.windows)
        windows.append(toText(window));
    return {{u"mode"_s, toString(policy.mode)}, {u"windows"_s, windows}, {u"zone"_s, fields::orNull(policy.zone)},
        {u"keep_until"_s, fields::time(policy.keepUntil)}};
}

PoolPolicy poolPolicyFromJson(const QJsonObject& object)
{
    PoolPolicy policy;
    policy.mode = poolModeFromString(object.value("mode"_L1).toString()).value_or(PoolMode::OnDemand);
    for (const QString& text : fields::toStrings(object.value("windows"_L1))) {
        if (const auto parsed = windowFromText(text))
            policy.windows.append(parsed->window);
    }
    policy.zone = object.value("zone"_L1).toString();
    policy.keepUntil = fields::toTime(object.value("keep_until"_L1));
    return policy;
}

QJsonObject toJson(const WarmPrice& price)
{
    return {{u"usd_per_hour"_s, price.usdPerHour}, {u"usd_per_month"_s, price.usdPerMonth},
        {u"usd_once"_s, price.usdOnce}, {u"hours_per_month"_s, price.hoursPerMonth},
        {u"opens_per_month"_s, price.opensPerMonth}, {u"holds_per_month"_s, price.holdsPerMonth},
        {u"usd_afterwards"_s, fields::orNull(price.usdAfterwards)}};
}

Result<WarmPrice> warmPriceFromJson(const QJsonObject& object)
{
    if (!object.value("usd_per_hour"_L1).isDouble())
        return fail(ErrorCode::UnexpectedReply, "not a price of a pool policy");
    return WarmPrice{object.value("usd_per_hour"_L1).toDouble(), object.value("usd_per_month"_L1).toDouble(),
        object.value("usd_once"_L1).toDouble(), object.value("hours_per_month"_L1).toDouble(),
        object.value("opens_per_month"_L1).toDouble(), object.value("holds_per_month"_L1).toDouble(),
        fields::toDouble(object.value("usd_afterwards"_L1))};
}

} // namespace visgate
