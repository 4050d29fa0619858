// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "worker/runners/builtin/kernels.h"
#include "worker/runners/builtin/safetensors.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace visgate::worker::builtin {

/// Feature planes, channel by channel, row by row.
struct Image {
    kernels::Shape shape{0, 0, 0};
    std::vector<float> values;

    Image() = default;
    explicit Image(kernels::Shape size)
        : shape(size), values(static_cast<std::size_t>(size.channels) * static_cast<std::size_t>(size.height)
                           * static_cast<std::size_t>(size.width))
    {
    }
    [[nodiscard]] std::size_t plane() const
    {
        return static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
    }
};

using Vector = std::vector<float>;

/// Hands tensors to layers as they are built and remembers the first that is absent or has another shape; such a layer
/// is zero, and whoever builds the net asks error() once at the end.
class LayerReader {
public:
    LayerReader(const Weights& weights, std::string prefix) : m_weights(weights), m_prefix(std::move(prefix)) { }
    [[nodiscard]] Vector read(const std::string& name, const std::vector<std::int64_t>& shape);
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    const Weights& m_weights;
    std::string m_prefix;
    std::optional<Error> m_error;
};

/// y = W x + b.
class Dense {
public:
    Dense(LayerReader& reader, const std::string& name, int inputs, int outputs);
    [[nodiscard]] Vector operator()(const Vector& x) const;

private:
    Vector m_weights;
    Vector m_bias;
};

/// A table of vectors: one for each value of a prompt's slot and one for "not said".
class Embedding {
public:
    Embedding(LayerReader& reader, const std::string& name, int rows, int width);
    void addTo(Vector& sum, int row) const;

private:
    Vector m_rows;
};

/// A 1x1 or 3x3 convolution, zero padded so that only the stride changes the size.
class Convolution {
public:
    Convolution(LayerReader& reader, const std::string& name, int inputs, int outputs, int kernel, int stride = 1);
    [[nodiscard]] Image operator()(const Image& image) const;

private:
    int m_inputs;
    int m_outputs;
    int m_kernel;
    int m_stride;
    Vector m_weights; ///< packed for kernels::multiplyTile
    Vector m_bias;
};

/// Group normalisation over eight groups with learnt scale and shift a channel.
class Norm {
public:
    Norm(LayerReader& reader, const std::string& name, int channels);
    void operator()(Image& image) const;

private:
    Vector m_scale;
    Vector m_shift;
};

/// Two normalised convolutions around which the input is added; the embedding scales and shifts what lies between.
class ResidualBlock {
public:
    ResidualBlock(LayerReader& reader, const std::string& name, int inputs, int outputs, int embedding);
    [[nodiscard]] Image operator()(const Image& image, const Vector& embedding) const;

private:
    Norm m_firstNorm;
    Convolution m_first;
    Norm m_secondNorm;
    Convolution m_second;
    Dense m_modulation;
    std::optional<Convolution> m_skip; ///< only where the number of channels changes
};

void silu(Image& image);
void silu(Vector& vector);
[[nodiscard]] Image concatenate(const Image& first, const Image& second);
/// Every pixel doubled in both directions.
[[nodiscard]] Image doubled(const Image& image);
/// Channels become pixels: factor * factor channels make one plane factor times as wide and high.
[[nodiscard]] Image pixelShuffle(const Image& image, int factor);

} // namespace visgate::worker::builtin
