// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stand_in_package.h"

#include "tests/support/practice_process.h"

#include <QCoreApplication>
#include <QDir>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

PublicImage standInPackage()
{
    const QString worker = QDir(QCoreApplication::applicationDirPath()).filePath(u"visgate-worker"_s);
    const QByteArray package = ("VISGATE_RUNNER=builtin exec '" + worker.toUtf8() + "'\n").toBase64();
    constexpr qsizetype kSomewhere = 10;
    PublicImage image;
    image.reference = publicImage();
    image.cudaFloor = u"12.0"_s;
    image.args
        = uR"(bash -c 'set -e; printf %s "$VISGATE_PACKAGE_0$VISGATE_PACKAGE_1" | base64 -d > package; . ./package')"_s;
    image.package = {{u"VISGATE_PACKAGE_0"_s, QString::fromLatin1(package.left(kSomewhere))},
        {u"VISGATE_PACKAGE_1"_s, QString::fromLatin1(package.mid(kSomewhere))}};
    image.install = std::chrono::seconds(90);
    image.installGb = 4;
    return image;
}

} // namespace visgate::test
