// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_file.h"

#include "ui/common/on_pool.h"

#include <QFile>
#include <QImageReader>
#include <QSaveFile>

namespace visgate::ui {
namespace {

/// By the name that a result was stored under; empty for what is no picture.
QByteArray formatOf(const QString& path)
{
    const QString suffix = path.section(QLatin1Char('.'), -1).toLower();
    for (const char* const known : {"png", "jpg", "webp"}) {
        if (suffix == QLatin1String(known))
            return known;
    }
    return {};
}

} // namespace

bool isShowable(const QString& path)
{
    const QByteArray format = formatOf(path);
    return !format.isEmpty() && QImageReader::supportedImageFormats().contains(format);
}

QImage readPictureNow(const QString& path)
{
    const QByteArray format = formatOf(path);
    if (format.isEmpty())
        return {};
    QImageReader reader(path, format);
    reader.setAutoDetectImageFormat(false); // the one decoder of its kind: not whichever likes what it finds
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
    return reader.read();
}

QFuture<QImage> readPicture(const QString& path)
{
    return onPool([path] { return readPictureNow(path); });
}

QFuture<bool> copyPicture(const QString& from, const QString& to)
{
    return onPool([from, to] {
        QFile source(from);
        QSaveFile target(to); // an interrupted copy leaves the old file
        if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly))
            return false;
        const QByteArray bytes = source.readAll();
        return target.write(bytes) == bytes.size() && target.commit();
    });
}

} // namespace visgate::ui
