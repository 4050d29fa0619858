// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "core/base/platform/user.h"
#include "core/domain/errors/error_catalog.h"
#include "core/net/system_proxy.h"
#include "core/service/owner_restart.h"
#include "translations/translations.h"
#include "ui/common/account_list.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/ui_context.h"
#include "ui/common/ui_settings.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QTranslator>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <tuple>

using namespace Qt::Literals::StringLiterals;
using namespace visgate;

namespace {

/// The program cannot work at all; it ends when the message is closed.
void complain(const Error& error)
{
    const ErrorText text = describe(error);
    auto* box = new QMessageBox(QMessageBox::Critical, u"Visgate"_s, text.message);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(text.remedy);
    QObject::connect(box, &QMessageBox::finished, qApp, &QApplication::quit);
    box->open();
}

/// The program from its first frame to its last; true if work is left that somebody has to watch.
bool runWindow(QApplication& application, const Paths& paths, const Programs& programs, const QString& recipe)
{
    ui::UiSettings settings(QDir(paths.data).filePath(u"window.ini"_s));
    ui::Language language(application, settings.language());
    ui::Theme theme(application, ui::makeSystemAppearance(settings.lastAppearance()), settings.look());
    ui::SystemDesktop desktop;

    const auto access = ServiceAccess::prepare(serviceOptions(paths, programs, ProgramLog::make(paths, false)));
    if (!access) {
        complain(access.error());
        QApplication::exec();
        return false;
    }
    const OwnerRestart keeper(
        (*access)->service(), [paths, programs] { std::ignore = launchBackgroundOwner(paths, programs); });
    ui::AccountList accounts((*access)->service());
    ui::MainWindow window({(*access)->service(), accounts, theme, language, settings, desktop, paths.logs()});
    // The first frame needs none of this.
    QObject::connect(&window, &ui::MainWindow::firstFrameShown, &window, [&access = **access, &theme] {
        if (const auto started = access.start(); !started)
            complain(started.error());
        theme.watchDesktop();
    });
    if (!recipe.isEmpty())
        window.openRecipeFile(recipe);
    window.show();
    QApplication::exec();
    return (*access)->isOwner() && window.leavesWork();
}

/// Qt cannot go on; before the window is there, that is because there is no display to open it on.
void sayWhyNoWindow(QtMsgType type, const QMessageLogContext& /*where*/, const QString& message)
{
    std::cerr << message.toStdString() << '\n';
    if (type != QtFatalMsg)
        return;
    // There is no application yet that translates.
    const char* const words = QT_TRANSLATE_NOOP("Help",
        "The window needs a display, and none can be opened here. The command line does without: visgatectl --help");
    QTranslator translator;
    const bool isTurkish = QLocale::system().language() == QLocale::Turkish && loadTranslation(translator, u"tr"_s);
    std::cerr << (isTurkish ? translator.translate("Help", words) : QString::fromUtf8(words)).toStdString() << '\n';
    std::_Exit(3);
}

/// What needs no window; nothing when that is asked for.
std::optional<QString> answerInWords(const QStringList& arguments)
{
    if (arguments.contains("--version"_L1))
        return u"visgate " VISGATE_VERSION "\n"_s;
    if (!arguments.contains("--help"_L1) && !arguments.contains("-h"_L1))
        return std::nullopt;
    return QCoreApplication::translate("Help",
               "Usage: visgate [RECIPE]\n\nOpens Visgate's window, in which models are put to work on your own GPU "
               "account.\n"
               "With a recipe's file (*.visgate), opens its sheet, filled in.\n\n"
               "  --help     Show this\n  --version  Print the version\n\n"
               "The folder for its data is VISGATE_DATA_DIR, else ~/.local/share/visgate.\n"
               "Everything can be done by command, too: visgatectl --help")
        + u'\n';
}

/// The file that a desktop, or a person, opens with this program; empty if there is none.
QString recipeIn(const QStringList& arguments)
{
    for (const QString& argument : arguments) {
        if (!argument.startsWith(u'-'))
            return QFileInfo(argument).absoluteFilePath();
    }
    return {};
}

/// Whether the answer was given without a window, so that this works where there is no display.
bool answered(int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const ui::Language language(*QCoreApplication::instance(), {});
    const auto words = answerInWords(QCoreApplication::arguments().mid(1));
    if (words)
        std::cout << words->toStdString() << std::flush;
    return words.has_value();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1 && answered(argc, argv))
        return std::cout ? 0 : 1;
    const QtMessageHandler usual = qInstallMessageHandler(sayWhyNoWindow);
    platform::keepNewFilesPrivate();
    platform::forbidCoreDumps();
    platform::joinSessionBus();
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    QApplication::setApplicationName(u"visgate"_s);
    QApplication::setApplicationDisplayName(u"Visgate"_s);
    QApplication::setApplicationVersion(QStringLiteral(VISGATE_VERSION));
    QGuiApplication::setDesktopFileName(u"org.visgate.Visgate"_s);
    SystemProxy::use();

    const Paths paths = Paths::fromEnvironment();
    const Programs programs = Programs::find();
    // The next owner goes on with it, and leaves when nothing runs any more.
    if (runWindow(application, paths, programs, recipeIn(QCoreApplication::arguments().mid(1))))
        std::ignore = launchBackgroundOwner(paths, programs);
    return 0;
}
