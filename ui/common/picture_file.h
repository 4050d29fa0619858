// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QImage>
#include <QString>

namespace visgate::ui {

/// Reads and decodes on a pool thread; a null image if it cannot be read.
[[nodiscard]] QFuture<QImage> readPicture(const QString& path);
/// Copies on a pool thread, over what is there (the file dialog has asked); false if that fails.
[[nodiscard]] QFuture<bool> copyPicture(const QString& from, const QString& to);

} // namespace visgate::ui
