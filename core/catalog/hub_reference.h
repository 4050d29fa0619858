// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace visgate {

/// A model as a person names it.
struct HubReference {
    QString id;       ///< "owner/name"
    QString revision; ///< branch, tag or commit of a pasted link; empty if it named none
    bool operator==(const HubReference&) const = default;
};

/// Takes "owner/name" and links copied from the hub's pages ("https://huggingface.co/owner/name/tree/main",
/// "hf.co/owner/name", "hf://owner/name"), with spaces around them. Nothing for any other text, for links to data sets
/// and spaces, and for names the hub does not allow.
[[nodiscard]] std::optional<HubReference> parseHubReference(const QString& text);

/// Whether the path of a repository's file stays inside the folder that it is put into: relative, without "." or "..",
/// empty parts, backslashes or control characters. What it names becomes the key of an object and a part of an address.
[[nodiscard]] bool isPlainFilePath(const QString& path);

} // namespace visgate
