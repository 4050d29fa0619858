// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// One setting that a release changed. Nested settings are named with dots: "env.HF_REVISION". Values that are secret
/// were replaced before they came here.
struct ReleaseChange {
    QString field;
    QString before; ///< empty: it was not set
    QString after;  ///< empty: it is not set any more
    bool operator==(const ReleaseChange&) const = default;
};

/// One configuration that an endpoint had.
struct Release {
    QString id;
    int version = 0;
    QString source; ///< "MANUAL", "GIT_BUILD"
    std::optional<TimePoint> createdAt;
    int workers = 0;              ///< that run this version now
    QList<ReleaseChange> changes; ///< against the version before
    bool operator==(const Release&) const = default;
};

struct ReleaseHistory {
    int current = 0; ///< version
    bool rollingOut = false;
    QList<Release> releases; ///< newest first
    bool operator==(const ReleaseHistory&) const = default;

    [[nodiscard]] bool has(int version) const;
};

/// What is different in version `to` against version `from`, whichever is newer. A setting that was changed and changed
/// back is not named.
[[nodiscard]] QList<ReleaseChange> changesBetween(const ReleaseHistory& history, int from, int to);

/// One sentence a change, in the application's language (translation context "Releases").
[[nodiscard]] QStringList inWords(const QList<ReleaseChange>& changes);

} // namespace visgate
