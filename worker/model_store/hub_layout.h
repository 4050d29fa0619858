// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace visgate::worker {

// What others name becomes parts of paths and must not lead elsewhere, on any system.

/// "org/name", or a name alone, in the hub's letters.
[[nodiscard]] bool isModelId(std::string_view id);
/// A relative path of plain names: no "..", no empty part, no backslash, colon or control character; 512 bytes at most.
[[nodiscard]] bool isPlainPath(std::string_view path);
/// 40 to 64 hexadecimal digits: a commit, or a sum.
[[nodiscard]] bool isHexName(std::string_view name);

/// A model in the hub's own cache layout, which its other programs read as well:
///
///     models--org--name/blobs/SUM
///     models--org--name/refs/main                  the commit that the name stands for
///     models--org--name/snapshots/COMMIT/unet/...  links to blobs, and our marker last
///
/// Takes names that were checked.
class HubLayout {
public:
    static constexpr const char* marker = ".visgate-complete";

    HubLayout(std::filesystem::path cache, std::string_view modelId);

    [[nodiscard]] const std::filesystem::path& cache() const { return m_cache; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path blobs() const { return m_folder / "blobs"; }
    [[nodiscard]] std::filesystem::path blob(const std::string& sum) const { return blobs() / sum; }
    [[nodiscard]] std::filesystem::path snapshot(const std::string& commit) const;
    [[nodiscard]] std::filesystem::path ref(const std::string& revision) const;
    /// Who holds it fills this model; the file stays.
    [[nodiscard]] std::filesystem::path lock() const;

    /// Gives a blob its name in a snapshot: a link, or where links are not to be had the file once more. FileUnwritable
    /// or StoreFull.
    [[nodiscard]] Result<void> place(const std::string& sum, const std::string& commit, const std::string& path) const;
    /// What the revision stands for, and that the snapshot is whole: the last thing to be written.
    [[nodiscard]] Result<void> complete(const std::string& commit, const std::string& revision) const;

private:
    std::filesystem::path m_cache;
    std::filesystem::path m_folder;
};

} // namespace visgate::worker
