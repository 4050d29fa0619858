// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace visgate::test {

/// What everything random in a test begins with: `./test --seed N`, 1 unless told.
[[nodiscard]] inline quint64 seed()
{
    const quint64 given = qgetenv("VISGATE_TEST_SEED").toULongLong();
    return given == 0 ? 1 : given;
}

/// `./test --long`: as much as it takes instead of as much as fits.
[[nodiscard]] inline bool isLong()
{
    return qgetenv("VISGATE_TEST_LONG") == "1";
}

} // namespace visgate::test
