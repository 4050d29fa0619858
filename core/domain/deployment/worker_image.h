// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace visgate {

/// What GPU machines may start, as Settings shows it.
struct WorkerImage {
    QString own;                     ///< the user's; empty: the public one, where there is one
    QString publicImage;             ///< in which our package starts; empty: this program knows none
    std::chrono::seconds install{0}; ///< what each cold start of the public one installs first
    bool operator==(const WorkerImage&) const = default;
};

} // namespace visgate
