// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/capabilities.h"

#include <algorithm>
#include <array>

namespace visgate::worker {
namespace {

struct Spelling {
    Task task;
    std::string_view text; ///< lower case, letters and digits alone
};

/// The first of a task is where its name comes from.
constexpr std::array kSpellings{Spelling{Task::TextToImage, "texttoimage"}, Spelling{Task::TextToImage, "text2image"},
    Spelling{Task::TextToImage, "text2img"}, Spelling{Task::TextToImage, "txt2img"}, Spelling{Task::TextToImage, "t2i"},
    Spelling{Task::ImageToImage, "imagetoimage"}, Spelling{Task::ImageToImage, "image2image"},
    Spelling{Task::ImageToImage, "img2img"}, Spelling{Task::ImageToImage, "i2i"}, Spelling{Task::Inpaint, "inpaint"},
    Spelling{Task::Inpaint, "inpainting"}, Spelling{Task::TextToVideo, "texttovideo"},
    Spelling{Task::TextToVideo, "text2video"}, Spelling{Task::TextToVideo, "txt2vid"},
    Spelling{Task::TextToVideo, "t2v"}, Spelling{Task::ImageToVideo, "imagetovideo"},
    Spelling{Task::ImageToVideo, "image2video"}, Spelling{Task::ImageToVideo, "img2vid"},
    Spelling{Task::ImageToVideo, "i2v"}};

} // namespace

std::string toString(Task task)
{
    switch (task) {
    case Task::TextToImage:
        return "text-to-image";
    case Task::ImageToImage:
        return "image-to-image";
    case Task::Inpaint:
        return "inpaint";
    case Task::TextToVideo:
        return "text-to-video";
    case Task::ImageToVideo:
        return "image-to-video";
    }
    return {};
}

std::optional<Task> taskFromString(std::string_view text)
{
    std::string plain;
    for (const char c : text) {
        if (c != '-' && c != '_' && c != ' ') {
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    const auto* const found = std::find_if(
        kSpellings.begin(), kSpellings.end(), [&plain](const Spelling& spelling) { return spelling.text == plain; });
    return found == kSpellings.end() ? std::nullopt : std::optional(found->task);
}

bool makesVideo(Task task)
{
    return task == Task::TextToVideo || task == Task::ImageToVideo;
}

bool takesImage(Task task)
{
    return task == Task::ImageToImage || task == Task::Inpaint || task == Task::ImageToVideo;
}

bool WholeRange::holds(int value) const
{
    return value >= least && value <= most && (value - offset) % std::max(1, step) == 0;
}

int WholeRange::nearest(int value) const
{
    const int stride = std::max(1, step);
    const int inside = std::clamp(value, least, most);
    const int below = inside - ((inside - offset) % stride + stride) % stride;
    const int above = below + stride;
    if (below < least) {
        return above <= most ? above : least;
    }
    return above <= most && above - value < value - below ? above : below;
}

bool Capabilities::can(Task task) const
{
    return std::find(tasks.begin(), tasks.end(), task) != tasks.end();
}

} // namespace visgate::worker
