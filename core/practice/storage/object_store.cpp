// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/storage/object_store.h"

#include "core/foundation/ids.h"
#include "core/foundation/path_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace visgate::practice {

namespace fs = std::filesystem;

fs::path ObjectStore::bucketFolder(const std::string& bucket) const
{
    fs::path folder = m_folder / bucket;
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    return folder;
}

void ObjectStore::erase(const std::string& bucket)
{
    std::error_code ignored;
    fs::remove_all(m_folder / bucket, ignored);
}

fs::path ObjectStore::pathOf(const std::string& bucket, const std::string& key) const
{
    const fs::path relative = pathFromUtf8(key).lexically_normal();
    const bool leadsOut = relative.empty() || relative.has_root_path()
        || std::any_of(relative.begin(), relative.end(), [](const fs::path& part) { return part == ".."; });
    return leadsOut || key.ends_with('/') ? fs::path() : bucketFolder(bucket) / relative;
}

std::int64_t ObjectStore::usedBytes(const std::string& bucket) const
{
    std::int64_t bytes = 0;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(bucketFolder(bucket), ignored)) {
        if (entry.is_regular_file(ignored))
            bytes += static_cast<std::int64_t>(entry.file_size(ignored));
    }
    return bytes;
}

Result<void> ObjectStore::put(const std::string& bucket, const std::string& key, std::string_view bytes)
{
    const fs::path path = pathOf(bucket, key);
    if (path.empty())
        return fail(ErrorCode::InvalidRequest, "key");
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    fs::path partial = path;
    partial += ".partial";
    std::ofstream stream(partial, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (stream)
        fs::rename(partial, path, error);
    if (!stream || error)
        return fail(ErrorCode::FileUnwritable, toUtf8(path));
    return {};
}

std::optional<std::string> ObjectStore::get(const std::string& bucket, const std::string& key) const
{
    const fs::path path = pathOf(bucket, key);
    std::ifstream stream(path, std::ios::binary);
    if (path.empty() || !stream || !fs::is_regular_file(path))
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::optional<std::int64_t> ObjectStore::size(const std::string& bucket, const std::string& key) const
{
    const fs::path path = pathOf(bucket, key);
    std::error_code error;
    if (path.empty() || !fs::is_regular_file(path, error))
        return std::nullopt;
    return static_cast<std::int64_t>(fs::file_size(path, error));
}

void ObjectStore::remove(const std::string& bucket, const std::string& key)
{
    std::error_code ignored;
    if (const fs::path path = pathOf(bucket, key); !path.empty())
        fs::remove(path, ignored);
}

std::vector<std::string> ObjectStore::keys(const std::string& bucket, const std::string& prefix) const
{
    std::vector<std::string> keys;
    std::error_code ignored;
    const fs::path folder = bucketFolder(bucket);
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
        if (!entry.is_regular_file(ignored))
            continue;
        const std::u8string name = entry.path().lexically_relative(folder).generic_u8string();
        std::string key(name.begin(), name.end());
        if (key.starts_with(prefix) && !key.ends_with(".partial"))
            keys.push_back(std::move(key));
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

std::string ObjectStore::beginParts(const std::string& bucket, const std::string& key)
{
    const std::string id = randomHex(16);
    m_uploads[id] = {bucket, key, {}};
    return id;
}

bool ObjectStore::putPart(const std::string& upload, int number, std::string bytes)
{
    const auto found = m_uploads.find(upload);
    if (found == m_uploads.end())
        return false;
    found->second.parts[number] = std::move(bytes);
    return true;
}

Result<void> ObjectStore::completeParts(const std::string& upload)
{
    const auto found = m_uploads.find(upload);
    if (found == m_uploads.end())
        return fail(ErrorCode::NotFound, upload);
    std::string whole;
    for (const auto& [number, bytes] : found->second.parts)
        whole += bytes;
    auto kept = put(found->second.bucket, found->second.key, whole);
    m_uploads.erase(found);
    return kept;
}

} // namespace visgate::practice
