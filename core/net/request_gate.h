// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/net/request_budget.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

/// Where the requests of one account wait until each origin's budget lets them out: the most urgent class first,
/// within a class in their order. Who has waited long counts as more urgent, so that no class starves. Until an origin
/// has answered once, only one request is out; then a few at a time, so that little stands before an urgent one. An
/// origin with several quotas has a line for each.
/// Lives on one thread.
class RequestGate {
public:
    class Pass;

    explicit RequestGate(std::shared_ptr<const Clock> clock, std::chrono::milliseconds longestPause);
    ~RequestGate();
    RequestGate(const RequestGate&) = delete;
    RequestGate& operator=(const RequestGate&) = delete;

    /// The answer to an admitted request, or null when there was none. Lets the next ones out.
    void answered(const QUrl& url, const QByteArray& quota, const HttpReply* reply);
    /// How long this quota alone would let a request wait.
    [[nodiscard]] std::chrono::milliseconds delayFor(
        const QUrl& url, const QByteArray& quota, HttpPriority priority) const;
    /// Of the origin's main quota.
    [[nodiscard]] std::optional<std::int64_t> remaining(const QUrl& url) const;
    [[nodiscard]] std::optional<double> perMinute(const QUrl& url) const;
    [[nodiscard]] const Clock& clock() const { return *m_clock; }

private:
    struct Lane;

    Lane& lane(const QUrl& url, const QByteArray& quota);
    [[nodiscard]] const Lane* known(const QUrl& url, const QByteArray& quota) const;
    void pump(Lane& lane);
    [[nodiscard]] bool letOneOut(Lane& lane, std::chrono::milliseconds& wait);

    std::shared_ptr<const Clock> m_clock;
    std::chrono::milliseconds m_longestPause;
    std::map<QString, std::unique_ptr<Lane>> m_lanes;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// One request's place in the line; destroying it leaves the line.
class RequestGate::Pass final : public QObject {
public:
    /// Zero: go. Otherwise the origin lets nobody of this class out for that long, which is beyond all patience.
    using Admitted = std::function<void(std::chrono::milliseconds refusedFor)>;

    Pass(RequestGate& gate, const QUrl& url, const QByteArray& quota, HttpPriority priority, Admitted admitted);
    ~Pass() override;
    /// Gets in line; `admitted` is called once, perhaps before this returns, and may destroy the pass.
    void enter();

private:
    friend class RequestGate;
    RequestGate& m_gate;
    Lane& m_lane;
    HttpPriority m_priority;
    Admitted m_admitted;
    MonotonicPoint m_since;
    bool m_waiting = false;
};

} // namespace visgate
