// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/consent.h"
#include "cli/flows/hand_over.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

using namespace std::chrono_literals;

constexpr auto kWarmPatience = 10s;
constexpr auto kWarmLook = 200ms;

using Policy = tl::expected<PoolPolicy, Failure>;

tl::unexpected<Failure> misuse(const QString& sentence)
{
    return tl::unexpected(Failure::misuse(sentence));
}

TimePoint now()
{
    return std::chrono::system_clock::now();
}

/// "30m", "2h", "1h30m".
std::optional<std::chrono::minutes> durationFrom(const QString& text)
{
    static const QRegularExpression shape(u"^(?:(\\d{1,3})h)?(?:(\\d{1,5})m)?$"_s);
    const auto match = shape.match(text);
    const auto minutes = std::chrono::minutes(match.captured(1).toInt() * 60 + match.captured(2).toInt());
    return match.hasMatch() && minutes.count() > 0 ? std::optional(minutes) : std::nullopt;
}

/// "18:30", today or, when that is over, tomorrow; or an ISO 8601 time.
std::optional<TimePoint> timeFrom(const QString& text)
{
    TimePoint parsed;
    if (parseUtc(text.toStdString(), parsed))
        return parsed;
    const QTime clock = QTime::fromString(text, u"HH:mm"_s);
    if (!clock.isValid())
        return std::nullopt;
    const QDateTime present = QDateTime::currentDateTime();
    QDateTime local(present.date(), clock);
    if (local <= present)
        local = local.addDays(1);
    return TimePoint(std::chrono::milliseconds(local.toMSecsSinceEpoch()));
}

/// One or more windows, parted by ";"; a zone named by any of them is that of all.
Policy windowsFrom(const QString& text)
{
    PoolPolicy policy;
    policy.mode = PoolMode::ScheduledWarm;
    policy.zone = QString::fromUtf8(QTimeZone::systemTimeZoneId());
    for (const QString& part : text.split(u';', Qt::SkipEmptyParts)) {
        const auto parsed = windowFromText(part);
        if (!parsed)
            return misuse(say(
                QT_TRANSLATE_NOOP("Cli",
                    "--window takes days, hours and a zone, like \"mon-fri 09:00-17:00 Europe/Istanbul\"; %1 is none."))
                              .arg(part.trimmed()));
        policy.windows.append(parsed->window);
        if (!parsed->zone.isEmpty())
            policy.zone = parsed->zone;
    }
    if (auto checked = checkPolicy(policy); !checked)
        return misuse(say(QT_TRANSLATE_NOOP("Cli", "There is no time zone %1.")).arg(policy.zone));
    return policy;
}

/// The policy that the options ask for; `present` is what holds now.
Policy policyOf(const Invocation& line, const PoolPolicy& present)
{
    if (line.has("off"))
        return PoolPolicy();
    if (line.has("window"))
        return windowsFrom(line.text("window"));
    if (line.has("always")) {
        PoolPolicy policy;
        policy.mode = PoolMode::AlwaysOn;
        return policy;
    }
    if (line.has("for")) {
        const auto time = durationFrom(line.text("for"));
        if (!time)
            return misuse(say(QT_TRANSLATE_NOOP("Cli", "--for takes a time such as 30m or 2h.")));
        return keptUntil(present, now() + *time);
    }
    const auto until = timeFrom(line.text("until"));
    if (!until)
        return misuse(say(QT_TRANSLATE_NOOP("Cli", "--until takes a time of day such as 18:30.")));
    return keptUntil(present, *until);
}

QString priceWords(const PoolPolicy& policy, const WarmPrice& price)
{
    QStringList words;
    if (policy.mode == PoolMode::AlwaysOn)
        words.append(
            say(QT_TRANSLATE_NOOP("Cli", "%1 a month, day and night, until you end it")).arg(money(price.usdPerMonth)));
    if (policy.mode == PoolMode::ScheduledWarm)
        words.append(
            say(QT_TRANSLATE_NOOP("Cli", "about %1 a month: %2 hours, %3 small jobs to warm up, %4 to hold it"))
                .arg(money(price.usdPerMonth))
                .arg(price.hoursPerMonth, 0, 'f', 0)
                .arg(price.opensPerMonth, 0, 'f', 0)
                .arg(price.holdsPerMonth, 0, 'f', 0));
    if (price.usdOnce > 0.0)
        words.append(say(QT_TRANSLATE_NOOP("Cli", "%1 for this time")).arg(money(price.usdOnce)));
    if (words.isEmpty())
        words.append(say(QT_TRANSLATE_NOOP("Cli", "nothing while it is not used")));
    return say(QT_TRANSLATE_NOOP("Cli", "Price: %1 (%2 for one worker)."))
        .arg(words.join(u"; "_s), perHour(price.usdPerHour));
}

bool isUnconfirmed(const Deployment& deployment)
{
    return deployment.unconfirmed.contains("warm"_L1);
}

/// What was asked for goes to the provider at once; most of the time its answer is worth waiting for.
Deployment whenConfirmed(Context& context, Deployment deployment)
{
    const auto end = std::chrono::steady_clock::now() + kWarmPatience;
    const bool acts = deployment.status == DeploymentStatus::Ready;
    while (acts && isUnconfirmed(deployment) && std::chrono::steady_clock::now() < end
        && context.session().pause(kWarmLook)) {
        auto seen = context.session().ask(GetDeployment{deployment.id});
        if (seen)
            deployment = *std::move(seen);
    }
    return deployment;
}

