// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#if defined(__GNUC__) && defined(__x86_64__)
#define VISGATE_WIDE_KERNEL 1
#define VISGATE_INLINE inline __attribute__((always_inline))
#else
#define VISGATE_INLINE inline
#endif

namespace visgate::worker::builtin::kernels {
namespace {

/// Eight floats that the compiler keeps in as few registers as the processor has room for.
#ifdef __GNUC__
using Lanes = float __attribute__((vector_size(32)));
#else
struct Lanes {
    float values[8];
    friend Lanes operator+(Lanes a, const Lanes& b)
    {
        for (int i = 0; i < 8; ++i) {
            a.values[i] += b.values[i];
        }
        return a;
    }
    friend Lanes operator*(float factor, Lanes a)
    {
        for (float& value : a.values) {
            value *= factor;
        }
        return a;
    }
};
#endif
constexpr int laneCount = 8;

/// Four outputs by `Width` times eight pixels, summed in registers while the depth runs through.
template <int Width>
VISGATE_INLINE void multiplyBlock(const float* weights, const float* patches, int depth, float* sums)
{
    Lanes block[outputGroup][Width] = {};
    for (int k = 0; k < depth; ++k) {
        const float* weight = weights + k * outputGroup;
        Lanes patch[Width];
        for (int j = 0; j < Width; ++j) {
            std::memcpy(&patch[j], patches + k * tilePixels + j * laneCount, sizeof(Lanes));
        }
        for (int i = 0; i < outputGroup; ++i) {
            for (int j = 0; j < Width; ++j) {
                block[i][j] = block[i][j] + weight[i] * patch[j];
            }
        }
    }
    std::memcpy(sums, block, sizeof block);
}

template <int Width>
VISGATE_INLINE void multiply(const float* weights, const float* bias, const float* patches, int outputs, int depth,
    int count, float* out, std::size_t outStride)
{
    constexpr int pixels = Width * laneCount;
    float sums[outputGroup * pixels];
    for (int output = 0; output < outputs; output += outputGroup) {
        const float* group = weights + static_cast<std::ptrdiff_t>(output) * depth;
        const int rows = std::min(outputGroup, outputs - output);
        for (int pixel = 0; pixel < count; pixel += pixels) {
            multiplyBlock<Width>(group, patches + pixel, depth, sums);
            const int width = std::min(pixels, count - pixel);
            for (int i = 0; i < rows; ++i) {
                float* line = out + static_cast<std::size_t>(output + i) * outStride + pixel;
                for (int j = 0; j < width; ++j) {
                    line[j] = sums[i * pixels + j] + bias[output + i];
                }
            }
        }
    }
}

#ifdef VISGATE_WIDE_KERNEL
__attribute__((target("avx2,fma"))) void multiplyWide(const float* weights, const float* bias, const float* patches,
    int outputs, int depth, int count, float* out, std::size_t outStride)
{
    multiply<2>(weights, bias, patches, outputs, depth, count, out, outStride);
}
#endif

} // namespace

void unrollPatches(
    const float* image, Shape shape, int kernel, int stride, int outputWidth, int first, int count, float* patches)
{
    const int padding = kernel / 2;
    for (int channel = 0; channel < shape.channels; ++channel) {
        const float* plane = image + static_cast<std::ptrdiff_t>(channel) * shape.height * shape.width;
        for (int ky = 0; ky < kernel; ++ky) {
            for (int kx = 0; kx < kernel; ++kx) {
                int y = first / outputWidth;
                int x = first % outputWidth;
                for (int p = 0; p < count; ++p) {
                    const int sourceY = y * stride + ky - padding;
                    const int sourceX = x * stride + kx - padding;
                    const bool inside = sourceY >= 0 && sourceY < shape.height && sourceX >= 0 && sourceX < shape.width;
                    patches[p] = inside ? plane[sourceY * shape.width + sourceX] : 0.0F;
                    if (++x == outputWidth) {
                        x = 0;
                        ++y;
                    }
                }
                std::fill(patches + count, patches + tilePixels, 0.0F);
                patches += tilePixels;
            }
        }
    }
}

void multiplyTile(const float* weights, const float* bias, const float* patches, int outputs, int depth, int count,
    float* out, std::size_t outStride)
{
#ifdef VISGATE_WIDE_KERNEL
    static const bool wide = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    if (wide) {
        multiplyWide(weights, bias, patches, outputs, depth, count, out, outStride);
        return;
    }
#endif
    multiply<1>(weights, bias, patches, outputs, depth, count, out, outStride);
}

void groupNorm(float* data, Shape shape, int groups, const float* scale, const float* shift)
{
    const int perGroup = shape.channels / groups;
    const int plane = shape.height * shape.width;
    for (int group = 0; group < groups; ++group) {
        float* begin = data + static_cast<std::ptrdiff_t>(group) * perGroup * plane;
        const int count = perGroup * plane;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; ++i) {
            sum += static_cast<double>(begin[i]);
            squares += static_cast<double>(begin[i]) * static_cast<double>(begin[i]);
        }
        const double mean = sum / count;
        const double variance = std::max(0.0, squares / count - mean * mean);
        const double inverse = 1.0 / std::sqrt(variance + 1e-5);
        for (int c = 0; c < perGroup; ++c) {
            const int channel = group * perGroup + c;
            const auto factor = static_cast<float>(inverse) * scale[channel];
            const float offset = shift[channel] - static_cast<float>(mean) * factor;
            float* line = begin + static_cast<std::ptrdiff_t>(c) * plane;
            for (int i = 0; i < plane; ++i) {
                line[i] = line[i] * factor + offset;
            }
        }
    }
}

void silu(float* data, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        data[i] = data[i] / (1.0F + std::exp(-data[i]));
    }
}

} // namespace visgate::worker::builtin::kernels
