// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/jpeg.h"

#include <memory>
#include <turbojpeg.h>

namespace visgate::worker {
namespace {

struct Closer {
    void operator()(void* handle) const { tjDestroy(handle); }
};
struct Freer {
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

/// A comment segment (ITU-T T.81 section B.2.4.5): its marker, its length with the two bytes of the length, the text.
std::string commentSegment(std::string text)
{
    constexpr std::size_t most = 0xffff - 2;
    constexpr unsigned highByte = 8;
    text.resize(std::min(text.size(), most));
    const std::size_t length = text.size() + 2;
    return std::string("\xff\xfe") + static_cast<char>(length >> highByte) + static_cast<char>(length & 0xffU) + text;
}

/// Where the segments behind the start of image and the JFIF header begin.
std::size_t afterHeader(const std::string& file)
{
    constexpr std::size_t start = 2;
    constexpr std::size_t lengthAt = 4;
    if (file.size() < lengthAt + 2 || file.compare(start, 2, "\xff\xe0") != 0) {
        return start;
    }
    const auto byte
        = [&file](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(file[at])); };
    return lengthAt + (byte(lengthAt) << 8U) + byte(lengthAt + 1);
}

} // namespace

Result<std::string> encodeJpeg(
    int width, int height, const std::vector<std::uint8_t>& rgb, int quality, const Provenance& provenance)
{
    const auto stride = static_cast<std::size_t>(width) * 3;
    if (width <= 0 || height <= 0 || rgb.size() != stride * static_cast<std::size_t>(height)) {
        return fail(ErrorCode::Internal, "pixels do not fill the picture");
    }
    const std::unique_ptr<void, Closer> encoder(tjInitCompress());
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const bool isMade = encoder
        && tjCompress2(encoder.get(), rgb.data(), width, static_cast<int>(stride), height, TJPF_RGB, &bytes, &size,
               TJSAMP_444, quality, TJFLAG_ACCURATEDCT)
            == 0;
    const std::unique_ptr<unsigned char, Freer> owner(bytes);
    if (!isMade) {
        return fail(ErrorCode::Internal, "the JPEG encoder gave up");
    }
    std::string file(reinterpret_cast<const char*>(bytes), size);
    file.insert(std::min(afterHeader(file), file.size()), commentSegment(commentOf(provenance)));
    return file;
}

} // namespace visgate::worker
