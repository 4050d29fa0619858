// SPDX-License-Identifier: GPL-3.0-or-later
// What goes to standard output: one document with --json, whatever happens, and nothing that commands a terminal.
#include "cli/application.h"
#include "cli/terminal/visible.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

namespace visgate::cli {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Keeps what is written; nobody sits there.
class Paper final : public Terminal {
public:
    void out(const QString& text) override { written += text; }
    void err(const QString& /*text*/) override { }
    void redraw(const QString& /*line*/) override { }
    [[nodiscard]] Result<void> outcome() const override { return {}; }
    [[nodiscard]] bool outIsTerminal() const override { return false; }
    [[nodiscard]] bool errIsTerminal() const override { return false; }
    [[nodiscard]] bool isInteractive() const override { return false; }
    [[nodiscard]] int width() const override { return 80; }
    [[nodiscard]] Result<QString> ask(const QString& /*question*/, Interrupt& /*interrupt*/) override
    {
        return fail(ErrorCode::Cancelled);
    }
    [[nodiscard]] Result<Secret> readSecret(const QString& /*question*/, Interrupt& /*interrupt*/) override
    {
        return Secret(std::string("rpa_nobody"));
    }

    QString written;
};

struct Said {
    ExitCode code;
    QJsonObject document; ///< empty unless the whole output is one
    std::string text;
};

Said say(const QStringList& arguments)
{
    Environment environment;
    environment.paths = {u"/nonexistent"_s, u"/nonexistent"_s, u"/nonexistent"_s};
    environment.openService
        = []() -> Result<std::unique_ptr<ServiceAccess>> { return fail(ErrorCode::FileUnwritable, "/nonexistent"); };
    environment.startOwner = []() -> Result<void> { return fail(ErrorCode::OwnerUnavailable); };
    environment.servePractice
        = [](const Environment::Practice&) -> Result<int> { return fail(ErrorCode::PracticeUnavailable); };
    Paper paper;
    Interrupt interrupt;
    const ExitCode code = runCommandLine(arguments, paper, environment, interrupt);
    return {code, QJsonDocument::fromJson(paper.written.toUtf8()).object(), paper.written.toStdString()};
}

void expectOneFailure(const QStringList& arguments)
{
    const Said said = say(arguments);
    const std::string line = arguments.join(u' ').toStdString();
    EXPECT_NE(said.code, ExitCode::Ok) << line;
    EXPECT_FALSE(said.document.isEmpty()) << line << " printed: " << said.text;
    // doctor's findings say what is wrong, each for itself
    const bool isFinding = said.document.value("ok"_L1) == QJsonValue(false);
    EXPECT_TRUE(isFinding || !said.document.value("error"_L1).toString().isEmpty()) << line << ": " << said.text;
}

TEST(OneDocument, IsWhatEveryFailureOfEveryCommandPrints)
{
    for (const Command& command : allCommands()) {
        const QStringList name = command.name.split(u' ');
        expectOneFailure(name + QStringList{u"--no-such-option"_s, u"--json"_s});
        expectOneFailure(name + QStringList(command.most + 1, u"many"_s) + QStringList{u"--json"_s});
        // As it should be, but nothing can be reached.
        QStringList arguments(command.least, u"dep_2026_00000000"_s);
        if (!command.argumentChoices.isEmpty())
            arguments.fill(u"neither"_s);
        expectOneFailure(name + arguments + QStringList{u"--json"_s});
    }
    expectOneFailure({u"--json"_s});
    expectOneFailure({u"recipe"_s, u"--json"_s});
}

TEST(OneDocument, IsWhatHelpAndScriptsAre)
{
    for (const QStringList& asked : {QStringList{u"--help"_s}, QStringList{u"deploy"_s, u"--help"_s},
             QStringList{u"keys"_s, u"--help"_s}, QStringList{u"--version"_s}}) {
        const Said said = say(asked + QStringList{u"--json"_s});
        EXPECT_EQ(said.code, ExitCode::Ok);
        EXPECT_FALSE(said.document.isEmpty()) << said.text;
    }
    const Said script = say({u"completion"_s, u"bash"_s, u"--json"_s});
    EXPECT_EQ(script.document.value("shell"_L1).toString(), u"bash"_s);
    EXPECT_EQ(script.document.value("script"_L1).toString().toStdString(), say({u"completion"_s, u"bash"_s}).text);
}

TEST(Visible, ShowsWhatWouldCommandATerminal)
{
    EXPECT_EQ(visible(u"a\x1b]52;c;b3duZWQ=\x07z"_s), u"a\\u001b]52;c;b3duZWQ=\\u0007z"_s);
    EXPECT_EQ(visible(u"10%\r\x1b[2J"_s), u"10%\\u000d\\u001b[2J"_s);
    EXPECT_EQ(visible(QString(QChar(0x9b)) + u"31m"_s + QChar(0x202e) + u"gnp"_s + QChar(0x2066) + QChar(0x7f)),
        u"\\u009b31m\\u202egnp\\u2066\\u007f"_s);
    const QString harmless = u"İğneli fıçı\n\ttab — 日本語 مرحبا 👩‍🎨"_s;
    EXPECT_EQ(visible(harmless), harmless);
}

TEST(Visible, KeepsWhatAProgressBarSaidLast)
{
    EXPECT_EQ(lastState(u" 10%|#  | 1/9\r 99%|## | 8/9\r100%|###| 9/9\r"_s), u"100%|###| 9/9"_s);
    EXPECT_EQ(lastState(u"a line"_s), u"a line"_s);
    EXPECT_EQ(lastState(u"\r"_s), QString());
}

} // namespace
} // namespace visgate::cli
