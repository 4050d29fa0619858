// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/memory.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>

namespace visgate::worker::platform {
namespace {

constexpr std::uint64_t kibibyte = 1024;

std::uint64_t available()
{
    std::ifstream file("/proc/meminfo");
    std::string name;
    std::uint64_t amount = 0;
    for (std::string unit; file >> name >> amount; std::getline(file, unit)) {
        if (name == "MemAvailable:") {
            return amount * kibibyte;
        }
    }
    return 0;
}

/// What the container may have, which the machine's own figures do not tell.
std::optional<std::uint64_t> number(const char* path)
{
    std::uint64_t value = 0;
    return std::ifstream(path) >> value ? std::optional(value) : std::nullopt;
}

} // namespace

std::uint64_t memoryForFiles()
{
    std::uint64_t bytes = available();
    const auto most = number("/sys/fs/cgroup/memory.max");
    const auto used = number("/sys/fs/cgroup/memory.current");
    if (most && used) {
        bytes = std::min(bytes, *most > *used ? *most - *used : 0);
    }
    return bytes / 2;
}

} // namespace visgate::worker::platform
