// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/delivery/provenance.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace visgate::worker {

/// An RGB picture as a WebP file, its provenance as XMP. `quality` is from 0 to 100; 0 and below: lossless.
[[nodiscard]] Result<std::string> encodeWebp(
    int width, int height, const std::vector<std::uint8_t>& rgb, int quality, const Provenance& provenance);

/// A moving WebP, frame by frame, so that a video need not lie in memory.
class WebpAnimation {
public:
    WebpAnimation(int width, int height, int framesPerSecond);
    ~WebpAnimation();
    WebpAnimation(const WebpAnimation&) = delete;
    WebpAnimation& operator=(const WebpAnimation&) = delete;

    [[nodiscard]] Result<void> add(const std::vector<std::uint8_t>& rgb);
    /// The file; nothing can be added to it any more. It repeats for ever.
    [[nodiscard]] Result<std::string> finish(const Provenance& provenance);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace visgate::worker
