// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"

#include <filesystem>
#include <string>

namespace visgate::test {

/// A folder of our own that goes with this object.
class TempFolder {
public:
    TempFolder() : m_path(std::filesystem::temp_directory_path() / ("visgate-" + randomHex(8)))
    {
        std::filesystem::create_directory(m_path);
    }
    ~TempFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return (m_path / name).string(); }

private:
    std::filesystem::path m_path;
};

} // namespace visgate::test
