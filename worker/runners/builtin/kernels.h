// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

/// The few loops where all the time goes. Raw pointers, no allocation, no checks: layers.cpp knows the sizes. The file
/// is optimised in every build and left out of the sanitizers, which would make a picture take half a minute.
namespace visgate::worker::builtin::kernels {

/// Outputs of a convolution are computed four at a time; weights are padded to that.
inline constexpr int outputGroup = 4;
/// Pixels of one tile of unrolled patches.
inline constexpr int tilePixels = 32;

struct Shape {
    int channels;
    int height;
    int width;
};

/// Unrolls the `kernel` x `kernel` patches around output pixels [first, first + count) into rows of tilePixels, one
/// row an input channel and kernel place; what lies outside the image and beyond `count` is zero.
void unrollPatches(
    const float* image, Shape shape, int kernel, int stride, int outputWidth, int first, int count, float* patches);

/// out[o * outStride + p] = bias[o] + sum over k of weights[o][k] * patches[k][p] for p < count.
/// `weights` is packed [ceil(outputs / 4)][depth][4].
void multiplyTile(const float* weights, const float* bias, const float* patches, int outputs, int depth, int count,
    float* out, std::size_t outStride);

/// In place: normalised over groups of channels, then * scale + shift a channel (torch's GroupNorm, eps 1e-5).
void groupNorm(float* data, Shape shape, int groups, const float* scale, const float* shift);

/// x * sigmoid(x), in place.
void silu(float* data, std::size_t count);

} // namespace visgate::worker::builtin::kernels
