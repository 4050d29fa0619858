// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <windows.h>

namespace visgate::platform {

/// What an interface for every system alike keeps where there is no file: INVALID_HANDLE_VALUE.
inline constexpr std::intptr_t noFileHandle = -1;
/// Of bytes read or written in one call.
inline constexpr std::size_t largestFilePiece = std::size_t{1} << 30;

[[nodiscard]] inline HANDLE handleOf(std::intptr_t handle)
{
    return reinterpret_cast<HANDLE>(handle);
}

/// A place in a file, for ReadFile and WriteFile.
[[nodiscard]] inline OVERLAPPED placeAt(std::uint64_t offset)
{
    OVERLAPPED where{};
    where.Offset = static_cast<DWORD>(offset);
    where.OffsetHigh = static_cast<DWORD>(offset >> 32U);
    return where;
}

} // namespace visgate::platform
