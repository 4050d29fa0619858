// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/append_file.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/windows/file_handle.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/system_error.h"

#include <algorithm>
#include <utility>
#include <windows.h>

namespace visgate::platform {
AppendFile::AppendFile(std::filesystem::path path, Handle handle, std::uint64_t size)
    : m_path(std::move(path)), m_handle(handle), m_size(size)
{
}

AppendFile::~AppendFile()
{
    if (m_handle != noFileHandle)
        CloseHandle(handleOf(m_handle));
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, noFileHandle)), m_size(other.m_size)
{
}

Result<AppendFile> AppendFile::open(const std::filesystem::path& path)
{
    OwnerOnly owner;
    if (owner.attributes() == nullptr)
        return fail(fileError(ErrorCode::FileUnwritable, path, describeError(GetLastError())));
    // The link itself is opened, and found to be no file below.
    HANDLE file = CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, owner.attributes(), OPEN_ALWAYS,
        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    AppendFile opened(path, reinterpret_cast<Handle>(file), 0);
    BY_HANDLE_FILE_INFORMATION info{};
    LARGE_INTEGER size{};
    constexpr DWORD kNoFile = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT;
    if (!GetFileInformationByHandle(file, &info) || (info.dwFileAttributes & kNoFile) != 0
        || !GetFileSizeEx(file, &size))
        return fail(fileError(ErrorCode::FileUnwritable, path, "not a file"));
    opened.m_size = static_cast<std::uint64_t>(size.QuadPart);
    return opened;
}

Result<void> AppendFile::append(std::string_view bytes)
{
    std::uint64_t end = m_size;
    while (!bytes.empty()) {
        OVERLAPPED where = placeAt(end);
        const auto piece = static_cast<DWORD>(std::min(bytes.size(), largestFilePiece));
        DWORD written = 0;
        if (!WriteFile(handleOf(m_handle), bytes.data(), piece, &written, &where) || written == 0) {
            const DWORD error = GetLastError();
            if (end > m_size)
                static_cast<void>(truncate(m_size)); // takes back the part that fitted
            return fail(fileFailure(ErrorCode::FileUnwritable, m_path, error));
        }
        bytes.remove_prefix(written);
        end += written;
    }
    m_size = end;
    return {};
}

Result<void> AppendFile::truncate(std::uint64_t size)
{
    FILE_END_OF_FILE_INFO end{};
    end.EndOfFile.QuadPart = static_cast<LONGLONG>(size);
    if (!SetFileInformationByHandle(handleOf(m_handle), FileEndOfFileInfo, &end, sizeof end))
        return fail(fileFailure(ErrorCode::FileUnwritable, m_path, GetLastError()));
    m_size = size;
    return {};
}

Result<std::string> AppendFile::read(std::uint64_t offset, std::size_t length) const
{
    std::string out(length, '\0');
    std::size_t got = 0;
    while (got < length) {
        OVERLAPPED where = placeAt(offset + got);
        const auto piece = static_cast<DWORD>(std::min(length - got, largestFilePiece));
        DWORD part = 0;
        if (!ReadFile(handleOf(m_handle), out.data() + got, piece, &part, &where) && GetLastError() != ERROR_HANDLE_EOF)
            return fail(fileFailure(ErrorCode::FileUnreadable, m_path, GetLastError()));
        if (part == 0)
            break;
        got += part;
    }
    out.resize(got);
    return out;
}

Result<void> AppendFile::sync() const
{
    if (!FlushFileBuffers(handleOf(m_handle)))
        return fail(fileFailure(ErrorCode::FileUnwritable, m_path, GetLastError()));
    return {};
}

} // namespace visgate::platform
