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
    /// Stable. One rule each, see preflight_rules.h: "connection", "clock", "keychain", "key", "billing", "credit",
    /// "quota", "worker_image", "cuda", "model", "task", "licence", "memory", "stock", "size", "disk", "start_limit",
    /// "time_limit", "output".
    QString id;
    PreflightLevel level = PreflightLevel::Ok;
    QString title; ///< in the user's language
    QString detail = {};
    std::optional<Error> error = {};
    QString asked = {};    ///< what told it: "GET /serverless", "auth-check", "this computer"
    bool advisory = false; ///< red by an estimate or by habit: the engine itself does not refuse for it
    bool operator==(const PreflightLine&) const = default;
};

struct PreflightReport {
    QList<PreflightLine> lines;
    /// Whether any line is red.
    [[nodiscard]] bool isBlocked() const;
    /// The first red line's error.
    [[nodiscard]] std::optional<Error> firstError() const;
    /// The first red line that is no mere advice: with it, creating an endpoint is refused.
    [[nodiscard]] std::optional<Error> refusal() const;
    /// The line of that id; null if there is none.
    [[nodiscard]] const PreflightLine* line(const QString& id) const;
    bool operator==(const PreflightReport&) const = default;
};

} // namespace visgate
