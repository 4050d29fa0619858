// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/model_download.h"

#include <algorithm>
#include <cmath>

namespace visgate {

namespace {

constexpr std::chrono::hours kLongestSaid{48};
constexpr double kLeastRate = 1.0; ///< bytes a second; a rate below comes of a division, not of a network

} // namespace

std::optional<double> ModelDownload::share() const
{
    if (total <= 0)
        return std::nullopt;
    return std::clamp(static_cast<double>(bytes) / static_cast<double>(total), 0.0, 1.0);
}

std::optional<std::chrono::seconds> ModelDownload::remaining() const
{
    if (total <= 0 || bytes >= total || bytesPerSecond < kLeastRate)
        return std::nullopt;
    const double seconds = std::ceil(static_cast<double>(total - bytes) / bytesPerSecond);
    if (seconds > std::chrono::duration<double>(kLongestSaid).count())
        return std::nullopt;
    return std::chrono::seconds(static_cast<qint64>(seconds));
}

ModelDownload plausible(qint64 bytes, qint64 total, double bytesPerSecond)
{
    ModelDownload download;
    download.total = std::max<qint64>(0, total);
    download.bytes = std::max<qint64>(0, bytes);
    if (download.total > 0)
        download.bytes = std::min(download.bytes, download.total);
    if (std::isfinite(bytesPerSecond) && bytesPerSecond >= kLeastRate)
        download.bytesPerSecond = bytesPerSecond;
    return download;
}

} // namespace visgate
