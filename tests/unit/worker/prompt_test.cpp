// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/prompt.h"
#include "worker/runners/builtin/prompt_words.h"

#include <gmock/gmock.h>

namespace visgate::worker::builtin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string said(const ReadPrompt& read)
{
    const auto name = [](const auto& names, int index) { return std::string(names[static_cast<std::size_t>(index)]); };
    return name(sizeNames, read.slots.size) + " " + name(colourNames, read.slots.front) + " "
        + name(shapeNames, read.slots.shape) + " on " + name(colourNames, read.slots.back);
}

struct Example {
    const char* prompt;
    const char* meaning;
};

class PromptExamples : public testing::TestWithParam<Example> { };

TEST_P(PromptExamples, AreReadWithoutARest)
{
    const auto read = readPrompt(GetParam().prompt);
    EXPECT_EQ(said(read), GetParam().meaning);
    EXPECT_THAT(read.unknown, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(English, PromptExamples,
    testing::Values(Example{"a large red circle on a white background", "large red circle on white"},
        Example{"On a white background, a SMALL Red Circle", "small red circle on white"},
        Example{"background: black, circle: green", "large green circle on black"},
        Example{"blue triangle over yellow", "large blue triangle on yellow"},
        Example{"big purple squares on orange", "large purple square on orange"},
        Example{"white background red ring", "large red ring on white"},
        Example{"an image of a tiny orange cross against a blue backdrop", "small orange cross on blue"},
        Example{"yellow diamond", "large yellow diamond on white"},
        Example{"a white circle", "large white circle on black"},
        Example{"circle, red, white", "large red circle on white"},
        Example{"red-circle on white", "large red circle on white"}));

INSTANTIATE_TEST_SUITE_P(Turkish, PromptExamples,
    testing::Values(Example{"beyaz zemin üzerinde büyük kırmızı daire", "large red circle on white"},
        Example{"kırmızı bir daire, beyaz arka plan üzerinde", "large red circle on white"},
        Example{"KIRMIZI BİR DAİRE, BEYAZ ARKA PLAN ÜZERİNDE", "large red circle on white"},
        Example{"kirmizi daire beyaz zemin", "large red circle on white"},
        Example{"sarı zeminde küçük mavi üçgen", "small blue triangle on yellow"},
        Example{"zemini siyah olan yeşil kare", "large green square on black"},
        Example{"arka planı turuncu, mor halka", "large purple ring on orange"},
        Example{"Beyaz fonda siyah bir artı çiz", "large black cross on white"},
        Example{"mavi üzerine sarı baklava", "large yellow diamond on blue"},
        Example{"ufak yeşil elmas, kırmızı arkaplan", "small green diamond on red"},
        Example{"büyük karelerin rengi mor, zemin sarı", "large purple square on yellow"},
        Example{"daire'nin rengi mavi", "large blue circle on white"}));

TEST(Prompt, NamesWhatItDoesNotKnow)
{
    EXPECT_THAT(readPrompt("a red circle and a giraffe with sunglasses").unknown, ElementsAre("giraffe", "sunglasses"));
    EXPECT_THAT(readPrompt("beyaz zeminde kırmızı zürafa").unknown, ElementsAre("zürafa"));
    EXPECT_THAT(readPrompt("reddish circle").unknown, ElementsAre("reddish"));
}

TEST(Prompt, NamesWhatHasNoRoom)
{
    EXPECT_THAT(readPrompt("a red circle and a blue square on white").unknown, ElementsAre("blue", "square"));
    EXPECT_THAT(readPrompt("a red circle on white, the circle is red").unknown, IsEmpty());
}

TEST(Prompt, SaysWhichSlotsItFilledItself)
{
    EXPECT_THAT(readPrompt("a cat").defaults, ElementsAre("shape", "size", "foreground", "background"));
    EXPECT_THAT(readPrompt("small red ring on black").defaults, IsEmpty());
    const auto onBlue = readPrompt("circle on blue");
    EXPECT_NE(onBlue.slots.front, onBlue.slots.back);
}

TEST(Prompt, FoldsLettersByItsOwnTable)
{
    EXPECT_EQ(foldLetters("IıİiŞÇĞÜÖ"), "iiiiscguo");
    EXPECT_EQ(foldLetters("i\xcc\x87"), "i"); // i and a combining dot above, as Unicode lower-cases İ
    EXPECT_EQ(foldLetters("круг"), "круг");
}

TEST(Prompt, SurvivesBytesThatAreNoText)
{
    for (int lead = 0x80; lead < 0x100; ++lead) {
        const std::string broken = std::string("red circle ") + static_cast<char>(lead);
        EXPECT_EQ(readPrompt(broken).slots.shape, 0);
    }
    EXPECT_THAT(readPrompt("").unknown, IsEmpty());
}

} // namespace
} // namespace visgate::worker::builtin
