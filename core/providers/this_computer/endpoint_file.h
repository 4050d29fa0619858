// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"

#include <QList>
#include <QString>

namespace visgate {

/// The endpoints of this computer in their one file, which is replaced as a whole. What is secret is not in it.
/// No file: none. StoreCorrupt for a file that says something else, FileUnreadable names it.
[[nodiscard]] Result<QList<ProviderEndpoint>> readEndpointFile(const QString& path);
/// FileUnwritable names the file, StoreFull where the disk is full; what it said before then still holds.
[[nodiscard]] Result<void> writeEndpointFile(const QString& path, const QList<ProviderEndpoint>& endpoints);

} // namespace visgate
