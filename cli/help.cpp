// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include "cli/words.h"

#include <algorithm>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString heading(const QString& text)
{
    return u'\n' + text + u'\n';
}

QString optionHead(const Option& option)
{
    QString head = option.letter ? u"-%1, --%2"_s.arg(QLatin1Char(option.letter)).arg(QLatin1String(option.name))
                                 : u"    --%1"_s.arg(QLatin1String(option.name));
    if (option.value)
        head += u' ' + QLatin1String(option.value);
    return head;
}

/// Two columns; both texts are shown as they are.
QString columns(const QList<QPair<QString, QString>>& rows)
{
    qsizetype width = 0;
    for (const auto& [left, right] : rows)
        width = std::max(width, left.size());
    QString text;
    for (const auto& [left, right] : rows)
        text += u"  %1  %2\n"_s.arg(left.leftJustified(width), right);
    return text;
}

QString optionList(const QList<Option>& options)
{
    QList<QPair<QString, QString>> rows;
    for (const Option& option : options) {
        QString summary = say(option.summary);
        if (!option.choices.isEmpty() && QLatin1String(option.name) != "lang"_L1)
            summary += u" (%1)"_s.arg(option.choices.join(u'|'));
        rows.append({optionHead(option), summary});
    }
    return columns(rows);
}

QString exitCodes()
{
    return columns({
        {u"0"_s, say(QT_TRANSLATE_NOOP("Cli", "done"))},
        {u"1"_s, say(QT_TRANSLATE_NOOP("Cli", "failed; the sentence on standard error says why and what to do"))},
        {u"2"_s, say(QT_TRANSLATE_NOOP("Cli", "the command line cannot be understood"))},
        {u"3"_s,
            say(QT_TRANSLATE_NOOP("Cli", "something is missing: a key, the worker image, the keychain, a program"))},
        {u"4"_s, say(QT_TRANSLATE_NOOP("Cli", "no such deployment, job or model"))},
        {u"5"_s, say(QT_TRANSLATE_NOOP("Cli", "timed out or cancelled"))},
    });
}

QString summaries(const QList<Command>& commands)
{
    QList<QPair<QString, QString>> rows;
    for (const Command& command : commands)
        rows.append({command.arguments.isEmpty() ? command.name : command.name + u' ' + command.arguments,
            say(command.summary)});
    return columns(rows);
}

} // namespace

QString overview(const QList<Command>& commands)
{
    QString text
        = say(QT_TRANSLATE_NOOP("Cli", "Visgate puts image and video models to work on your own GPU account.")) + u'\n';
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Usage:")));
    text += u"  visgatectl COMMAND [OPTIONS]\n"_s;
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Commands:")));
    text += summaries(commands);
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Options of every command:")));
    text += optionList(globalOptions());
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Exit codes:")));
    text += exitCodes();
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "First steps, with play money and without a key:")));
    text += u"  visgatectl deploy stabilityai/sdxl-turbo --target practice --wait \\\n"
            "      --prompt \"a large red circle on a white background\" --out a.png\n"
            "  visgatectl list\n"
            "  visgatectl delete ID\n\n"_s;
    text += say(QT_TRANSLATE_NOOP("Cli", "\"visgatectl COMMAND --help\" explains a command.")) + u'\n';
    return text;
}

QString groupManual(const QList<Command>& commands, const QString& group)
{
    QList<Command> members;
    for (const Command& command : commands) {
        if (command.name.startsWith(group + u' '))
            members.append(command);
    }
    if (members.size() == 1)
        return manual(members.constFirst());
    return say(QT_TRANSLATE_NOOP("Cli", "Commands:")) + u'\n' + summaries(members) + u'\n'
        + say(QT_TRANSLATE_NOOP("Cli", "\"visgatectl COMMAND --help\" explains a command.")) + u'\n';
}

QString manual(const Command& command)
{
    QString usage = u"  visgatectl "_s + command.name;
    if (!command.arguments.isEmpty())
        usage += u' ' + command.arguments;
    QString text = say(command.summary) + u'\n';
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Usage:"))) + usage + u" [OPTIONS]\n"_s;
    if (command.description)
        text += u'\n' + say(command.description) + u'\n';
    if (!command.options.isEmpty())
        text += heading(say(QT_TRANSLATE_NOOP("Cli", "Options:"))) + optionList(command.options);
    text += heading(say(QT_TRANSLATE_NOOP("Cli", "Options of every command:"))) + optionList(globalOptions());
    if (!command.examples.isEmpty()) {
        text += heading(say(QT_TRANSLATE_NOOP("Cli", "Examples:")));
        for (const QString& example : command.examples)
            text += u"  %1\n"_s.arg(example);
    }
    return text;
}

} // namespace visgate::cli
