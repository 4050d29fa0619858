// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/runner.h"

#include <filesystem>
#include <memory>

namespace visgate::worker::builtin {

class ShapesModel;

/// The demo model as a runner: shapes on a plain background, 256x256, on the processor.
class BuiltinRunner final : public Runner {
public:
    /// `cachedWeights`: the same weights out of a volume, tried first; empty if there are none.
    explicit BuiltinRunner(std::filesystem::path weightsFile, std::filesystem::path cachedWeights = {});
    ~BuiltinRunner() override;

    [[nodiscard]] std::string name() const override { return "builtin"; }
    [[nodiscard]] bool isDemo() const override { return true; }
    [[nodiscard]] Capabilities capabilities() const override;
    [[nodiscard]] bool isLoaded() const override { return m_model != nullptr; }
    [[nodiscard]] Result<void> load(const OnPhase& onPhase, const http::CancelToken& cancel) override;
    [[nodiscard]] Result<Generated> generate(const Generation& job, const std::filesystem::path& folder,
        const Progress& progress, const http::CancelToken& cancel) override;

private:
    std::filesystem::path m_weightsFile;
    std::filesystem::path m_cachedWeights;
    std::unique_ptr<ShapesModel> m_model;
};

} // namespace visgate::worker::builtin
