// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logs/log_items.h"
#include "ui/logs/log_source.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace visgate::ui {

/// Brings the lines of some deployments from their source into the model: the newest ones and what arrives, or those
/// around another moment, a page at a time. Only a part of long logs is held; of several logs it is the same span of
/// time, so that no deployment seems to have been silent. GUI thread.
class LogFeed final : public QObject {
    Q_OBJECT

public:
    /// Lines held at most, all deployments together, and asked for at once of one.
    static constexpr int mostLines = 50'000;
    static constexpr int pageLines = 5'000;

    LogFeed(LogSource& source, LogItems& items, QObject* parent = nullptr);

    void setDeployments(const QList<DeploymentId>& ids);
    [[nodiscard]] const QList<DeploymentId>& deployments() const { return m_ids; }
    /// While somebody reads elsewhere than at the end, nothing that is held goes.
    void setFollowing(bool follows) { m_follows = follows; }
    /// Holds the lines around that moment, then says arrived().
    void goTo(TimePoint moment);
    /// The page before the oldest line held, or after the newest one; nothing where there is none.
    void loadOlder();
    void loadNewer();
    /// The newest lines, and what comes after them.
    void toEnd();

    [[nodiscard]] bool isLoading() const { return m_asked != nullptr; }
    /// What is held reaches to the newest line.
    [[nodiscard]] bool isAtEnd() const { return m_atEnd; }
    /// There are lines before those that are held.
    [[nodiscard]] bool hasOlder() const;
    /// Lines that came while what is held did not reach to the end.
    [[nodiscard]] int newLinesNotHeld() const { return m_notHeld; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void changed(); ///< isLoading(), isAtEnd(), newLinesNotHeld() or error()
    void arrived(visgate::TimePoint moment);
    /// The log of one of several cannot be read; the others are shown.
    void oneFailed(int deployment, const visgate::Error& error);
    void newLinesShown(int count); ///< at the end, while what is held reaches there

private:
    struct Held {
        qint64 from = 1; ///< numbers from here ...
        qint64 to = 1;   ///< ... up to here, which is not held
        qint64 end = 1;  ///< one past the newest line that is known to exist
    };
    struct Ask {
        int deployment = 0;
        LogSpan span;
    };
    struct Answers {
        std::vector<LogItems::Entries> lines; ///< by deployment, by number
        std::size_t left = 0;
        std::vector<std::pair<int, Error>> failed;
    };
    using Taken = std::function<void(Answers&)>;

    void ask(const std::vector<Ask>& asks, Taken taken);
    void finish(const std::shared_ptr<Answers>& answers, std::size_t asked, const Taken& taken);
    void hear(const DeploymentId& id, const QList<LogLine>& lines);
    void takeHeard();
    void askMissing(const std::vector<Ask>& gaps);
    /// Where in each log that moment is: halves what is between until the line is known.
    void locate(TimePoint moment);
    void halve(TimePoint moment, std::shared_ptr<std::vector<std::pair<qint64, qint64>>> bounds);
    void openAround(TimePoint moment, const std::vector<qint64>& lines);
    /// Into the model, but only what lies within the span of time that all logs have their lines of.
    void keep(Answers& answers, const std::vector<bool>& moreBefore, const std::vector<bool>& moreAfter);
    void forget(const LogItems::Entries& dropped, bool oldest);
    void updateAtEnd();
    [[nodiscard]] bool holds(TimePoint moment) const;
    [[nodiscard]] int page() const;
    [[nodiscard]] LogEntryPtr entry(int deployment, const LogLine& line) const;

    LogSource& m_source;
    LogItems& m_items;
    QList<DeploymentId> m_ids;
    std::vector<Held> m_held;
    std::vector<std::pair<int, LogLine>> m_heard; ///< arrived, not taken over yet
    QTimer m_batch;
    std::shared_ptr<Answers> m_asked; ///< what is waited for
    std::optional<TimePoint> m_wanted;
    std::optional<Error> m_error;
    bool m_follows = true;
    bool m_atEnd = true;
    int m_notHeld = 0;
};

} // namespace visgate::ui
