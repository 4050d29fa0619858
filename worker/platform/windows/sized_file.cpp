// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/sized_file.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/windows/file_handle.h"
#include "core/foundation/platform/windows/system_error.h"

#include <algorithm>
#include <utility>
#include <windows.h>

namespace visgate::worker::platform {

using visgate::platform::fileFailure;
using visgate::platform::handleOf;
using visgate::platform::largestFilePiece;
using visgate::platform::noFileHandle;
using visgate::platform::placeAt;

SizedFile::~SizedFile()
{
    if (m_handle != noFileHandle) {
        CloseHandle(handleOf(m_handle));
    }
}

SizedFile::SizedFile(SizedFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, noFileHandle))
{
}

Result<SizedFile> SizedFile::open(const std::filesystem::path& path, std::uint64_t bytes)
{
    HANDLE handle = CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    }
    SizedFile file(path, reinterpret_cast<Handle>(handle));
    LARGE_INTEGER end{};
    end.QuadPart = static_cast<LONGLONG>(bytes);
    if (!SetFilePointerEx(handle, end, nullptr, FILE_BEGIN) || !SetEndOfFile(handle)) {
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    }
    return file;
}

Result<void> SizedFile::write(std::uint64_t offset, std::string_view bytes) const
{
    while (!bytes.empty()) {
        OVERLAPPED where = placeAt(offset);
        const auto piece = static_cast<DWORD>(std::min(bytes.size(), largestFilePiece));
        DWORD written = 0;
        if (!WriteFile(handleOf(m_handle), bytes.data(), piece, &written, &where) || written == 0) {
            return fail(fileFailure(ErrorCode::FileUnwritable, m_path, GetLastError()));
        }
        bytes.remove_prefix(written);
        offset += written;
    }
    return {};
}

Result<std::string> SizedFile::read(std::uint64_t offset, std::size_t length) const
{
    std::string bytes(length, '\0');
    std::size_t got = 0;
    while (got < length) {
        OVERLAPPED where = placeAt(offset + got);
        const auto piece = static_cast<DWORD>(std::min(length - got, largestFilePiece));
        DWORD part = 0;
        if (!ReadFile(handleOf(m_handle), bytes.data() + got, piece, &part, &where)) {
            if (GetLastError() == ERROR_HANDLE_EOF) {
                break;
            }
            return fail(fileFailure(ErrorCode::FileUnreadable, m_path, GetLastError()));
        }
        if (part == 0) {
            break;
        }
        got += part;
    }
    bytes.resize(got);
    return bytes;
}

Result<void> SizedFile::sync() const
{
    if (!FlushFileBuffers(handleOf(m_handle))) {
        return fail(fileFailure(ErrorCode::FileUnwritable, m_path, GetLastError()));
    }
    return {};
}

} // namespace visgate::worker::platform
