// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace visgate::test {

/// What a person cannot read or press as it should be: texts that are wider or higher than their widget, controls
/// smaller than their hint, content wider than the page that scrolls it, and texts or controls that lie over each
/// other. Each entry names the widget and the figures. Empty when everything has its room.
[[nodiscard]] QStringList lackOfRoom(QWidget& window);

} // namespace visgate::test
