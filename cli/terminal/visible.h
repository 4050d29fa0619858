// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate::cli {

/// Text as a terminal may be given it, whoever wrote it: nothing in it moves the cursor, colours, clears, sets a title
/// or the clipboard, or turns the direction of writing. Such characters are shown as `\u001b`, which inside a JSON
/// document means the same; line breaks and tabs stay.
[[nodiscard]] QString visible(const QString& text);

/// What a line says in the end that was overwritten with carriage returns, as progress bars are.
[[nodiscard]] QString lastState(const QString& line);

} // namespace visgate::cli
