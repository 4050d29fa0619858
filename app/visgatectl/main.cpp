// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "cli/application.h"
#include "cli/platform/console.h"
#include "cli/platform/signals.h"
#include "core/base/path.h"
#include "core/base/platform/user.h"
#include "core/net/system_proxy.h"
#include "core/practice/server.h"
#include "translations/translations.h"

#include <QCoreApplication>
#include <QTranslator>

using namespace Qt::Literals::StringLiterals;
using namespace visgate;

namespace {

/// The value of an option that counts before the command line is understood, so that its complaints are right too.
QString earlyValue(const QStringList& arguments, const QString& option)
{
    const QString prefix = option + u'=';
    for (qsizetype i = 0; i < arguments.size() && arguments.at(i) != "--"_L1; ++i) {
        if (arguments.at(i).startsWith(prefix))
            return arguments.at(i).mid(prefix.size());
        if (arguments.at(i) == option)
            return arguments.value(i + 1);
    }
    return {};
}

/// "tr" from LC_ALL, LC_MESSAGES or LANG, in this order, as everywhere on the command line.
QString languageFromEnvironment()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QString value = qEnvironmentVariable(name);
        if (!value.isEmpty())
            return value.section(u'_', 0, 0).section(u'.', 0, 0);
    }
    return {};
}

Result<int> servePractice(const cli::Environment::Practice& wanted)
{
    practice::ServeOptions options;
    options.dataFolder = toPath(wanted.dataFolder);
    options.workerProgram = toPath(wanted.workerProgram);
    options.port = wanted.port;
    if (wanted.speed > 0.0)
        options.speed = wanted.speed;
    options.seed = wanted.seed;
    if (wanted.stochastic)
        options.stochastic = {.seed = wanted.seed, .billsInitializing = wanted.billsInitializing};
    options.open = wanted.open;
    return practice::serve(options, [&wanted](const practice::Addresses& addresses) {
        using Tell = practice::Addresses::Tell;
        wanted.onReady(QString::fromStdString(addresses.toJson(wanted.printsKeys ? Tell::Keys : Tell::Addresses)));
    });
}

} // namespace

int main(int argc, char** argv)
{
    platform::keepNewFilesPrivate();
    platform::forbidCoreDumps();
    platform::joinSessionBus();
    cli::platform::ignoreClosedPipes();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"visgatectl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VISGATE_VERSION));
    const QStringList arguments = QCoreApplication::arguments().mid(1);

    QTranslator translator;
    const QString asked = earlyValue(arguments, u"--lang"_s);
    if (loadTranslation(translator, asked.isEmpty() ? languageFromEnvironment() : asked))
        QCoreApplication::installTranslator(&translator);
    if (const QString folder = earlyValue(arguments, u"--data-dir"_s); !folder.isEmpty())
        qputenv("VISGATE_DATA_DIR", folder.toLocal8Bit());

    SystemProxy::use();
    const Paths paths = Paths::fromEnvironment();
    const Programs programs = Programs::find();
    const bool isVerbose = arguments.mid(0, arguments.indexOf("--"_L1)).contains("--verbose"_L1);
    const ProgramLog log = ProgramLog::make(paths, isVerbose);
    const cli::Environment environment{
        .paths = paths,
        .workerProgram = programs.worker,
        .openService = [paths, programs, log] { return ServiceAccess::open(serviceOptions(paths, programs, log)); },
        .startOwner = [paths, programs] { return startBackgroundOwner(paths, programs); },
        .servePractice = servePractice,
    };
    cli::platform::Console console;
    cli::Interrupt interrupt;
    const auto code = static_cast<int>(cli::runCommandLine(arguments, console, environment, interrupt));
    logTo(log.parts().program, LogLevel::Debug, [code] { return "visgatectl ends with " + std::to_string(code); });
    return code;
}
