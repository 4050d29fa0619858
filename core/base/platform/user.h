// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::platform {

/// Tells this user's files from another's in a shared folder: the numeric user id on POSIX.
[[nodiscard]] QString userTag();
[[nodiscard]] bool isOwnedByUser(const QString& path);

} // namespace visgate::platform
