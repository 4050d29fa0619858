// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/scratch.h"

#include "core/foundation/ids.h"
#include "core/foundation/path_text.h"
#include "worker/supervisor/job_input.h"

#include <fstream>
#include <utility>

namespace visgate::worker {

namespace fs = std::filesystem;

Result<Scratch> Scratch::make()
{
    constexpr int nameBytes = 8;
    std::error_code error;
    const fs::path folder = fs::temp_directory_path(error) / ("visgate-job-" + randomHex(nameBytes));
    if (error || !fs::create_directory(folder, error) || error) {
        return fail(ErrorCode::FileUnwritable, toUtf8(folder) + ": " + error.message());
    }
    Scratch scratch(folder);
    fs::permissions(folder, fs::perms::owner_all, error);
    if (error) {
        return fail(ErrorCode::FileUnwritable, toUtf8(folder) + ": " + error.message());
    }
    return scratch;
}

Result<void> stage(JobInput& input, const fs::path& folder)
{
    const auto write = [&folder](const char* name, std::string& bytes, fs::path& file) {
        if (bytes.empty()) {
            return true;
        }
        file = folder / name;
        std::ofstream stream(file, std::ios::binary);
        stream << bytes;
        stream.close();
        bytes.clear();
        return !!stream;
    };
    if (!write("image", input.image, input.generation.image) || !write("mask", input.mask, input.generation.mask)) {
        return fail(ErrorCode::FileUnwritable, toUtf8(folder));
    }
    return {};
}

Scratch::Scratch(fs::path folder) : m_folder(std::move(folder)) { }

Scratch::Scratch(Scratch&& other) noexcept : m_folder(std::exchange(other.m_folder, {})) { }

Scratch::~Scratch()
{
    if (!m_folder.empty()) {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
}

} // namespace visgate::worker
