// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace visgate::platform {

/// True if the connection stands and nothing has come in: no end, no error, no stray byte. Takes nothing out.
[[nodiscard]] bool isQuiet(int socket);

} // namespace visgate::platform
