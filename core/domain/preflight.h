// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

enum class PreflightLevel { Ok, Warning, Blocked };

/// One line of the preflight list: what was checked, and for a red one the error whose remedy is the fix button.
struct PreflightLine {
    QString id; ///< stable: "key", "quota", "licence", "model", "task", "memory", "disk", "worker_image", "keychain"
    PreflightLevel level = PreflightLevel::Ok;
    QString title; ///< in the user's language
    QString detail;
    std::optional<Error> error;
};

struct PreflightReport {
    QList<PreflightLine> lines;
    [[nodiscard]] bool isBlocked() const;
    /// The first red line's error.
    [[nodiscard]] std::optional<Error> firstError() const;
};

} // namespace visgate
