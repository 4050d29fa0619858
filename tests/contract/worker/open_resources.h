// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <optional>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#ifdef __SANITIZE_ADDRESS__
extern "C" std::size_t __sanitizer_get_current_allocated_bytes(); // NOLINT(bugprone-reserved-identifier): its name
#endif

namespace visgate::test {

/// What this process has open; none where the system does not list it.
[[nodiscard]] inline std::optional<std::size_t> openDescriptors()
{
    std::error_code error;
    const std::filesystem::directory_iterator open("/proc/self/fd", error);
    return error ? std::nullopt : std::optional(static_cast<std::size_t>(std::distance(open, {})));
}

/// What it holds on the heap, to the byte: resident memory says more of the allocator than of the program.
[[nodiscard]] inline std::optional<std::size_t> heapBytes()
{
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#elif defined(__GLIBC__)
    return mallinfo2().uordblks;
#else
    return std::nullopt;
#endif
}

} // namespace visgate::test
