// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/words.h"
#include "core/domain/provider/account_id.h"

#include <algorithm>
#include <tuple>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The command whose words stand first among the positional ones; the longest name wins.
const Command* findCommand(const QList<Command>& commands, const QStringList& words)
{
    const Command* found = nullptr;
    for (const Command& command : commands) {
        const QStringList name = command.name.split(u' ');
        const bool fits = words.size() >= name.size() && std::equal(name.begin(), name.end(), words.begin());
        if (fits && (!found || command.name.size() > found->name.size()))
            found = &command;
    }
    return found;
}

const Option* findOption(const QList<Option>& options, const QString& name)
{
    const auto option = std::find_if(options.begin(), options.end(), [&name](const Option& candidate) {
        return name == QLatin1String(candidate.name)
            || (name.size() == 1 && candidate.letter != 0 && name.at(0) == QLatin1Char(candidate.letter));
    });
    return option == options.end() ? nullptr : &*option;
}

QString complaint(const Option& option, const QString& value)
{
    const QString name = QLatin1String(option.name);
    bool ok = true;
    switch (option.kind) {
    case ValueKind::Choice:
        if (!option.choices.contains(value))
            return say(QT_TRANSLATE_NOOP("Cli", "--%1 takes one of: %2.")).arg(name, option.choices.join(", "_L1));
        break;
    case ValueKind::Account:
        if (!accountIdFromString(value))
            return say(QT_TRANSLATE_NOOP("Cli", "--%1 takes the name of an account, such as %2."))
                .arg(name, option.choices.join(", "_L1));
        break;
    case ValueKind::Integer:
    case ValueKind::Number: {
        const double number = value.toDouble(&ok);
        if (option.kind == ValueKind::Integer)
            std::ignore = value.toLongLong(&ok);
        if (!ok || !(number >= option.low && number <= option.high))
            return say(QT_TRANSLATE_NOOP("Cli", "--%1 takes a number from %2 to %3."))
                .arg(name)
                .arg(option.low)
                .arg(option.high, 0, 'f', 0);
        break;
    }
    default:
        if (value.isEmpty())
            return say(QT_TRANSLATE_NOOP("Cli", "--%1 needs a value.")).arg(name);
        break;
    }
    return {};
}

/// Whether commands of two words begin with this one.
bool isGroup(const QList<Command>& commands, const QString& word)
{
    return std::any_of(commands.begin(), commands.end(),
        [&word](const Command& command) { return command.name.startsWith(word + u' '); });
}

/// The options a command takes, and the global ones.
QList<Option> optionsOf(const Command* command)
{
    return command ? command->options + globalOptions() : globalOptions();
}

/// The words that are neither options nor values of options: a command's name stands first among them.
QStringList wordsOnly(const QStringList& arguments, const QList<Command>& commands)
{
    QStringList words;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (argument == "--"_L1)
            break;
        if (!argument.startsWith(u'-') || argument.size() == 1) {
            words.append(argument);
            continue;
        }
        const QString name = argument.mid(argument.startsWith("--"_L1) ? 2 : 1);
        const QList<Option> options = optionsOf(findCommand(commands, words));
        const Option* option = findOption(options, name);
        if (option && option->value)
            ++i; // its value is no word
    }
    return words;
}

} // namespace

const QList<Option>& globalOptions()
{
    static const QList<Option> options{
        {.name = "json",
            .summary = QT_TRANSLATE_NOOP("Cli", "Print one JSON document on standard output, errors included")},
        {.name = "lang",
            .value = "LANG",
            .summary = QT_TRANSLATE_NOOP("Cli", "Language of the words: en or tr (default: from LANG)"),
            .kind = ValueKind::Choice,
            .choices = {u"en"_s, u"tr"_s}},
        {.name = "data-dir",
            .value = "DIR",
            .summary = QT_TRANSLATE_NOOP("Cli", "Data folder (default: VISGATE_DATA_DIR, else ~/.local/share/visgate)"),
            .kind = ValueKind::Folder},
        {.name = "verbose",
            .summary = QT_TRANSLATE_NOOP("Cli", "Say on standard error what happens inside, as in the log folder")},
        {.name = "help", .summary = QT_TRANSLATE_NOOP("Cli", "Explain a command"), .letter = 'h'},
        {.name = "version", .summary = QT_TRANSLATE_NOOP("Cli", "Print the version")},
    };
    return options;
}

tl::expected<Invocation, Failure> parseCommandLine(const QList<Command>& commands, const QStringList& arguments)
{
    Invocation invocation;
    const QStringList words = wordsOnly(arguments, commands);
    invocation.command = findCommand(commands, words);
    const auto refuse = [&invocation](const QString& sentence) {
        return tl::unexpected(Failure::misuse(sentence, invocation.command ? invocation.command->name : QString()));
    };
    const QList<Option> options = optionsOf(invocation.command);

    bool onlyWords = false;
    QStringList positional;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (onlyWords || !argument.startsWith(u'-') || argument.size() == 1) {
            positional.append(argument);
            continue;
        }
        if (argument == "--"_L1) {
            onlyWords = true;
            continue;
        }
        const bool isLong = argument.startsWith("--"_L1);
        const qsizetype equals = isLong ? argument.indexOf(u'=') : -1;
        const QString name = equals < 0 ? argument.mid(isLong ? 2 : 1) : argument.mid(2, equals - 2);
        const Option* option = findOption(options, name);
        if (!option)
            return refuse(say(QT_TRANSLATE_NOOP("Cli", "There is no option %1 here.")).arg(argument));
        const QString key = QLatin1String(option->name);
        if (invocation.values.contains(key))
            return refuse(say(QT_TRANSLATE_NOOP("Cli", "--%1 is given twice.")).arg(key));
        if (!option->value) {
            if (equals >= 0)
                return refuse(say(QT_TRANSLATE_NOOP("Cli", "--%1 takes no value.")).arg(key));
            invocation.values.insert(key, {});
            continue;
        }
        if (equals < 0 && i + 1 >= arguments.size())
            return refuse(say(QT_TRANSLATE_NOOP("Cli", "--%1 needs a value.")).arg(key));
        const QString value = equals < 0 ? arguments.at(++i) : argument.mid(equals + 1);
        if (const QString wrong = complaint(*option, value); !wrong.isEmpty())
            return refuse(wrong);
        invocation.values.insert(key, value);
    }

    invocation.help = invocation.has("help");
    invocation.version = invocation.has("version");
    if (!invocation.command) {
        if (positional.size() == 1 && isGroup(commands, positional.constFirst())) {
            invocation.group = positional.constFirst();
            return invocation;
        }
        if (!positional.isEmpty() && !invocation.version)
            return refuse(say(QT_TRANSLATE_NOOP("Cli", "There is no command \"%1\".")).arg(positional.join(u' ')));
        return invocation;
    }
    invocation.arguments = positional.mid(invocation.command->name.count(u' ') + 1);
    if (invocation.help)
        return invocation;
    if (invocation.arguments.size() < invocation.command->least)
        return refuse(say(QT_TRANSLATE_NOOP("Cli", "%1 needs: %2."))
                          .arg(invocation.command->name, invocation.command->arguments));
    if (invocation.arguments.size() > invocation.command->most)
        return refuse(say(QT_TRANSLATE_NOOP("Cli", "\"%1\" is one word too many."))
                          .arg(invocation.arguments.at(invocation.command->most)));
    return invocation;
}

} // namespace visgate::cli
