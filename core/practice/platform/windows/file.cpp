// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/file.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/append_file.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/system_error.h"

#include <aclapi.h>
#include <utility>

namespace visgate::practice::platform {
namespace {

using visgate::platform::AppendFile;
using visgate::platform::fileFailure;
using visgate::platform::OwnerOnly;

/// Gives an existing folder the list that OwnerOnly gives a new one.
DWORD restrictToOwner(const std::filesystem::path& path, OwnerOnly& owner)
{
    PACL list = nullptr;
    BOOL isPresent = FALSE;
    BOOL isDefault = FALSE;
    if (!GetSecurityDescriptorDacl(owner.attributes()->lpSecurityDescriptor, &isPresent, &list, &isDefault))
        return GetLastError();
    std::wstring name = path.native();
    return SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT,
        DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, nullptr, nullptr, list, nullptr);
}

Result<void> writeWhole(const std::filesystem::path& path, std::string_view bytes)
{
    auto file = AppendFile::open(path);
    if (!file)
        return fail(file.error());
    if (auto emptied = file->truncate(0); !emptied)
        return emptied;
    return file->append(bytes);
}

} // namespace

Result<void> replaceFile(const std::filesystem::path& path, std::string_view bytes)
{
    std::filesystem::path beside = path;
    beside += L".new";
    if (auto written = writeWhole(beside, bytes); !written)
        return written;
    if (!MoveFileExW(beside.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    return {};
}

Result<void> makePrivateFolder(const std::filesystem::path& path)
{
    std::error_code error;
    if (path.has_parent_path())
        std::filesystem::create_directories(path.parent_path(), error);
    if (error)
        return fail(fileError(ErrorCode::FileUnwritable, path, error.message()));
    OwnerOnly owner;
    if (owner.attributes() == nullptr)
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    if (CreateDirectoryW(path.c_str(), owner.attributes()))
        return {};
    DWORD problem = GetLastError();
    if (problem == ERROR_ALREADY_EXISTS && std::filesystem::is_directory(path, error))
        problem = restrictToOwner(path, owner);
    if (problem != ERROR_SUCCESS)
        return fail(fileFailure(ErrorCode::FileUnwritable, path, problem));
    return {};
}

} // namespace visgate::practice::platform
