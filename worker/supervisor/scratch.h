// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <filesystem>

namespace visgate::worker {

/// A folder for what a job needs and makes, which nobody else may enter; gone with its owner.
class Scratch {
public:
    [[nodiscard]] static Result<Scratch> make();
    ~Scratch();
    Scratch(Scratch&& other) noexcept;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch& operator=(Scratch&&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

private:
    explicit Scratch(std::filesystem::path folder);
    std::filesystem::path m_folder;
};

struct JobInput;

/// Writes the pictures that a job brought into `folder`, and tells its generation where they are.
[[nodiscard]] Result<void> stage(JobInput& input, const std::filesystem::path& folder);

} // namespace visgate::worker
