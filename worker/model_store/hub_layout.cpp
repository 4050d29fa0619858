// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/hub_layout.h"

#include "core/foundation/file_error.h"
#include "core/foundation/path_text.h"

#include <algorithm>
#include <fstream>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestPath = 512;
constexpr std::size_t longestName = 200;
constexpr std::size_t longestPart = 96;

bool isIdPart(std::string_view part)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
            || c == '-';
    };
    return !part.empty() && part.size() <= longestPart && part.front() != '.' && part.front() != '-'
        && part.find("..") == std::string_view::npos && part.find("--") == std::string_view::npos
        && std::all_of(part.begin(), part.end(), isLetter);
}

Result<void> writeWhole(const fs::path& file, const std::string& text)
{
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    return stream ? Result<void>() : fail(fileError(ErrorCode::FileUnwritable, file));
}

} // namespace

bool isModelId(std::string_view id)
{
    const auto slash = id.find('/');
    if (slash == std::string_view::npos) {
        return isIdPart(id);
    }
    return isIdPart(id.substr(0, slash)) && isIdPart(id.substr(slash + 1));
}

bool isPlainPath(std::string_view path)
{
    if (path.empty() || path.size() > longestPath) {
        return false;
    }
    const auto isForbidden = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':' || c == '*' || c == '?'
            || c == '"' || c == '<' || c == '>' || c == '|';
    };
    if (std::any_of(path.begin(), path.end(), isForbidden)) {
        return false;
    }
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('/'));
        if (name.empty() || name.size() > longestName || name == "." || name == ".." || name.back() == '.'
            || name.back() == ' ') {
            return false;
        }
        if (name.size() == path.size()) {
            return true;
        }
        path.remove_prefix(name.size() + 1);
    }
    return false; // it ended with a slash
}

bool isHexName(std::string_view name)
{
    constexpr std::size_t shortest = 40;
    constexpr std::size_t longest = 64;
    return name.size() >= shortest && name.size() <= longest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

HubLayout::HubLayout(fs::path cache, std::string_view modelId) : m_cache(std::move(cache))
{
    std::string name = "models--";
    for (const char c : modelId) {
        name += c == '/' ? "--" : std::string(1, c);
    }
    m_folder = m_cache / name;
}

fs::path HubLayout::snapshot(const std::string& commit) const
{
    return m_folder / "snapshots" / commit;
}

fs::path HubLayout::ref(const std::string& revision) const
{
    return m_folder / "refs" / pathFromUtf8(revision);
}

fs::path HubLayout::lock() const
{
    return m_cache / ".locks" / m_folder.filename() / "visgate.lock";
}

Result<void> HubLayout::place(const std::string& sum, const std::string& commit, const std::string& path) const
{
    const fs::path target = snapshot(commit) / pathFromUtf8(path);
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    fs::remove(target, error); // a link to what was never finished, or another file's
    const fs::path up = blob(sum).lexically_relative(target.parent_path());
    fs::create_symlink(up, target, error);
    if (error) {
        fs::create_hard_link(blob(sum), target, error);
    }
    if (error) {
        fs::copy_file(blob(sum), target, error);
    }
    if (error) {
        const bool isFull = error == std::errc::no_space_on_device;
        return fail(fileError(isFull ? ErrorCode::StoreFull : ErrorCode::FileUnwritable, target, error.message()));
    }
    return {};
}

Result<void> HubLayout::complete(const std::string& commit, const std::string& revision) const
{
    if (revision != commit) {
        if (auto written = writeWhole(ref(revision), commit); !written) {
            return written;
        }
    }
    return writeWhole(snapshot(commit) / marker, {});
}

} // namespace visgate::worker
