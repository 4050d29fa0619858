// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_reading.h"
#include "worker/runners/builtin/prompt.h"
#include "worker/runners/builtin/safetensors.h"
#include "worker/runners/builtin/shapes_model.h"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace visgate::worker::builtin {
namespace {

constexpr int colourTolerance = 60;

std::string weightsBytes()
{
    std::ifstream file(VISGATE_SHAPES_WEIGHTS_FILE, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::unique_ptr<ShapesModel> modelFrom(const std::string& bytes)
{
    const auto weights = Weights::parse(bytes);
    if (!weights) {
        return nullptr;
    }
    auto model = ShapesModel::create(*weights);
    return model ? std::move(*model) : nullptr;
}

/// The same file with every weight zero: names and shapes intact.
std::string zeroed(std::string bytes)
{
    std::size_t header = 0;
    for (std::size_t i = 8; i-- > 0;) {
        header = (header << 8U) | static_cast<unsigned char>(bytes[i]);
    }
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(8 + header), bytes.end(), '\0');
    return bytes;
}

struct Wanted {
    const char* prompt;
    const char* shape;
    const char* front;
    const char* back;
};

constexpr Wanted wanted[]{{"a large red circle on a white background", "circle", "red", "white"},
    {"large yellow circle on blue", "circle", "yellow", "blue"},
    {"siyah zemin üzerinde büyük yeşil daire", "circle", "green", "black"},
    {"BEYAZ BİR DAİRE, MOR ARKA PLAN ÜZERİNDE", "circle", "white", "purple"},
    {"a large green square on a white background", "square", "green", "white"},
    {"a black square against an orange backdrop", "square", "black", "orange"},
    {"sarı zeminde büyük mavi kare", "square", "blue", "yellow"},
    {"siyah fonda turuncu kare", "square", "orange", "black"},
    {"a large blue triangle on a white background", "triangle", "blue", "white"},
    {"on a green background a big purple triangle", "triangle", "purple", "green"},
    {"kırmızı üçgen, beyaz arka plan", "triangle", "red", "white"},
    {"büyük sarı üçgen, zemin siyah", "triangle", "yellow", "black"}};

Picture draw(const ShapesModel& model, const std::string& prompt, std::uint64_t seed)
{
    const auto picture = model.draw({readPrompt(prompt).slots, seed, 20, 2.0}, [](int) { return true; });
    EXPECT_TRUE(picture);
    return picture.value_or(Picture());
}

/// Empty if the picture shows what was wanted, else what is wrong with it.
std::string complaint(const Picture& picture, const Wanted& want)
{
    const Rgb front = paletteColour(want.front);
    const Rgb back = paletteColour(want.back);
    const Figure figure = findFigure(picture, front, back);
    if (figure.width() < picture.width / 4 || figure.height() < picture.height / 4) {
        return "no large figure";
    }
    if (distance(pixelAt(picture, figure.centreX(), figure.centreY()), front) > colourTolerance) {
        return "wrong colour in the middle";
    }
    for (const int x : {2, picture.width - 3}) {
        for (const int y : {2, picture.height - 3}) {
            if (distance(pixelAt(picture, x, y), back) > colourTolerance) {
                return "wrong colour in a corner";
            }
        }
    }
    if (shapeOf(figure) != want.shape) {
        return "it looks like a " + shapeOf(figure) + ", fill " + std::to_string(figure.fill);
    }
    return {};
}

class ShapesModelTest : public testing::Test {
protected:
    static void SetUpTestSuite() { s_model = modelFrom(weightsBytes()); }
    static void TearDownTestSuite() { s_model.reset(); }
    void SetUp() override { ASSERT_NE(s_model, nullptr); }
    static std::unique_ptr<ShapesModel> s_model;
};
std::unique_ptr<ShapesModel> ShapesModelTest::s_model;

TEST_F(ShapesModelTest, DrawsWhatTwelvePromptsAskFor)
{
    std::uint64_t seed = 1;
    for (const auto& want : wanted) {
        EXPECT_EQ(complaint(draw(*s_model, want.prompt, seed), want), "") << want.prompt << ", seed " << seed;
        ++seed;
    }
}

TEST_F(ShapesModelTest, OtherSeedsGiveOtherPicturesAndTheSameSeedTheSame)
{
    const auto& want = wanted[0];
    const Picture first = draw(*s_model, want.prompt, 1);
    const Picture again = draw(*s_model, want.prompt, 1);
    const Picture other = draw(*s_model, want.prompt, 2);
    EXPECT_EQ(first.rgb, again.rgb);
    const Figure a = findFigure(first, paletteColour("red"), paletteColour("white"));
    const Figure b = findFigure(other, paletteColour("red"), paletteColour("white"));
    EXPECT_GT(std::abs(a.left - b.left) + std::abs(a.top - b.top), 4) << "the circle should lie elsewhere";
}

TEST_F(ShapesModelTest, WithoutItsWeightsNothingIsDrawn)
{
    const auto empty = modelFrom(zeroed(weightsBytes()));
    ASSERT_NE(empty, nullptr);
    for (const auto& want : {wanted[0], wanted[5], wanted[10]}) {
        EXPECT_NE(complaint(draw(*empty, want.prompt, 1), want), "") << want.prompt;
    }
}

TEST_F(ShapesModelTest, EveryShapeAndSizeComesOutInItsColours)
{
    for (int shape = 0; shape < static_cast<int>(shapeNames.size()); ++shape) {
        for (int size = 0; size < static_cast<int>(sizeNames.size()); ++size) {
            const auto picture = s_model->draw({{shape, size, 0, 6}, 11, 20, 2.0}, [](int) { return true; });
            ASSERT_TRUE(picture);
            const Figure figure = findFigure(*picture, paletteColour("red"), paletteColour("white"));
            const int side = std::max(figure.width(), figure.height());
            const auto name = std::string(sizeNames[static_cast<std::size_t>(size)]) + " "
                + std::string(shapeNames[static_cast<std::size_t>(shape)]);
            EXPECT_GT(side, size == 0 ? 40 : 110) << name;
            EXPECT_LT(side, size == 0 ? 110 : 210) << name;
            EXPECT_LT(distance(pixelAt(*picture, 2, 2), paletteColour("white")), colourTolerance) << name;
        }
    }
}

TEST_F(ShapesModelTest, StopsBetweenSteps)
{
    int steps = 0;
    const auto picture = s_model->draw({{0, 1, 0, 6}, 1, 20, 2.0}, [&steps](int) { return ++steps < 3; });
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(steps, 3);
}

TEST_F(ShapesModelTest, NamesAMissingTensor)
{
    auto bytes = weightsBytes();
    const std::string name = "base.d2.c1.weight";
    bytes.replace(bytes.find(name), name.size(), "base.d2.cX.weight");
    const auto weights = Weights::parse(bytes);
    ASSERT_TRUE(weights);
    const auto model = ShapesModel::create(*weights);
    ASSERT_FALSE(model);
    EXPECT_THAT(model.error().detail, testing::HasSubstr(name));
}

} // namespace
} // namespace visgate::worker::builtin
