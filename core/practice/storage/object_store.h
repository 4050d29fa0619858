// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

/// The one bucket that stands for a user's own.
inline constexpr const char* userBucket = "practice-pictures";

/// The files behind the S3 side: one folder a bucket. A network volume is a bucket of its own name, and its folder is
/// what workers find mounted. Not thread-safe: see World.
class ObjectStore {
public:
    explicit ObjectStore(std::filesystem::path folder) : m_folder(std::move(folder)) { }

    /// Where a bucket's files lie, made when it is not there yet.
    [[nodiscard]] std::filesystem::path bucketFolder(const std::string& bucket) const;
    void erase(const std::string& bucket);
    /// The bytes that all objects of a bucket take.
    [[nodiscard]] std::int64_t usedBytes(const std::string& bucket) const;

    [[nodiscard]] Result<void> put(const std::string& bucket, const std::string& key, std::string_view bytes);
    [[nodiscard]] std::optional<std::string> get(const std::string& bucket, const std::string& key) const;
    [[nodiscard]] std::optional<std::int64_t> size(const std::string& bucket, const std::string& key) const;
    void remove(const std::string& bucket, const std::string& key);
    [[nodiscard]] std::vector<std::string> keys(const std::string& bucket, const std::string& prefix) const;

    /// An upload in parts; kept in memory only, so that a restart forgets it as a service forgets what is given up.
    [[nodiscard]] std::string beginParts(const std::string& bucket, const std::string& key);
    /// False for an upload that is not there.
    [[nodiscard]] bool putPart(const std::string& upload, int number, std::string bytes);
    [[nodiscard]] Result<void> completeParts(const std::string& upload);
    void giveUpParts(const std::string& upload) { m_uploads.erase(upload); }

private:
    struct Upload {
        std::string bucket;
        std::string key;
        std::map<int, std::string> parts;
    };
    /// Empty for a key that would lead out of the bucket.
    [[nodiscard]] std::filesystem::path pathOf(const std::string& bucket, const std::string& key) const;

    std::filesystem::path m_folder;
    std::map<std::string, Upload> m_uploads;
};

} // namespace visgate::practice
