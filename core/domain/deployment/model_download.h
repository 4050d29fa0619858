// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace visgate {

/// How far a worker is with fetching the model.
struct ModelDownload {
    qint64 bytes = 0;            ///< that are there
    qint64 total = 0;            ///< 0: not known
    double bytesPerSecond = 0.0; ///< 0: nothing arrives, or it is not known

    /// 0 to 1; nothing where the total is not known.
    [[nodiscard]] std::optional<double> share() const;
    /// At the present rate; nothing without a total or a rate, or where it would be days.
    [[nodiscard]] std::optional<std::chrono::seconds> remaining() const;
    bool operator==(const ModelDownload&) const = default;
};

/// What a worker said, as far as it can be true: nothing is negative, and no more is there than all of it.
[[nodiscard]] ModelDownload plausible(qint64 bytes, qint64 total, double bytesPerSecond);

} // namespace visgate
