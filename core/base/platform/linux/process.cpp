// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/platform/user.h"

#include <QByteArray>
#include <QFile>
#include <QtGlobal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::platform {

using namespace Qt::Literals::StringLiterals;

void joinSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    const QString usual = u"/run/user/%1"_s.arg(::getuid());
    const QString bus = qEnvironmentVariable("XDG_RUNTIME_DIR", usual) + "/bus"_L1;
    struct stat info { };
    if (::lstat(QFile::encodeName(bus).constData(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_uid == ::getuid())
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QFile::encodeName(bus));
}

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
    ::prctl(PR_SET_DUMPABLE, 0); // the sanitizer's search for leaks reads its own process
#endif
}

} // namespace visgate::platform
