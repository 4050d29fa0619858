// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/webp.h"

#include <webp/encode.h>
#include <webp/mux.h>

namespace visgate::worker {
namespace {

constexpr int losslessLevel = 3; ///< of 9: a second for a megapixel, a quarter smaller than our PNG
constexpr int animationQuality = 80;
constexpr int animationMethod = 2; ///< of 6: on a GPU's time

Error gaveUp(const char* what)
{
    return Error{ErrorCode::Internal, std::string("the WebP encoder gave up: ") + what, 0, {}, {}};
}

/// One picture of libwebp's, freed with it.
class Pixels {
public:
    Pixels(int width, int height)
    {
        m_isMade = WebPPictureInit(&m_picture) != 0;
        m_picture.use_argb = 1;
        m_picture.width = width;
        m_picture.height = height;
    }
    ~Pixels() { WebPPictureFree(&m_picture); }
    Pixels(const Pixels&) = delete;
    Pixels& operator=(const Pixels&) = delete;

    [[nodiscard]] bool take(const std::vector<std::uint8_t>& rgb)
    {
        const auto stride = static_cast<std::size_t>(m_picture.width) * 3;
        return m_isMade && rgb.size() == stride * static_cast<std::size_t>(m_picture.height)
            && WebPPictureImportRGB(&m_picture, rgb.data(), static_cast<int>(stride)) != 0;
    }
    [[nodiscard]] WebPPicture* get() { return &m_picture; }

private:
    WebPPicture m_picture{};
    bool m_isMade = false;
};

/// The same file with an XMP chunk in it.
Result<std::string> withXmp(const WebPData& file, const Provenance& provenance)
{
    const std::string xmp = xmpOf(provenance);
    const WebPData chunk{reinterpret_cast<const std::uint8_t*>(xmp.data()), xmp.size()};
    const std::unique_ptr<WebPMux, void (*)(WebPMux*)> mux(WebPMuxCreate(&file, 0), WebPMuxDelete);
    WebPData whole{};
    if (!mux || WebPMuxSetChunk(mux.get(), "XMP ", &chunk, 0) != WEBP_MUX_OK
        || WebPMuxAssemble(mux.get(), &whole) != WEBP_MUX_OK) {
        return fail(gaveUp("its metadata"));
    }
    std::string bytes(reinterpret_cast<const char*>(whole.bytes), whole.size);
    WebPDataClear(&whole);
    return bytes;
}

} // namespace

Result<std::string> encodeWebp(
    int width, int height, const std::vector<std::uint8_t>& rgb, int quality, const Provenance& provenance)
{
    WebPConfig config;
    bool isGood = WebPConfigInit(&config) != 0;
    if (quality <= 0) {
        isGood = isGood && WebPConfigLosslessPreset(&config, losslessLevel) != 0;
    } else {
        config.quality = static_cast<float>(quality);
    }
    Pixels pixels(width, height);
    if (!isGood || !pixels.take(rgb)) {
        return fail(gaveUp("pixels do not fill the picture"));
    }
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    pixels.get()->writer = WebPMemoryWrite;
    pixels.get()->custom_ptr = &writer;
    Result<std::string> file = fail(gaveUp("this picture"));
    if (WebPEncode(&config, pixels.get()) != 0) {
        file = withXmp({writer.mem, writer.size}, provenance);
    }
    WebPMemoryWriterClear(&writer);
    return file;
}

struct WebpAnimation::State {
    int width = 0;
    int height = 0;
    int framesPerSecond = 1;
    int frames = 0;
    WebPAnimEncoder* encoder = nullptr;
    WebPConfig config{};

    /// When a frame begins, in milliseconds; whole ones, so that rounding does not add up.
    [[nodiscard]] int beginOf(int frame) const
    {
        constexpr int second = 1000;
        return static_cast<int>(static_cast<std::int64_t>(frame) * second / framesPerSecond);
    }
};

WebpAnimation::WebpAnimation(int width, int height, int framesPerSecond) : m_state(std::make_unique<State>())
{
    m_state->width = width;
    m_state->height = height;
    m_state->framesPerSecond = framesPerSecond > 0 ? framesPerSecond : 1;
    WebPAnimEncoderOptions options;
    if (WebPAnimEncoderOptionsInit(&options) != 0 && WebPConfigInit(&m_state->config) != 0) {
        m_state->config.quality = animationQuality;
        m_state->config.method = animationMethod;
        m_state->encoder = WebPAnimEncoderNew(width, height, &options);
    }
}

WebpAnimation::~WebpAnimation()
{
    WebPAnimEncoderDelete(m_state->encoder);
}

Result<void> WebpAnimation::add(const std::vector<std::uint8_t>& rgb)
{
    Pixels pixels(m_state->width, m_state->height);
    if (m_state->encoder == nullptr || !pixels.take(rgb)) {
        return fail(gaveUp("pixels do not fill the picture"));
    }
    if (WebPAnimEncoderAdd(m_state->encoder, pixels.get(), m_state->beginOf(m_state->frames), &m_state->config) == 0) {
        return fail(gaveUp(WebPAnimEncoderGetError(m_state->encoder)));
    }
    ++m_state->frames;
    return {};
}

Result<std::string> WebpAnimation::finish(const Provenance& provenance)
{
    WebPData file{};
    if (m_state->encoder == nullptr
        || WebPAnimEncoderAdd(m_state->encoder, nullptr, m_state->beginOf(m_state->frames), nullptr) == 0
        || WebPAnimEncoderAssemble(m_state->encoder, &file) == 0) {
        return fail(gaveUp("this video"));
    }
    auto whole = withXmp(file, provenance);
    WebPDataClear(&file);
    return whole;
}

} // namespace visgate::worker
