// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/request_gate.h"

#include <algorithm>
#include <utility>

namespace visgate {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kOutBeforeTheFirstAnswer = 1;
/// A network manager has six connections to a host; one stays free for what comes next.
constexpr int kOutAtOnce = 5;
/// In the background one less, so that a question does not wait for looks that nobody waits for.
constexpr int kBackgroundAtOnce = 4;
/// Waiting for so long makes a request as urgent as the class before its own.
constexpr seconds kPatience{15};
constexpr milliseconds kUntilAnswered = milliseconds::max();

QString laneOf(const QUrl& url, const QByteArray& quota)
{
    const auto origin = QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo;
    return url.adjusted(origin).toString() + QLatin1Char(' ') + QString::fromLatin1(quota);
}

} // namespace

struct RequestGate::Lane {
    RequestBudget budget;
    std::array<std::deque<Pass*>, kHttpPriorities> waiting;
    QTimer timer;
    bool hasAnswered = false;

    /// Urgent ones and, once the service has spoken, creates wait for no other call's answer.
    [[nodiscard]] bool isFullFor(HttpPriority priority) const
    {
        if (priority == HttpPriority::Urgent || (priority == HttpPriority::Create && hasAnswered))
            return false;
        const int most = priority >= HttpPriority::Observe ? kBackgroundAtOnce : kOutAtOnce;
        return budget.underWay() >= (hasAnswered ? most : kOutBeforeTheFirstAnswer);
    }
    [[nodiscard]] bool hasLine() const
    {
        return std::any_of(waiting.begin(), waiting.end(), [](const auto& line) { return !line.empty(); });
    }
};

RequestGate::RequestGate(std::shared_ptr<const Clock> clock, milliseconds longestPause)
    : m_clock(clock ? std::move(clock) : std::make_shared<RealClock>()), m_longestPause(longestPause)
{
}

RequestGate::~RequestGate() = default;

RequestGate::Lane& RequestGate::lane(const QUrl& url, const QByteArray& quota)
{
    std::unique_ptr<Lane>& lane = m_lanes[laneOf(url, quota)];
    if (!lane) {
        lane = std::make_unique<Lane>();
        lane->timer.setSingleShot(true);
        QObject::connect(&lane->timer, &QTimer::timeout, &lane->timer, [this, lane = lane.get()] { pump(*lane); });
    }
    return *lane;
}

const RequestGate::Lane* RequestGate::known(const QUrl& url, const QByteArray& quota) const
{
    const auto found = m_lanes.find(laneOf(url, quota));
    return found == m_lanes.end() ? nullptr : found->second.get();
}

void RequestGate::answered(const QUrl& url, const QByteArray& quota, const HttpReply* reply)
{
    Lane& from = lane(url, quota);
    from.budget.settle();
    // Qt 6.4 loses sight of one of two requests whose connections are refused together: without an answer, one by one.
    from.hasAnswered = reply != nullptr;
    if (reply != nullptr) {
        const MonotonicPoint now = m_clock->monotonic();
        from.budget.learn(reply->header("ratelimit"), reply->header("ratelimit-policy"), now);
        if (reply->status == 429)
            from.budget.refuse(reply->retryAfter().value_or(seconds(1)), now);
    }
    from.timer.start(0); // those let out run from the event loop, not inside the one that has just ended
}

bool RequestGate::letOneOut(Lane& lane, milliseconds& wait)
{
    const MonotonicPoint now = m_clock->monotonic();
    // The first in line of each class, by the urgency that its waiting has earned; urgent ones are not overtaken.
    std::array<std::pair<long, Pass*>, kHttpPriorities> heads{};
    std::size_t count = 0;
    for (const auto& line : lane.waiting) {
        if (line.empty())
            continue;
        Pass* const pass = line.front();
        const long earned = pass->m_priority == HttpPriority::Urgent ? 0 : (now - pass->m_since) / kPatience;
        heads.at(count++) = {static_cast<long>(pass->m_priority) - std::min(earned, 5L), pass};
    }
    std::stable_sort(heads.begin(), heads.begin() + static_cast<std::ptrdiff_t>(count),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < count; ++i) {
        Pass* const pass = heads.at(i).second;
        milliseconds delay = lane.budget.delayFor(pass->m_priority, now);
        if (delay.count() == 0 && lane.isFullFor(pass->m_priority))
            delay = kUntilAnswered;
        const bool refused = delay > m_longestPause && delay != kUntilAnswered;
        if (delay.count() > 0 && !refused) {
            wait = std::min(wait, delay);
            continue;
        }
        lane.waiting.at(static_cast<std::size_t>(pass->m_priority)).pop_front();
        pass->m_waiting = false;
        if (!refused)
            lane.budget.spend(pass->m_priority, now);
        const Pass::Admitted admitted = std::move(pass->m_admitted);
        admitted(refused ? delay : milliseconds(0)); // the pass may be gone now
        return true;
    }
    return false;
}

void RequestGate::pump(Lane& lane)
{
    const std::weak_ptr<bool> alive = m_alive; // whom it lets out may end all of this
    milliseconds wait = kUntilAnswered;
    while (letOneOut(lane, wait)) {
        if (alive.expired())
            return;
        wait = kUntilAnswered;
    }
    if (wait != kUntilAnswered)
        lane.timer.start(std::chrono::ceil<milliseconds>(m_clock->timerFor(wait)));
}

milliseconds RequestGate::delayFor(const QUrl& url, const QByteArray& quota, HttpPriority priority) const
{
    const Lane* const found = known(url, quota);
    return found ? found->budget.delayFor(priority, m_clock->monotonic()) : milliseconds(0);
}

std::optional<std::int64_t> RequestGate::remaining(const QUrl& url) const
{
    const Lane* const found = known(url, {});
    return found ? found->budget.remaining(m_clock->monotonic()) : std::nullopt;
}

std::optional<double> RequestGate::perMinute(const QUrl& url) const
{
    const Lane* const found = known(url, {});
    return found ? found->budget.perMinute() : std::nullopt;
}

RequestGate::Pass::Pass(
    RequestGate& gate, const QUrl& url, const QByteArray& quota, HttpPriority priority, Admitted admitted)
    : m_gate(gate), m_lane(gate.lane(url, quota)), m_priority(priority), m_admitted(std::move(admitted))
{
}

RequestGate::Pass::~Pass()
{
    if (m_waiting)
        std::erase(m_lane.waiting.at(static_cast<std::size_t>(m_priority)), this);
}

void RequestGate::Pass::enter()
{
    m_since = m_gate.m_clock->monotonic();
    const bool mayGo = m_priority == HttpPriority::Urgent || (!m_lane.hasLine() && !m_lane.isFullFor(m_priority));
    if (mayGo && m_lane.budget.delayFor(m_priority, m_since).count() == 0) {
        m_lane.budget.spend(m_priority, m_since);
        const Admitted admitted = std::move(m_admitted);
        admitted(milliseconds(0));
        return;
    }
    m_waiting = true;
    m_lane.waiting.at(static_cast<std::size_t>(m_priority)).push_back(this);
    m_lane.timer.start(0);
}

} // namespace visgate
