// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_file.h"

#include <QFile>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <memory>

namespace visgate::ui {
namespace {

/// QThreadPool wants a copyable function, QPromise is not one: share it.
template <typename T, typename F>
QFuture<T> onPool(F work)
{
    auto promise = std::make_shared<QPromise<T>>();
    QFuture<T> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

QFuture<QImage> readPicture(const QString& path)
{
    return onPool<QImage>([path] { return QImage(path); });
}

QFuture<bool> copyPicture(const QString& from, const QString& to)
{
    return onPool<bool>([from, to] {
        QFile source(from);
        QSaveFile target(to); // an interrupted copy leaves the old file
        if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly))
            return false;
        const QByteArray bytes = source.readAll();
        return target.write(bytes) == bytes.size() && target.commit();
    });
}

} // namespace visgate::ui
