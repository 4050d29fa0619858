// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker::builtin {

/// One named array, widened to float.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// What a weights file may be at most; our own takes 2 MB. Anything above is refused before it is allocated.
struct WeightLimits {
    std::size_t fileBytes = 64 * 1024 * 1024;
    std::size_t headerBytes = 1024 * 1024;
    std::size_t tensors = 4096;
};

/// Tensors by name. The safetensors format: 8 bytes little-endian header length, a JSON header with dtype, shape and
/// data offsets, then the data. Only F32 and F16 are taken; every offset and size is checked against the bytes there.
class Weights {
public:
    [[nodiscard]] static Result<Weights> parse(std::string_view bytes, const WeightLimits& limits = {});
    [[nodiscard]] static Result<Weights> readFile(const std::filesystem::path& path, const WeightLimits& limits = {});

    /// UnexpectedReply naming the tensor if it is absent or has another shape.
    [[nodiscard]] Result<const Tensor*> require(const std::string& name, const std::vector<std::int64_t>& shape) const;
    [[nodiscard]] const std::map<std::string, Tensor>& tensors() const { return m_tensors; }

private:
    std::map<std::string, Tensor> m_tensors;
};

} // namespace visgate::worker::builtin
