// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker {

/// What is made of what.
enum class Task { TextToImage, ImageToImage, Inpaint, TextToVideo, ImageToVideo };

[[nodiscard]] std::string toString(Task task); ///< "text-to-image"
/// Any usual spelling: "text2img", "Text To Image", "i2v"; nothing if it is none of these tasks.
[[nodiscard]] std::optional<Task> taskFromString(std::string_view text);
[[nodiscard]] bool makesVideo(Task task);
[[nodiscard]] bool takesImage(Task task);

/// Whole numbers that a field may have: `offset` and then every `step`-th, and what it has if a job does not say.
struct WholeRange {
    int least = 0;
    int most = 0;
    int standard = 0;
    int step = 1;
    int offset = 0;

    [[nodiscard]] bool holds(int value) const;
    [[nodiscard]] int nearest(int value) const; ///< the allowed one that is closest
};

struct RealRange {
    double least = 0;
    double most = 0;
    double standard = 0;
};

/// What a runner can do with its model: jobs are held to it before they reach the runner.
struct Capabilities {
    std::vector<Task> tasks;
    WholeRange width;
    WholeRange height;
    WholeRange steps;
    RealRange guidance;
    RealRange strength{0, 1, 0.8}; ///< how far from the picture that was given
    int picturesMost = 1;
    WholeRange frames; ///< of a video
    WholeRange framesPerSecond;
    bool takesNegative = false; ///< words for what is not to be seen

    [[nodiscard]] bool can(Task task) const;
};

} // namespace visgate::worker
