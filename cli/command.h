// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/exit_code.h"
#include "core/foundation/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace visgate::cli {

class Context;

/// What an option's value must be. Numbers are checked against `low` and `high` when the line is read.
/// An account is any well-formed name; its choices are those that everybody has.
enum class ValueKind { None, Text, Integer, Number, Choice, Account, File, Folder };

/// One option. Words for people are English here and translated when shown (context "Cli").
struct Option {
    const char* name;            ///< without dashes
    const char* value = nullptr; ///< placeholder in the help: "FILE"; null for a switch
    const char* summary = nullptr;
    ValueKind kind = ValueKind::None;
    QStringList choices = {};
    double low = 0.0;
    double high = 0.0;
    char letter = 0; ///< short form
};

/// Why a command did not end well: an error of the catalogue, or a command line that makes no sense.
struct Failure {
    std::optional<Error> error;
    QString usage;   ///< one sentence, translated; empty when `error` is set
    QString command; ///< whose help explains it; empty: the overview

    Failure(Error failure) : error(std::move(failure)) { }
    [[nodiscard]] static Failure misuse(QString sentence, QString command = {})
    {
        Failure failure;
        failure.usage = std::move(sentence);
        failure.command = std::move(command);
        return failure;
    }

private:
    Failure() = default;
};

using Outcome = tl::expected<ExitCode, Failure>;

/// One command. `name` may have two words ("keys set").
struct Command {
    QString name;
    QString arguments = {}; ///< as the usage line shows them: "MODEL"
    int least = 0;          ///< positional arguments
    int most = 0;
    const char* summary = nullptr;     ///< one line
    const char* description = nullptr; ///< what one needs to know to use it
    QList<Option> options = {};
    QStringList examples = {};
    std::function<Outcome(Context&)> run = {};
    /// Runs on the main thread before any other exists: such a command has no session.
    bool standsAlone = false;
    QStringList argumentChoices = {}; ///< for completion, where the first argument is one of a few
};

/// A command line that was understood.
struct Invocation {
    const Command* command = nullptr; ///< null: only global options, or a group
    QString group;                    ///< the first word of several commands, given alone: "recipe"
    QStringList arguments;
    QHash<QString, QString> values; ///< options that were given; a switch has an empty value
    bool help = false;
    bool version = false;

    [[nodiscard]] bool has(const char* name) const { return values.contains(QLatin1String(name)); }
    [[nodiscard]] QString text(const char* name, const QString& fallback = {}) const
    {
        return values.value(QLatin1String(name), fallback);
    }
    [[nodiscard]] double number(const char* name, double fallback) const
    {
        return has(name) ? text(name).toDouble() : fallback;
    }
    [[nodiscard]] qint64 integer(const char* name, qint64 fallback) const
    {
        return has(name) ? text(name).toLongLong() : fallback;
    }
};

/// Every command, in the order of the help.
[[nodiscard]] const QList<Command>& allCommands();
/// Options that every command takes.
[[nodiscard]] const QList<Option>& globalOptions();

/// The error is one sentence that says what is wrong. Options may stand anywhere; `--` ends them.
[[nodiscard]] tl::expected<Invocation, Failure> parseCommandLine(
    const QList<Command>& commands, const QStringList& arguments);

} // namespace visgate::cli
