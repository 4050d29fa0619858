// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

/// A static library's resources are dropped by the linker unless they are named; must stand outside any namespace.
inline void initRegistryResource()
{
    Q_INIT_RESOURCE(registry);
}

namespace visgate {

/// A file of resources/registry, compiled in; empty if there is none of that name.
[[nodiscard]] inline QByteArray registryFile(const QString& name)
{
    initRegistryResource();
    QFile file(QStringLiteral(":/visgate/registry/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace visgate
