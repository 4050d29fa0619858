// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_reference.h"

#include <gtest/gtest.h>
#include <optional>

namespace visgate {
namespace {

std::optional<HubReference> parsed(const char* text)
{
    return parseHubReference(QString::fromUtf8(text));
}

TEST(HubReference, TakesIdsAndEveryKindOfLink)
{
    const HubReference plain{QStringLiteral("stabilityai/sdxl-turbo"), {}};
    for (const char* text : {"stabilityai/sdxl-turbo", "  stabilityai/sdxl-turbo\n",
             "https://huggingface.co/stabilityai/sdxl-turbo", "http://www.huggingface.co/stabilityai/sdxl-turbo/",
             "huggingface.co/stabilityai/sdxl-turbo?library=diffusers",
             "HTTPS://HuggingFace.co/stabilityai/sdxl-turbo#files", "hf.co/stabilityai/sdxl-turbo",
             "hf://stabilityai/sdxl-turbo", "https://huggingface.co/stabilityai/sdxl-turbo/tree/main",
             "https://huggingface.co/stabilityai/sdxl-turbo/discussions/3"})
        EXPECT_EQ(parsed(text), plain) << text;
}

TEST(HubReference, KeepsTheRevisionOfALink)
{
    EXPECT_EQ(
        parsed("https://huggingface.co/a/b/tree/fp16"), (HubReference{QStringLiteral("a/b"), QStringLiteral("fp16")}));
    EXPECT_EQ(parsed("https://huggingface.co/a/b/blob/refs%2Fpr%2F3/model_index.json"),
        (HubReference{QStringLiteral("a/b"), QStringLiteral("refs/pr/3")}));
}

TEST(HubReference, RefusesWhatIsNoModel)
{
    for (const char* text :
        {"", " ", "sdxl", "a/b/c", "a b/c", "https://example.org/a/b", "https://huggingface.co/datasets/a/b",
            "https://huggingface.co/spaces/a/b", "https://huggingface.co/a", "../../etc", "a/..", "a--b/c", "-a/b",
            "a/b-", "https://huggingface.co.evil.example/a/b", "a/b%2f..", "a/b?c/d"}) {
        const auto reference = parsed(text);
        EXPECT_FALSE(reference.has_value()) << text << " -> " << reference.value_or(HubReference{}).id.toStdString();
    }
}

TEST(HubReference, AFileStaysInsideItsFolder)
{
    for (const char* good : {"model_index.json", "unet/diffusion_pytorch_model.safetensors", "a b/ç.json", "..x/y..z"})
        EXPECT_TRUE(isPlainFilePath(QString::fromUtf8(good))) << good;
    for (const char* bad : {"", "/etc/passwd", "../other/model.safetensors", "unet/../../x", "a//b", "a/", "./a",
             "a\\..\\b", "a\nb", "unet/.."})
        EXPECT_FALSE(isPlainFilePath(QString::fromUtf8(bad))) << bad;
}

} // namespace
} // namespace visgate
