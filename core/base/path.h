// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>

namespace visgate {

/// Between the Qt side's paths and the plain one's; nothing is lost on the way.
[[nodiscard]] inline std::filesystem::path toPath(const QString& path)
{
#ifdef Q_OS_WIN
    return path.toStdWString();
#else
    return path.toStdString();
#endif
}

} // namespace visgate
