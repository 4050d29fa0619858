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
#include <dlfcn.h>

namespace {

constexpr std::size_t kLargestWiped = std::size_t{64} * 1024;

/// Those that would be called without ours: the C library's, or those of an allocator that a system loads before every
/// program.
struct Allocator {
    void (*free)(void*) = nullptr;
    void* (*realloc)(void*, std::size_t) = nullptr;
    std::size_t (*sizeOf)(void*) = nullptr;
};

constinit Allocator allocator;

template <typename Function> Function next(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// While the program has one thread. What the search itself frees before its end stays where it is.
[[gnu::constructor]] void findAllocator()
{
    allocator.sizeOf = next<decltype(allocator.sizeOf)>("malloc_usable_size");
    allocator.realloc = next<decltype(allocator.realloc)>("realloc");
    allocator.free = next<decltype(allocator.free)>("free");
}

std::size_t wipedSizeOf(void* block)
{
    const std::size_t size = block == nullptr || allocator.free == nullptr ? 0 : allocator.sizeOf(block);
    return size > kLargestWiped ? 0 : size;
}

} // namespace

// NOLINTBEGIN(cppcoreguidelines-no-malloc)
extern "C" {

/// In place of the allocator's, for the whole program.
void free(void* block) noexcept
{
    if (const std::size_t size = wipedSizeOf(block); size > 0)
        explicit_bzero(block, size);
    if (allocator.free != nullptr)
        allocator.free(block);
}

/// The allocator's would free the old block by itself.
void* realloc(void* block, std::size_t size) noexcept
{
    const std::size_t before = wipedSizeOf(block);
    if (before == 0 || size == 0) {
        if (allocator.realloc == nullptr)
            findAllocator();
        return allocator.realloc(block, size);
    }
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
// NOLINTEND(cppcoreguidelines-no-malloc)

#endif
