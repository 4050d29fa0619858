// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "core/domain/error_catalog.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/ui_context.h"
#include "ui/common/ui_settings.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>

using namespace Qt::Literals::StringLiterals;
using namespace visgate;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"visgate"_s);
    QApplication::setApplicationDisplayName(u"Visgate"_s);
    QApplication::setApplicationVersion(QStringLiteral(VISGATE_VERSION));
    QGuiApplication::setDesktopFileName(u"org.visgate.Visgate"_s);

    const Paths paths = Paths::fromEnvironment();
    ui::UiSettings settings(QDir(paths.data).filePath(u"window.ini"_s));
    ui::Language language(application, settings.language());
    ui::Theme theme(application, ui::makeSystemAppearance(settings.lastAppearance()), settings.look());
    ui::SystemDesktop desktop;

    const auto access = ServiceAccess::open(serviceOptions(paths, Programs::find()));
    if (!access) {
        const ErrorText text = describe(access.error());
        QMessageBox box(QMessageBox::Critical, u"Visgate"_s, text.message);
        box.setInformativeText(text.remedy);
        box.open();
        return QApplication::exec();
    }
    ui::MainWindow window({(*access)->service(), theme, language, settings, desktop});
    window.show();
    return QApplication::exec();
}
