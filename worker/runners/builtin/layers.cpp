// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/layers.h"

#include <algorithm>

namespace visgate::worker::builtin {
namespace {

constexpr int normGroups = 8;

std::size_t at(int value)
{
    return static_cast<std::size_t>(value);
}

} // namespace

Vector LayerReader::read(const std::string& name, const std::vector<std::int64_t>& shape)
{
    const auto tensor = m_weights.require(m_prefix + name, shape);
    if (tensor) {
        return (*tensor)->values;
    }
    if (!m_error) {
        m_error = tensor.error();
    }
    std::size_t count = 1;
    for (const auto dimension : shape) {
        count *= static_cast<std::size_t>(dimension);
    }
    return Vector(count);
}

Dense::Dense(LayerReader& reader, const std::string& name, int inputs, int outputs)
    : m_weights(reader.read(name + ".weight", {outputs, inputs})), m_bias(reader.read(name + ".bias", {outputs}))
{
}

Vector Dense::operator()(const Vector& x) const
{
    Vector result = m_bias;
    for (std::size_t row = 0; row < result.size(); ++row) {
        const float* line = m_weights.data() + row * x.size();
        float sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            sum += line[i] * x[i];
        }
        result[row] += sum;
    }
    return result;
}

Embedding::Embedding(LayerReader& reader, const std::string& name, int rows, int width)
    : m_rows(reader.read(name + ".weight", {rows, width}))
{
}

void Embedding::addTo(Vector& sum, int row) const
{
    const std::size_t begin = at(row) * sum.size();
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += m_rows[begin + i];
    }
}

Convolution::Convolution(LayerReader& reader, const std::string& name, int inputs, int outputs, int kernel, int stride)
    : m_inputs(inputs), m_outputs(outputs), m_kernel(kernel), m_stride(stride),
      m_bias(reader.read(name + ".bias", {outputs}))
{
    const Vector filters = reader.read(name + ".weight", {outputs, inputs, kernel, kernel});
    const std::size_t depth = at(inputs * kernel * kernel);
    const std::size_t group = kernels::outputGroup;
    m_weights.assign((at(outputs) + group - 1) / group * group * depth, 0.0F);
    for (std::size_t output = 0; output < at(outputs); ++output) {
        for (std::size_t k = 0; k < depth; ++k) {
            m_weights[(output / group * depth + k) * group + output % group] = filters[output * depth + k];
        }
    }
}

Image Convolution::operator()(const Image& image) const
{
    Image result(
        {m_outputs, (image.shape.height + m_stride - 1) / m_stride, (image.shape.width + m_stride - 1) / m_stride});
    const int depth = m_inputs * m_kernel * m_kernel;
    Vector patches(at(depth) * kernels::tilePixels);
    const int pixels = result.shape.height * result.shape.width;
    for (int first = 0; first < pixels; first += kernels::tilePixels) {
        const int count = std::min(kernels::tilePixels, pixels - first);
        kernels::unrollPatches(
            image.values.data(), image.shape, m_kernel, m_stride, result.shape.width, first, count, patches.data());
        kernels::multiplyTile(m_weights.data(), m_bias.data(), patches.data(), m_outputs, depth, count,
            result.values.data() + first, result.plane());
    }
    return result;
}

Norm::Norm(LayerReader& reader, const std::string& name, int channels)
    : m_scale(reader.read(name + ".weight", {channels})), m_shift(reader.read(name + ".bias", {channels}))
{
}

void Norm::operator()(Image& image) const
{
    kernels::groupNorm(image.values.data(), image.shape, normGroups, m_scale.data(), m_shift.data());
}

ResidualBlock::ResidualBlock(LayerReader& reader, const std::string& name, int inputs, int outputs, int embedding)
    : m_firstNorm(reader, name + ".n1", inputs), m_first(reader, name + ".c1", inputs, outputs, 3),
      m_secondNorm(reader, name + ".n2", outputs), m_second(reader, name + ".c2", outputs, outputs, 3),
      m_modulation(reader, name + ".e", embedding, 2 * outputs)
{
    if (inputs != outputs) {
        m_skip.emplace(reader, name + ".sk", inputs, outputs, 1);
    }
}

Image ResidualBlock::operator()(const Image& image, const Vector& embedding) const
{
    Image hidden = image;
    m_firstNorm(hidden);
    silu(hidden);
    hidden = m_first(hidden);
    m_secondNorm(hidden);
    const Vector modulation = m_modulation(embedding);
    const std::size_t plane = hidden.plane();
    const std::size_t channels = at(hidden.shape.channels);
    for (std::size_t c = 0; c < channels; ++c) {
        float* line = hidden.values.data() + c * plane;
        const float scale = 1.0F + modulation[c];
        const float shift = modulation[channels + c];
        for (std::size_t i = 0; i < plane; ++i) {
            line[i] = line[i] * scale + shift;
        }
    }
    silu(hidden);
    Image result = m_second(hidden);
    const Image skipped = m_skip ? (*m_skip)(image) : Image();
    const Vector& added = m_skip ? skipped.values : image.values;
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        result.values[i] += added[i];
    }
    return result;
}

void silu(Image& image)
{
    kernels::silu(image.values.data(), image.values.size());
}

void silu(Vector& vector)
{
    kernels::silu(vector.data(), vector.size());
}

Image concatenate(const Image& first, const Image& second)
{
    Image result({first.shape.channels + second.shape.channels, first.shape.height, first.shape.width});
    std::copy(second.values.begin(), second.values.end(),
        std::copy(first.values.begin(), first.values.end(), result.values.begin()));
    return result;
}

Image doubled(const Image& image)
{
    Image result({image.shape.channels, image.shape.height * 2, image.shape.width * 2});
    const std::size_t width = at(image.shape.width);
    const std::size_t rows = image.values.size() / width;
    for (std::size_t row = 0; row < rows; ++row) {
        const float* source = image.values.data() + row * width;
        float* target = result.values.data() + row * width * 4;
        for (std::size_t x = 0; x < width; ++x) {
            target[2 * x] = target[2 * x + 1] = target[2 * width + 2 * x] = target[2 * width + 2 * x + 1] = source[x];
        }
    }
    return result;
}

Image pixelShuffle(const Image& image, int factor)
{
    Image result({image.shape.channels / (factor * factor), image.shape.height * factor, image.shape.width * factor});
    const std::size_t f = at(factor);
    const std::size_t width = at(image.shape.width);
    const std::size_t height = at(image.shape.height);
    for (std::size_t c = 0; c < at(image.shape.channels); ++c) {
        const std::size_t dy = c % (f * f) / f;
        const std::size_t dx = c % f;
        float* plane = result.values.data() + c / (f * f) * result.plane();
        for (std::size_t y = 0; y < height; ++y) {
            const float* source = image.values.data() + (c * height + y) * width;
            float* target = plane + (y * f + dy) * width * f + dx;
            for (std::size_t x = 0; x < width; ++x) {
                target[x * f] = source[x];
            }
        }
    }
    return result;
}

} // namespace visgate::worker::builtin
