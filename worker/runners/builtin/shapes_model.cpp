// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/shapes_model.h"

#include "worker/runners/builtin/layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <numbers>

namespace visgate::worker::builtin {
namespace {

constexpr int baseChannels = 32;
constexpr int baseEmbedding = 128;
constexpr int frequencies = 32;
constexpr double timeScale = 1000;
constexpr int upscalerChannels = 40;
constexpr int upscalerEmbedding = 64;

/// The four slots' embeddings, summed.
class SlotEmbedding {
public:
    SlotEmbedding(LayerReader& reader, int width)
        : m_width(static_cast<std::size_t>(width)),
          m_shape(reader, "emb.0", static_cast<int>(shapeNames.size()) + 1, width),
          m_size(reader, "emb.1", static_cast<int>(sizeNames.size()) + 1, width),
          m_front(reader, "emb.2", static_cast<int>(colourNames.size()) + 1, width),
          m_back(reader, "emb.3", static_cast<int>(colourNames.size()) + 1, width)
    {
    }

    [[nodiscard]] Vector operator()(const Slots& slots) const
    {
        Vector sum(m_width);
        m_shape.addTo(sum, slots.shape);
        m_size.addTo(sum, slots.size);
        m_front.addTo(sum, slots.front);
        m_back.addTo(sum, slots.back);
        return sum;
    }

private:
    std::size_t m_width;
    Embedding m_shape;
    Embedding m_size;
    Embedding m_front;
    Embedding m_back;
};

/// Velocity from noise to picture at a time and for a prompt.
class BaseNet {
public:
    explicit BaseNet(LayerReader& reader)
        : m_slots(reader, baseEmbedding), m_timeIn(reader, "t.0", 2 * frequencies, baseEmbedding),
          m_timeOut(reader, "t.2", baseEmbedding, baseEmbedding), m_mix(reader, "o.1", baseEmbedding, baseEmbedding),
          m_in(reader, "i", 3, baseChannels, 3), m_down1(reader, "d1", baseChannels, baseChannels, baseEmbedding),
          m_shrink1(reader, "p1", baseChannels, 2 * baseChannels, 3, 2),
          m_down2(reader, "d2", 2 * baseChannels, 2 * baseChannels, baseEmbedding),
          m_shrink2(reader, "p2", 2 * baseChannels, 3 * baseChannels, 3, 2),
          m_down3(reader, "d3", 3 * baseChannels, 3 * baseChannels, baseEmbedding),
          m_middle(reader, "m", 3 * baseChannels, 3 * baseChannels, baseEmbedding),
          m_up3(reader, "u3", 6 * baseChannels, 2 * baseChannels, baseEmbedding),
          m_up2(reader, "u2", 4 * baseChannels, baseChannels, baseEmbedding),
          m_up1(reader, "u1", 2 * baseChannels, baseChannels, baseEmbedding), m_outNorm(reader, "on", baseChannels),
          m_out(reader, "out", baseChannels, 3, 3)
    {
    }

    [[nodiscard]] Image operator()(const Image& noisy, float time, const Slots& slots) const
    {
        const Vector embedding = embed(time, slots);
        const Image high = m_down1(m_in(noisy), embedding);
        const Image half = m_down2(m_shrink1(high), embedding);
        const Image quarter = m_down3(m_shrink2(half), embedding);
        Image hidden = m_up3(concatenate(m_middle(quarter, embedding), quarter), embedding);
        hidden = m_up2(concatenate(doubled(hidden), half), embedding);
        hidden = m_up1(concatenate(doubled(hidden), high), embedding);
        m_outNorm(hidden);
        silu(hidden);
        return m_out(hidden);
    }

private:
    [[nodiscard]] Vector embed(float time, const Slots& slots) const
    {
        Vector waves(2 * frequencies);
        for (std::size_t k = 0; k < frequencies; ++k) {
            const double frequency = std::exp(-std::log(timeScale) * static_cast<double>(k) / frequencies);
            const double angle = static_cast<double>(time) * frequency * timeScale;
            waves[k] = static_cast<float>(std::sin(angle));
            waves[frequencies + k] = static_cast<float>(std::cos(angle));
        }
        Vector embedding = m_timeIn(waves);
        silu(embedding);
        embedding = m_timeOut(embedding);
        const Vector said = m_slots(slots);
        std::transform(embedding.begin(), embedding.end(), said.begin(), embedding.begin(), std::plus<>());
        silu(embedding);
        embedding = m_mix(embedding);
        silu(embedding);
        return embedding;
    }

