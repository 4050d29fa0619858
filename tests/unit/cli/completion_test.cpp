// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion.h"

#include <QProcess>
#include <QStandardPaths>

#include <gtest/gtest.h>

namespace visgate::cli {
namespace {

using namespace Qt::Literals::StringLiterals;

/// What the shell says to the script and to `question`, on standard output.
QString askBash(const QString& question)
{
    QProcess bash;
    bash.start(u"bash"_s, {u"--norc"_s});
    bash.write((completionScript(u"bash"_s, allCommands()) + question).toUtf8());
    bash.closeWriteChannel();
    EXPECT_TRUE(bash.waitForFinished());
    EXPECT_EQ(bash.readAllStandardError(), QByteArray());
    return QString::fromUtf8(bash.readAllStandardOutput()).simplified();
}

QString complete(const QStringList& words)
{
    QStringList quoted;
    for (const QString& word : words)
        quoted.append(u'\'' + word + u'\'');
    return askBash(u"\nCOMP_WORDS=(%1); COMP_CWORD=%2; _visgatectl; echo \"${COMPREPLY[@]}\"\n"_s.arg(quoted.join(u' '))
                       .arg(words.size() - 1));
}

TEST(CompletionTest, BashCompletesCommandsOptionsAndChoices)
{
    if (QStandardPaths::findExecutable(u"bash"_s).isEmpty())
        GTEST_SKIP() << "bash is not installed";
    EXPECT_EQ(complete({u"visgatectl"_s, u"dep"_s}), u"deploy"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"deploy"_s, u"--tar"_s}), u"--target"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"deploy"_s, u"--target"_s, u"pr"_s}), u"practice"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"keys"_s, u"s"_s}), u"set"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"keys"_s, u"set"_s, u"r"_s}), u"runpod"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"accounts"_s, u"def"_s}), u"default"_s);
    EXPECT_EQ(complete({u"visgatectl"_s, u"accounts"_s, u"remove"_s, u"--del"_s}), u"--delete-contents"_s);
}

TEST(CompletionTest, OtherShellsParseTheirScripts)
{
    for (const QString& shell : {u"zsh"_s, u"fish"_s}) {
        const QString script = completionScript(shell, allCommands());
        EXPECT_TRUE(script.contains(u"deploy"_s));
        if (QStandardPaths::findExecutable(shell).isEmpty())
            continue;
        QProcess check;
        check.start(shell, {u"-n"_s});
        check.write(script.toUtf8());
        check.closeWriteChannel();
        EXPECT_TRUE(check.waitForFinished());
        EXPECT_EQ(check.exitCode(), 0) << check.readAllStandardError().toStdString();
    }
}

} // namespace
} // namespace visgate::cli
