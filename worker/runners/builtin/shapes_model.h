// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/runners/builtin/slots.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace visgate::worker::builtin {

class Weights;

/// RGB, eight bits a channel, row by row.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

/// The demo model: a conditional U-Net that turns noise into a 32x32 picture (rectified flow, Euler steps, guidance)
/// and a second net that turns that into 256x256. Its recipe and weights lie in resources/models/shapes. All members
/// are const and may be used from several threads at once.
class ShapesModel {
public:
    static constexpr int side = 256;
    static constexpr int baseSide = 32;

    struct Request {
        Slots slots;
        std::uint64_t seed = 0;
        int steps = 20;
        double guidance = 2.0;
    };

    /// UnexpectedReply names the first tensor that is absent or has another shape.
    [[nodiscard]] static Result<std::unique_ptr<ShapesModel>> create(const Weights& weights);
    ~ShapesModel();
    ShapesModel(const ShapesModel&) = delete;
    ShapesModel& operator=(const ShapesModel&) = delete;

    /// Uses two threads. `onStep(i)` is called on the caller's thread after step i of request.steps (from 1); it ends
    /// the work by returning false, and the result is then Cancelled.
    [[nodiscard]] Result<Picture> draw(const Request& request, const std::function<bool(int)>& onStep) const;

private:
    struct Nets;
    explicit ShapesModel(std::unique_ptr<Nets> nets);
    std::unique_ptr<Nets> m_nets;
};

} // namespace visgate::worker::builtin
