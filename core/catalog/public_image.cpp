// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/public_image.h"

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

/// See model_registry.cpp.
static void initPublicImageResource()
{
    Q_INIT_RESOURCE(bootstrap);
}

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kPiece = "VISGATE_PACKAGE_"_L1;
constexpr qsizetype kPieceBytes = 96 * 1024;

QByteArray contents(const QString& name)
{
    QFile file(u":/visgate/bootstrap/"_s + name);
    const bool isThere = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isThere, "PublicImage", qPrintable(name));
    return isThere ? file.readAll() : QByteArray();
}

QMap<QString, QString> inPieces(const QByteArray& package)
{
    const QByteArray text = package.toBase64();
    QMap<QString, QString> pieces;
    for (qsizetype at = 0; at < text.size(); at += kPieceBytes)
        pieces.insert(kPiece + QString::number(pieces.size()), QString::fromLatin1(text.mid(at, kPieceBytes)));
    return pieces;
}

} // namespace

PublicImage PublicImage::builtIn()
{
    initPublicImageResource();
    const QJsonObject data = QJsonDocument::fromJson(contents(u"public_image.json"_s)).object();
    PublicImage image;
    image.reference = data["image"_L1].toString();
    image.cudaFloor = data["cuda_floor"_L1].toString();
    image.args = QString::fromUtf8(contents(u"args.txt"_s)).trimmed();
    image.package = inPieces(contents(u"package.tar.gz"_s));
    image.install = std::chrono::seconds(data["install_seconds"_L1].toInt());
    image.installGb = data["install_gb"_L1].toInt();
    return image;
}

} // namespace visgate
