// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion.h"

#include "cli/words.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList optionWords(const QList<Option>& options)
{
    QStringList words;
    for (const Option& option : options) {
        words.append("--"_L1 + QLatin1String(option.name));
        if (option.letter)
            words.append(u'-' + QString(QLatin1Char(option.letter)));
    }
    return words;
}

/// First words of the commands, and the second words of those that have two.
QStringList firstWords(const QList<Command>& commands)
{
    QStringList words;
    for (const Command& command : commands) {
        if (const QString first = command.name.section(u' ', 0, 0); !words.contains(first))
            words.append(first);
    }
    return words;
}

QStringList secondWords(const QList<Command>& commands, const QString& first)
{
    QStringList words;
    for (const Command& command : commands) {
        if (command.name.startsWith(first + u' '))
            words.append(command.name.section(u' ', 1, 1));
    }
    return words;
}

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\'';
}

/// What can follow an option: choices, files, folders, or anything.
QString bashValues(const Option& option)
{
    switch (option.kind) {
    case ValueKind::Choice:
    case ValueKind::Account:
        return u"COMPREPLY=($(compgen -W '%1' -- \"$cur\"))"_s.arg(option.choices.join(u' '));
    case ValueKind::File:
        return u"COMPREPLY=($(compgen -f -- \"$cur\"))"_s;
    case ValueKind::Folder:
        return u"COMPREPLY=($(compgen -d -- \"$cur\"))"_s;
    default:
        return u"COMPREPLY=()"_s;
    }
}

QString bashScript(const QList<Command>& commands)
{
    QString values;
    QStringList seen;
    QList<Option> options = globalOptions();
    for (const Command& command : commands)
        options += command.options;
    for (const Option& option : options) {
        const QString name = QLatin1String(option.name);
        if (!option.value || seen.contains(name))
            continue;
        seen.append(name);
        values += u"        --%1) %2; return ;;\n"_s.arg(name, bashValues(option));
    }
    QString words;
    for (const Command& command : commands)
        words += u"        %1) words='%2' ;;\n"_s.arg(shellQuoted(command.name),
            (optionWords(command.options + globalOptions()) + command.argumentChoices).join(u' '));
    QString groups;
    for (const QString& first : firstWords(commands)) {
        if (const QStringList second = secondWords(commands, first); !second.isEmpty())
            groups += u"        %1) second='%2' ;;\n"_s.arg(first, second.join(u' '));
    }
    return uR"(# bash completion for visgatectl
_visgatectl() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"
    local first='' name='' second='' words='' word i
    COMPREPLY=()
    case "$prev" in
%1    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        case "$word" in -*) continue ;; esac
        if [ -z "$first" ]; then first="$word"; name="$word"; else name="$first $word"; break; fi
    done
    if [ -z "$first" ]; then
        COMPREPLY=($(compgen -W '%2' -- "$cur"))
        return
    fi
    case "$first" in
%3    esac
    case "$name" in
%4        *) name="$first" ;;
    esac
    if [ -z "$words" ]; then
        case "$name" in
%4        esac
    fi
    [ "$name" = "$first" ] && words="$words $second"
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _visgatectl visgatectl
)"_s.arg(values, (firstWords(commands) + optionWords(globalOptions())).join(u' '), groups, words);
}

QString zshScript(const QList<Command>& commands)
{
    // zsh understands bash's completion functions.
    return u"#compdef visgatectl\nautoload -U +X bashcompinit && bashcompinit\n"_s + bashScript(commands);
}

QString fishScript(const QList<Command>& commands)
{
    QString script = u"# fish completion for visgatectl\ncomplete -c visgatectl -f\n"_s;
    const auto seen = [](const QString& name) {
        QStringList conditions;
        for (const QString& word : name.split(u' '))
            conditions.append(u"__fish_seen_subcommand_from %1"_s.arg(word));
        return conditions.join("; and "_L1);
    };
    const auto optionLine = [](const Option& option, const QString& condition) {
        QString line = u"complete -c visgatectl"_s;
        if (!condition.isEmpty())
            line += u" -n "_s + shellQuoted(condition);
        line += u" -l "_s + QLatin1String(option.name);
        if (option.letter)
            line += u" -s "_s + QLatin1Char(option.letter);
        if (!option.choices.isEmpty())
            line += u" -x -a "_s + shellQuoted(option.choices.join(u' '));
        else if (option.kind == ValueKind::File || option.kind == ValueKind::Folder)
            line += u" -r -F"_s;
        else if (option.value)
            line += u" -x"_s;
        return line + u" -d "_s + shellQuoted(say(option.summary)) + u'\n';
    };
    for (const Option& option : globalOptions())
        script += optionLine(option, {});
    for (const Command& command : commands) {
        const QString first = command.name.section(u' ', 0, 0);
        const QString second = command.name.section(u' ', 1, 1);
        const QString condition = second.isEmpty()
            ? u"__fish_use_subcommand"_s
            : u"__fish_seen_subcommand_from %1; and not __fish_seen_subcommand_from %2"_s.arg(
                first, secondWords(commands, first).join(u' '));
        script += u"complete -c visgatectl -n %1 -a %2 -d %3\n"_s.arg(
            shellQuoted(condition), second.isEmpty() ? first : second, shellQuoted(say(command.summary)));
        for (const Option& option : command.options)
            script += optionLine(option, seen(command.name));
        if (!command.argumentChoices.isEmpty())
            script += u"complete -c visgatectl -n %1 -a %2\n"_s.arg(
                shellQuoted(seen(command.name)), shellQuoted(command.argumentChoices.join(u' ')));
    }
    return script;
}

} // namespace

QString completionScript(const QString& shell, const QList<Command>& commands)
{
    if (shell == "bash"_L1)
        return bashScript(commands);
    if (shell == "zsh"_L1)
        return zshScript(commands);
    return fishScript(commands);
}

} // namespace visgate::cli