    SlotEmbedding m_slots;
    Dense m_timeIn;
    Dense m_timeOut;
    Dense m_mix;
    Convolution m_in;
    ResidualBlock m_down1;
    Convolution m_shrink1;
    ResidualBlock m_down2;
    Convolution m_shrink2;
    ResidualBlock m_down3;
    ResidualBlock m_middle;
    ResidualBlock m_up3;
    ResidualBlock m_up2;
    ResidualBlock m_up1;
    Norm m_outNorm;
    Convolution m_out;
};

/// 32x32 to 256x256 for a prompt, in one pass.
class Upscaler {
public:
    explicit Upscaler(LayerReader& reader)
        : m_slots(reader, upscalerEmbedding),
          m_in(reader, "i", 3, upscalerChannels, 3), m_blocks{block(reader, "r.0"), block(reader, "r.1"),
                                                         block(reader, "r.2"), block(reader, "r.3")},
          m_twice(reader, "a", upscalerChannels, 32 * 4, 1), m_middle(reader, "b", 32, 32, 3),
          m_fourTimes(reader, "g", 32, 8 * 16, 1), m_out(reader, "out", 8, 3, 3)
    {
    }

    [[nodiscard]] Image operator()(const Image& small, const Slots& slots) const
    {
        const Vector embedding = m_slots(slots);
        Image hidden = m_in(small);
        for (const auto& residual : m_blocks) {
            hidden = residual(hidden, embedding);
        }
        hidden = pixelShuffle(m_twice(hidden), 2);
        silu(hidden);
        hidden = m_middle(hidden);
        silu(hidden);
        hidden = pixelShuffle(m_fourTimes(hidden), 4);
        silu(hidden);
        return m_out(hidden);
    }

private:
    static ResidualBlock block(LayerReader& reader, const char* name)
    {
        return {reader, name, upscalerChannels, upscalerChannels, upscalerEmbedding};
    }

    SlotEmbedding m_slots;
    Convolution m_in;
    std::array<ResidualBlock, 4> m_blocks;
    Convolution m_twice;
    Convolution m_middle;
    Convolution m_fourTimes;
    Convolution m_out;
};

/// The same numbers for the same seed on every computer: SplitMix64 with Box and Muller's transform.
class NormalNumbers {
public:
    explicit NormalNumbers(std::uint64_t seed) : m_state(seed) { }

    float next()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return static_cast<float>(radius * std::cos(2.0 * std::numbers::pi * uniform()));
    }

private:
    double uniform()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
    }

    std::uint64_t m_state;
};

Picture toPicture(const Image& image)
{
    Picture picture{image.shape.width, image.shape.height, {}};
    const std::size_t plane = image.plane();
    picture.rgb.resize(plane * 3);
    for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
        const float value = (image.values[i % 3 * plane + i / 3] + 1.0F) * 127.5F;
        picture.rgb[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
    }
    return picture;
}

} // namespace

struct ShapesModel::Nets {
    BaseNet base;
    Upscaler upscaler;
};

ShapesModel::ShapesModel(std::unique_ptr<Nets> nets) : m_nets(std::move(nets)) { }

ShapesModel::~ShapesModel() = default;

Result<std::unique_ptr<ShapesModel>> ShapesModel::create(const Weights& weights)
{
    LayerReader base(weights, "base.");
    LayerReader upscaler(weights, "upscaler.");
    auto nets = std::make_unique<Nets>(Nets{BaseNet(base), Upscaler(upscaler)});
    for (const auto& reader : {base.error(), upscaler.error()}) {
        if (reader) {
            return fail(*reader);
        }
    }
    return std::unique_ptr<ShapesModel>(new ShapesModel(std::move(nets)));
}

Result<Picture> ShapesModel::draw(const Request& request, const std::function<bool(int)>& onStep) const
{
    Image image({3, baseSide, baseSide});
    NormalNumbers noise(request.seed);
    std::generate(image.values.begin(), image.values.end(), [&noise] { return noise.next(); });

    const auto guidance = static_cast<float>(request.guidance);
    const auto stepLength = 1.0F / static_cast<float>(request.steps);
    for (int step = 0; step < request.steps; ++step) {
        const float time = static_cast<float>(step) * stepLength;
        auto unprompted = std::async(std::launch::async, [&] { return m_nets->base(image, time, Slots()); });
        const Image wanted = m_nets->base(image, time, request.slots);
        const Image free = unprompted.get();
        for (std::size_t i = 0; i < image.values.size(); ++i) {
            image.values[i] += (free.values[i] + guidance * (wanted.values[i] - free.values[i])) * stepLength;
        }
        if (!onStep(step + 1)) {
            return fail(ErrorCode::Cancelled);
        }
    }
    return toPicture(m_nets->upscaler(image, request.slots));
}

} // namespace visgate::worker::builtin
