// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QImage>
#include <QString>

namespace visgate::ui {

/// Whether this program can show a result's file: no video, and no picture that this system's Qt has no decoder for.
[[nodiscard]] bool isShowable(const QString& path);
/// Reads and decodes a result's file by the one decoder that its name stands for, whatever its content looks like; a
/// null image if that cannot read it. Blocks.
[[nodiscard]] QImage readPictureNow(const QString& path);

/// What became of a file that was to be shown.
struct PictureRead {
    QImage image;        ///< null if it cannot be decoded
    bool isGone = false; ///< there is no such file
};
/// The same on a pool thread.
[[nodiscard]] QFuture<PictureRead> readPicture(const QString& path);
/// Small enough for a square of `side` pixels, on a pool thread; no image for what is no picture.
[[nodiscard]] QFuture<PictureRead> readThumbnail(const QString& path, int side);
/// Copies on a pool thread, over what is there (the file dialog has asked); false if that fails.
[[nodiscard]] QFuture<bool> copyPicture(const QString& from, const QString& to);

} // namespace visgate::ui
