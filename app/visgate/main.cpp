// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "core/domain/error_catalog.h"
#include "core/net/system_proxy.h"
#include "core/service/owner_keeper.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/ui_context.h"
#include "ui/common/ui_settings.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>

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
    box->setInformativeText(text.remedy);
    QObject::connect(box, &QMessageBox::finished, qApp, &QApplication::quit);
    box->open();
}

/// The program from its first frame to its last; true if work is left that somebody has to watch.
bool runWindow(QApplication& application, const Paths& paths, const Programs& programs)
{
    ui::UiSettings settings(QDir(paths.data).filePath(u"window.ini"_s));
    ui::Language language(application, settings.language());
    ui::Theme theme(application, ui::makeSystemAppearance(settings.lastAppearance()), settings.look());
    ui::SystemDesktop desktop;

    const auto access = ServiceAccess::prepare(serviceOptions(paths, programs));
    if (!access) {
        complain(access.error());
        QApplication::exec();
        return false;
    }
    const OwnerKeeper keeper(
        (*access)->service(), [paths, programs] { std::ignore = launchBackgroundOwner(paths, programs); });
    ui::MainWindow window({(*access)->service(), theme, language, settings, desktop});
    // The first frame needs none of this.
    QObject::connect(&window, &ui::MainWindow::firstFrameShown, &window, [&access = **access, &theme] {
        if (const auto started = access.start(); !started)
            complain(started.error());
        theme.watchDesktop();
    });
    window.show();
    QApplication::exec();
    return (*access)->isOwner() && window.leavesWork();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"visgate"_s);
    QApplication::setApplicationDisplayName(u"Visgate"_s);
    QApplication::setApplicationVersion(QStringLiteral(VISGATE_VERSION));
    QGuiApplication::setDesktopFileName(u"org.visgate.Visgate"_s);
    SystemProxy::use();

    const Paths paths = Paths::fromEnvironment();
    const Programs programs = Programs::find();
    // The next owner goes on with it, and leaves when nothing runs any more.
    if (runWindow(application, paths, programs))
        std::ignore = launchBackgroundOwner(paths, programs);
    return 0;
}
