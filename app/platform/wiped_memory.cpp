// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that is freed keeps what stood in it until it is used again. Keys pass through buffers that are not ours: Qt's
// requests and their bytes on the way to the socket, JSON, the bus to the keychain. So every small block is overwritten
// when it is freed; a large one holds pictures and replies. Where the C library has no such door, freed memory stays as
// it is; a sanitizer has a setting of its own for this (max_free_fill_size).
#include <cstdlib>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define VISGATE_OTHER_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VISGATE_OTHER_ALLOCATOR
#endif

#if defined(__GLIBC__) && !defined(VISGATE_OTHER_ALLOCATOR)

#include <algorithm>
#include <cstring>
#include <malloc.h>

namespace {

constexpr std::size_t kLargestWiped = std::size_t{64} * 1024;

} // namespace

// NOLINTBEGIN(bugprone-reserved-identifier, cppcoreguidelines-no-malloc)
extern "C" {

void __libc_free(void* block);
void* __libc_realloc(void* block, std::size_t size);

/// In place of the C library's, for the whole program.
void free(void* block) noexcept
{
    if (block == nullptr)
        return;
    if (const std::size_t size = malloc_usable_size(block); size <= kLargestWiped)
        explicit_bzero(block, size);
    __libc_free(block);
}

/// The C library's would free the old block by itself.
void* realloc(void* block, std::size_t size) noexcept
{
    const std::size_t before = block == nullptr ? 0 : malloc_usable_size(block);
    if (before == 0 || before > kLargestWiped || size == 0)
        return __libc_realloc(block, size);
    if (size <= before && size > before / 2)
        return block;
    void* const moved = std::malloc(size);
    if (moved == nullptr)
        return nullptr;
    std::memcpy(moved, block, std::min(before, size));
    free(block);
    return moved;
}

} // extern "C"
// NOLINTEND(bugprone-reserved-identifier, cppcoreguidelines-no-malloc)

#endif
