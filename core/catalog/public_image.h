// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <chrono>

namespace visgate {

/// A public image with PyTorch and nothing of ours, for whoever has no image of their own: our workers start in it from
/// a package in their environment and install the rest (worker/bootstrap).
struct PublicImage {
    QString reference;               ///< with its tag: what it is called, wherever its digest has gone meanwhile
    QString cudaFloor;               ///< "12.9"
    QString args;                    ///< of its containers, as one string; holds no secret
    QMap<QString, QString> package;  ///< variables of the environment, each shorter than Linux takes (128 KiB)
    std::chrono::seconds install{0}; ///< what a start takes longer, until somebody's own starts tell
    int installGb = 0;               ///< of the container's disk

    /// The one that is built into the program (resources/worker/public_image.json).
    [[nodiscard]] static PublicImage builtIn();
};

} // namespace visgate
