// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace visgate {

/// A container image's name, taken apart: "docker.io/me/worker:1.2" or "ghcr.io/me/worker@sha256:..".
struct ImageReference {
    QString host;       ///< "ghcr.io", "localhost:5000"; empty: none was named, so Docker's own
    QString repository; ///< "me/worker"; a single word stands in "library/"
    QString version;    ///< a tag, or a digest with its algorithm; "latest" when none was named
    bool operator==(const ImageReference&) const = default;
};

/// Nothing for a text that is no image name.
[[nodiscard]] std::optional<ImageReference> parseImageReference(const QString& text);

} // namespace visgate
