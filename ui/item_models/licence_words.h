// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::ui {

/// A licence note of the registry's data in the user's language; a note that only the hub knows stays as it is.
[[nodiscard]] QString licenceNote(const QString& note);

} // namespace visgate::ui
