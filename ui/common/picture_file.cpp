// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_file.h"

#include "ui/common/on_pool.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QSaveFile>

#include <optional>

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

/// Scaled down while it is decoded, where `side` is set and the file is larger.
QImage readAtMost(const QString& path, std::optional<int> side)
{
    const QByteArray format = formatOf(path);
    if (format.isEmpty())
        return {};
    QImageReader reader(path, format);
    reader.setAutoDetectImageFormat(false); // the one decoder of its kind: not whichever likes what it finds
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
    const QSize whole = side ? reader.size() : QSize();
    if (whole.isValid() && qMax(whole.width(), whole.height()) > *side)
        reader.setScaledSize(whole.scaled(*side, *side, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

} // namespace

bool isShowable(const QString& path)
{
    const QByteArray format = formatOf(path);
    return !format.isEmpty() && QImageReader::supportedImageFormats().contains(format);
}

QImage readPictureNow(const QString& path)
{
    return readAtMost(path, {});
}

QFuture<PictureRead> readPicture(const QString& path)
{
    return onPool([path] { return PictureRead{readPictureNow(path), !QFileInfo::exists(path)}; });
}

QFuture<PictureRead> readThumbnail(const QString& path, int side)
{
    return onPool([path, side] { return PictureRead{readAtMost(path, side), !QFileInfo::exists(path)}; });
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
