// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/session.h"
#include "cli/terminal/terminal.h"
#include "core/base/paths.h"
#include "core/foundation/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace visgate::cli {

/// What the program around the commands provides.
struct Environment {
    Paths paths;
    QString workerProgram; ///< visgate-worker; empty when it is not installed
    Session::Open openService;
    std::function<Result<void>()> startOwner; ///< `visgatectl serve` in the background, for this data folder
    /// Runs the practice provider on this thread until it ends; the exit status.
    struct Practice {
        QString dataFolder;
        QString workerProgram;
        std::uint16_t port = 0;
        double speed = 0.0; ///< 0: the default
        bool stochastic = false;
        bool billsInitializing = true; ///< only with `stochastic`
        quint64 seed = 0;
        bool open = false;       ///< anybody on this computer gets in
        bool printsKeys = false; ///< `onReady` gets the keys as well
        std::function<void(const QString& json)> onReady;
    };
    std::function<Result<int>(const Practice&)> servePractice;
};

/// All that a command may use while it runs.
class Context {
public:
    /// `session` is null for a command that stands alone.
    Context(const Invocation& understood, Terminal& screen, const Environment& provided, Session* session)
        : line(understood), terminal(screen), environment(provided), m_session(session)
    {
    }

    const Invocation& line;
    Terminal& terminal;
    const Environment& environment;

    [[nodiscard]] Session& session() { return *m_session; }
    [[nodiscard]] bool wantsJson() const { return line.has("json"); }

    void print(const QString& text) { terminal.out(text + u'\n'); }
    /// The result, as the one document that --json prints when the command has ended; a later one takes its place.
    void print(const QJsonObject& object) { m_document = object; }
    [[nodiscard]] const std::optional<QJsonObject>& document() const { return m_document; }
    /// Columns as wide as their widest cell; the last is left as it is, line breaks in it are indented. The first row
    /// is the heading.
    void print(const QList<QStringList>& table);
    void note(const QString& text) { terminal.err(text + u'\n'); } ///< progress, on standard error
    void warnOfKeyInWords(); ///< a picture's words held a key, which was taken out

private:
    Session* m_session;
    std::optional<QJsonObject> m_document;
};

} // namespace visgate::cli
