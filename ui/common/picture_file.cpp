// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_file.h"

#include "ui/common/on_pool.h"

#include <QFile>
#include <QSaveFile>

namespace visgate::ui {

QFuture<QImage> readPicture(const QString& path)
{
    return onPool([path] { return QImage(path); });
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