QString stateOf(const Deployment& deployment)
{
    const QString next = deployment.warmNextChange ? localTime(*deployment.warmNextChange) : QString();
    if (isUnconfirmed(deployment)) {
        const bool isWanted = warmPlanAt(deployment.pool, now()).warm;
        if (isWanted)
            return say(QT_TRANSLATE_NOOP("Cli",
                "Asked for, not yet confirmed by the provider: it is not kept warm yet. "
                "\"visgatectl warm ID\" tells when it is."));
        return say(QT_TRANSLATE_NOOP("Cli",
            "Its end is asked for, not yet confirmed by the provider: it may still be kept "
            "warm and cost money. \"visgatectl warm ID\" tells when it is over."));
    }
    if (deployment.warm)
        return next.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "It is kept warm."))
                              : say(QT_TRANSLATE_NOOP("Cli", "It is kept warm until %1.")).arg(next);
    return next.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "It sleeps when it is not used."))
                          : say(QT_TRANSLATE_NOOP("Cli", "It sleeps; it is kept warm from %1.")).arg(next);
}

Outcome show(Context& context, const Deployment& deployment, const WarmPrice& price)
{
    if (context.wantsJson()) {
        QJsonObject object = toJson(deployment);
        object.insert(u"price"_s, toJson(price));
        context.print(object);
        return ExitCode::Ok;
    }
    for (const WarmWindow& window : deployment.pool.windows)
        context.print(toText(window) + u' ' + deployment.pool.zone);
    context.print(stateOf(deployment));
    context.print(priceWords(deployment.pool, price));
    return ExitCode::Ok;
}

/// Always on is billed day and night: whoever asks for it says yes to the price.
bool agrees(Context& context, const WarmPrice& price)
{
    if (context.line.has("yes"))
        return true;
    if (!context.terminal.isInteractive())
        return false;
    const auto answer = context.terminal.ask(
        say(QT_TRANSLATE_NOOP("Cli", "Always on costs %1 a month. Go on? (y/N)")).arg(money(price.usdPerMonth)),
        context.session().interrupt());
    return answer && isYes(*answer);
}

Outcome runWarm(Context& context)
{
    const Invocation& line = context.line;
    const DeploymentId id(line.arguments.first().toStdString());
    int wishes = 0;
    for (const char* name : {"for", "until", "window", "always", "off"})
        wishes += line.has(name) ? 1 : 0;
    if (wishes > 1)
        return misuse(say(QT_TRANSLATE_NOOP("Cli", "One of --for, --until, --window, --always and --off, please.")));
    const auto present = context.session().ask(GetDeployment{id});
    if (!present)
        return tl::unexpected(Failure(present.error()));
    const Policy policy = wishes == 0 ? Policy(present->pool) : policyOf(line, present->pool);
    if (!policy)
        return tl::unexpected(policy.error());
    const auto price = context.session().ask(GetWarmPrice{id, *policy});
    if (!price)
        return tl::unexpected(Failure(price.error()));
    if (wishes == 0)
        return show(context, *present, *price);
    std::optional<double> accepted;
    if (policy->mode == PoolMode::AlwaysOn && agrees(context, *price))
        accepted = price->usdPerMonth;
    const auto changed = context.session().ask(SetPool{id, *policy, accepted});
    if (!changed)
        return tl::unexpected(Failure(changed.error()));
    // The jobs that open and hold a warm time are sent by a process that stays.
    if (auto handed = handOver(context); !handed)
        return tl::unexpected(Failure(handed.error()));
    return show(context, whenConfirmed(context, *changed), *price);
}

} // namespace

Command warmCommand()
{
    return {
        .name = u"warm"_s,
        .arguments = u"ID"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP("Cli", "Keep a deployment warm for a while, at certain hours, or always"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "Without options it tells how the deployment is kept and what that costs. Hours go by the clock on the "
            "wall\n"
            "of their zone (this computer's, unless one is named). A warm time is opened by a small job and held by\n"
            "others; a process in the background sends them. When none runs any more, the idle time-out ends the\n"
            "worker. Always on is billed day and night and asks first."),
        .options = {{.name = "for",
                        .value = "TIME",
                        .summary = QT_TRANSLATE_NOOP("Cli", "From now on for so long: 30m, 2h"),
                        .kind = ValueKind::Text},
            {.name = "until",
                .value = "TIME",
                .summary = QT_TRANSLATE_NOOP("Cli", "From now on until this time of day: 18:30"),
                .kind = ValueKind::Text},
            {.name = "window",
                .value = "HOURS",
                .summary = QT_TRANSLATE_NOOP("Cli", "Every week at these hours; several are parted by \";\""),
                .kind = ValueKind::Text},
            {.name = "always", .summary = QT_TRANSLATE_NOOP("Cli", "One worker at least, day and night")},
            {.name = "yes", .summary = QT_TRANSLATE_NOOP("Cli", "Agree to the price of --always")},
            {.name = "off", .summary = QT_TRANSLATE_NOOP("Cli", "Let it sleep when it is not used")}},
        .examples = {u"visgatectl warm dep_2026_1a2b3c4d --for 30m"_s,
            u"visgatectl warm dep_2026_1a2b3c4d --window 'mon-fri 09:00-17:00 Europe/Istanbul'"_s},
        .run = runWarm,
    };
}

} // namespace visgate::cli
