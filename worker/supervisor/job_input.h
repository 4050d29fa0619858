// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/delivery/encoder.h"
#include "worker/delivery/uploads.h"
#include "worker/runners/runner.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace visgate::worker {

/// One field of a job's input that cannot be used, and why.
struct BadField {
    std::string name;
    std::string message;
};

/// A job as asked for.
struct JobInput {
    bool isDebug = false;     ///< only tell how the worker is
    Generation generation;    ///< its files are not there yet
    std::string image;        ///< the bytes of the file that generation.image is to be
    std::string mask;         ///< the same of generation.mask
    std::string imageAddress; ///< where they are to be had, in place of them
    std::string maskAddress;
    FileFormat format = FileFormat::Standard;
    UploadTarget upload;                         ///< nowhere: the worker's own bucket, or the result carries the files
    std::vector<std::string> ignored;            ///< fields that this runner has no use for
    std::chrono::milliseconds deadline{600'000}; ///< policy.executionTimeout, else the provider's default
    std::vector<BadField> bad;                   ///< if not empty, the job must be refused
};

/// Checks every field against what the runner can do; all bad fields are named, not only the first. `randomSeed` is
/// asked if the job brings no seed.
[[nodiscard]] JobInput readJobInput(
    const nlohmann::json& job, const Capabilities& can, const std::function<std::uint64_t()>& randomSeed);

/// `{"code":"E_INPUT","message":..,"fields":[{"name","message"}]}`
[[nodiscard]] nlohmann::json inputError(const std::vector<BadField>& bad);

/// Text values of members whose names speak of credentials, anywhere in the job.
[[nodiscard]] std::vector<std::string> secretsIn(const nlohmann::json& job);

} // namespace visgate::worker
