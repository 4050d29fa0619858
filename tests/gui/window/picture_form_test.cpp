// SPDX-License-Identifier: GPL-3.0-or-later
// The form of the next picture: what it sends for what is chosen, for models that practice has none of.
#include "core/domain/model/demo_model.h"
#include "core/domain/model/input_limits.h"
#include "core/foundation/worker_protocol/job_limits.h"
#include "tests/gui/window/window_harness.h"
#include "ui/studio/drawing_values.h"
#include "ui/studio/picture_form.h"
#include "ui/studio/save_name.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

InputLimits limitsOf(int width, int height)
{
    ModelSpec model;
    model.id = u"a/b"_s;
    model.preset = true;
    model.defaults = {20, 5.0, width, height, {}, {}};
    return inputLimits(model, GenerationTask::TextToImage);
}

TEST(DrawingValues, FormsHaveAboutAsManyPixelsAsTheModelsOwnSize)
{
    for (const QSize own : {QSize(512, 512), QSize(1024, 1024), QSize(1328, 1328), QSize(832, 480), QSize(64, 64)}) {
        SCOPED_TRACE(own.width());
        const InputLimits limits = limitsOf(own.width(), own.height());
        const QList<ShapeSize> shapes = shapesOf(limits);
        EXPECT_EQ(shapes.size(), own.width() == 64 ? 3 : 5) << "so small, tall is portrait and wide is landscape";
        int ownOnes = 0;
        for (const ShapeSize& shape : shapes) {
            ownOnes += static_cast<int>(shape.size == own);
            const double share
                = double(shape.size.width()) * shape.size.height() / (double(own.width()) * own.height());
            EXPECT_GT(share, 0.7);
            EXPECT_LT(share, 1.4);
            EXPECT_EQ(shape.size.width(), limits.nearestSide(shape.size.width()));
            EXPECT_EQ(shape.size.height(), limits.nearestSide(shape.size.height()));
        }
        EXPECT_EQ(ownOnes, 1) << "the model's own size is one of them";
    }
    const QList<ShapeSize> usual = shapesOf(limitsOf(1024, 1024));
    EXPECT_EQ(usual.at(1), (ShapeSize{Shape::Portrait, QSize(896, 1152)}));
    EXPECT_EQ(usual.at(4), (ShapeSize{Shape::Wide, QSize(1344, 768)}));
    EXPECT_EQ(shapesOf(inputLimits(demoModel(), GenerationTask::TextToImage)).size(), 1);
}

TEST(DrawingValues, WhatIsTheModelsOwnIsNotSent)
{
    const InputLimits limits = limitsOf(1024, 1024);
    DrawingValues asked;
    asked.size = QSize(1024, 1024);
    asked.steps = 20;
    asked.guidance = 5.0;
    const JobInput own = jobInputOf(u"a"_s, {}, fitted(asked, limits), 7);
    EXPECT_FALSE(own.width || own.height || own.steps || own.guidance);
    EXPECT_EQ(own.seed, 7);

    asked = {QSize(5000, 500), 4000, -1.0, 1, false, 99};
    const DrawingValues fits = fitted(asked, limits);
    EXPECT_EQ(fits.size, QSize(2048, 496));
    EXPECT_EQ(fits.steps, job_limits::kMostSteps);
    EXPECT_EQ(fits.guidance, 0.0);
    EXPECT_EQ(fits.count, job_limits::kMostPictures);

    // Of a model of which only a guess is known, what was chosen is sent even where it is the guess.
    InputLimits guessed = limits;
    guessed.isOwnKnown = false;
    EXPECT_EQ(fitted({QSize(1024, 1024), 20, 5.0, {}, false, 1}, guessed).steps, 20);
}

TEST(DrawingValues, AreKeptAndComeBack)
{
    const DrawingValues chosen{QSize(640, 512), 12, 3.25, job_limits::kLargestSeed, true, 3};
    EXPECT_EQ(fromStored(toStored(chosen)), chosen);
    EXPECT_EQ(fromStored(toStored({})), DrawingValues());
    DrawingValues drawn = chosen;
    drawn.keepsSeed = false;
    EXPECT_FALSE(fromStored(toStored(drawn))->seed) << "only a seed that is kept is remembered";
    for (const QByteArray& broken : {QByteArray(), QByteArray("x"), QByteArray("[1]")})
        EXPECT_FALSE(fromStored(broken));
    // Hostile ones are made to fit.
    const auto wild = fromStored(R"({"width":-5,"height":1e9,"steps":-1,"guidance":1e300,"seed":-4,"count":1000000})");
    ASSERT_TRUE(wild);
    const DrawingValues fits = fitted(*wild, limitsOf(512, 512));
    EXPECT_EQ(fits.steps, 1);
    EXPECT_EQ(fits.count, job_limits::kMostPictures);
    EXPECT_FALSE(fits.seed || fits.keepsSeed);
}

TEST(SaveName, IsMadeOfTheWords)
{
    EXPECT_EQ(saveName({u"a red circle, on white"_s, u"SDXL Turbo"_s, 42, u"png"_s}),
        u"a red circle on white - SDXL Turbo - 42.png"_s);
    EXPECT_EQ(saveName({u"kırmızı bir çember"_s, u"FLUX.1 [dev]"_s, 7, u"webp"_s}),
        u"kırmızı bir çember - FLUX 1 dev - 7.webp"_s);
    EXPECT_EQ(saveName({u"../../etc/passwd\\C:*?\"<>|\u202e\u0007"_s, u"/"_s, 1, u"png"_s}), u"etc passwd C - 1.png"_s);
    EXPECT_EQ(saveName({u"  …!  "_s, {}, 5, u"png"_s}), u"5.png"_s);
    EXPECT_EQ(saveName({u"con"_s, {}, 5, u"png"_s}), u"con - 5.png"_s);
}

TEST(SaveName, IsShortEnoughForEveryFileSystem)
{
    for (const QString& word : {u"a "_s, u"a"_s, u"漢字 "_s, QString::fromUcs4(U"\U00020000 "), u"çok "_s}) {
        const QString name = saveName({word.repeated(4000), word.repeated(100), job_limits::kLargestSeed, u"png"_s});
        EXPECT_LE(name.toUtf8().size(), 220) << name.toStdString();
        EXPECT_TRUE(name.endsWith(u" - 9007199254740991.png"_s)) << name.toStdString();
        EXPECT_FALSE(name.contains(QChar::ReplacementCharacter));
    }
}

/// The form alone, in a window of its own.
class Form : public testing::Test {
protected:
    void SetUp() override
    {
        m_form.resize(320, 900);
        m_form.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_form));
        QObject::connect(
            &m_form, &PictureForm::drawRequested, &m_form, [this](const JobInput& input) { m_sent = input; });
    }
    template <typename T> T* field(const QString& name) { return m_form.findChild<T*>(name); }
    void click(const QString& name)
    {
        auto* const button = field<QAbstractButton>(name);
        ASSERT_NE(button, nullptr) << name.toStdString();
        ASSERT_TRUE(waitUntil([&] { return button->isVisible() && button->isEnabled(); }, 30s)) << name.toStdString();
        QTest::mouseClick(button, Qt::LeftButton);
    }
    template <typename Box> void type(const QString& name, const QString& text)
    {
        auto* const box = field<Box>(name);
        ASSERT_NE(box, nullptr) << name.toStdString();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
    }

    WindowHarness m_harness{u"en"_s};
    UiContext m_context = m_harness.context();
    PictureForm m_form{m_context};
    std::optional<JobInput> m_sent;
};

TEST_F(Form, SendsWhatWasChosenAndNothingElse)
{
    m_form.begin(DeploymentId("dep_1"), limitsOf(1024, 1024));
    EXPECT_FALSE(field<QWidget>(u"drawAnother"_s)->isEnabled()) << "nothing to draw yet";
    QTest::keyClicks(field<QPlainTextEdit>(u"nextPrompt"_s), u"a house"_s);
    click(u"drawAnother"_s);
    ASSERT_TRUE(m_sent);
    EXPECT_TRUE(m_sent->seed);
    JobInput plain;
    plain.prompt = u"a house"_s;
    plain.seed = m_sent->seed;
    EXPECT_EQ(*m_sent, plain);
    EXPECT_EQ(field<QLineEdit>(u"seed"_s)->text(), QString::number(*m_sent->seed))
        << "the seed that was drawn is shown";
    EXPECT_FALSE(field<QCheckBox>(u"keepSeed"_s)->isChecked());

    EXPECT_FALSE(field<QWidget>(u"steps"_s)->isVisible());
    click(u"moreSettings"_s);
    EXPECT_TRUE(field<QWidget>(u"steps"_s)->isVisible());
    click(u"shapePortrait"_s);
    EXPECT_TRUE(field<QLabel>(u"shapeWords"_s)->text().contains(u"896 × 1152"_s));
    type<QSpinBox>(u"steps"_s, u"12"_s);
    type<QDoubleSpinBox>(u"guidance"_s, u"7.5"_s);
    QTest::keyClicks(field<QPlainTextEdit>(u"negativePrompt"_s), u"trees"_s);
    type<QSpinBox>(u"pictureCount"_s, u"3"_s);
    click(u"drawAnother"_s);
    EXPECT_EQ(m_sent->width, 896);
    EXPECT_EQ(m_sent->height, 1152);
    EXPECT_EQ(m_sent->steps, 12);
    EXPECT_EQ(m_sent->guidance, 7.5);
    EXPECT_EQ(m_sent->negativePrompt, u"trees"_s);
    EXPECT_EQ(m_sent->count, 3);
    EXPECT_NE(m_sent->seed, plain.seed) << "a new one each time";

    // A size of one's own is one that the model can draw.
    type<QSpinBox>(u"ownWidth"_s, u"1001"_s);
    click(u"drawAnother"_s);
    EXPECT_EQ(m_sent->width, 1008);
    EXPECT_FALSE(field<QAbstractButton>(u"shapePortrait"_s)->isChecked());

    click(u"modelsOwn"_s);
    click(u"drawAnother"_s);
    EXPECT_FALSE(m_sent->width || m_sent->height || m_sent->steps || m_sent->guidance);
    EXPECT_TRUE(m_sent->negativePrompt.isEmpty());
}

TEST_F(Form, KeepsASeedAndRemembersByDeployment)
{
    click(u"moreSettings"_s);
    m_form.begin(DeploymentId("dep_1"), limitsOf(512, 512));
    QTest::keyClicks(field<QPlainTextEdit>(u"nextPrompt"_s), u"a house"_s);
    type<QLineEdit>(u"seed"_s, u"9999999999999999"_s);
    EXPECT_FALSE(field<QWidget>(u"drawAnother"_s)->isEnabled());
    EXPECT_FALSE(field<QLabel>(u"seedProblem"_s)->text().isEmpty());
    type<QLineEdit>(u"seed"_s, u"42"_s);
    EXPECT_TRUE(field<QCheckBox>(u"keepSeed"_s)->isChecked()) << "who types one wants that one";
    click(u"drawAnother"_s);
    click(u"drawAnother"_s);
    EXPECT_EQ(m_sent->seed, 42);

    m_form.begin(DeploymentId("dep_2"), limitsOf(512, 512));
    EXPECT_TRUE(field<QLineEdit>(u"seed"_s)->text().isEmpty());
    EXPECT_TRUE(field<QPlainTextEdit>(u"nextPrompt"_s)->toPlainText().isEmpty());
    // What was never chosen here is what the newest job had: the sizes of a recipe stay.
    JobInput input;
    input.prompt = u"a boat"_s;
    input.steps = 7;
    m_form.offer(input);
    EXPECT_EQ(field<QSpinBox>(u"steps"_s)->value(), 7);

    m_form.begin(DeploymentId("dep_1"), limitsOf(512, 512));
    m_form.offer(input);
    EXPECT_EQ(field<QLineEdit>(u"seed"_s)->text(), u"42"_s);
    EXPECT_EQ(field<QSpinBox>(u"steps"_s)->value(), 20) << "chosen: the model's own";
    EXPECT_EQ(field<QPlainTextEdit>(u"nextPrompt"_s)->toPlainText(), u"a boat"_s);
}

TEST_F(Form, OffersOnlyWhatTheModelTakes)
{
    click(u"moreSettings"_s);
    m_form.begin(DeploymentId("dep_1"), inputLimits(demoModel(), GenerationTask::TextToImage));
    EXPECT_EQ(field<QWidget>(u"shapeSquare"_s), nullptr);
    EXPECT_FALSE(field<QWidget>(u"negativePrompt"_s)->isVisible());
    EXPECT_FALSE(field<QWidget>(u"ownWidth"_s)->isVisible());
    EXPECT_EQ(field<QSpinBox>(u"pictureCount"_s)->maximum(), 4);
    type<QSpinBox>(u"steps"_s, u"60"_s);
    EXPECT_LE(field<QSpinBox>(u"steps"_s)->value(), 50);
    QTest::keyClicks(field<QPlainTextEdit>(u"nextPrompt"_s), u"x"_s);
    EXPECT_TRUE(field<QLabel>(u"promptProblem"_s)->isHidden());
    field<QPlainTextEdit>(u"nextPrompt"_s)->setPlainText(QString(job_limits::kLongestPrompt + 1, u'x'));
    EXPECT_FALSE(field<QLabel>(u"promptProblem"_s)->isHidden()) << "too long: said at the field";
    EXPECT_FALSE(field<QWidget>(u"drawAnother"_s)->isEnabled());
}

TEST_F(Form, IsFilledAndSentByKeyboard)
{
    m_form.begin(DeploymentId("dep_1"), limitsOf(1024, 1024));
    QApplication::setActiveWindow(&m_form);
    ASSERT_TRUE(waitUntil([&] { return field<QWidget>(u"shapeSquare"_s)->isVisible(); }, 30s));
    field<QWidget>(u"nextPrompt"_s)->setFocus();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_form.focusWidget(), key, modifiers);
        return m_form.focusWidget()->objectName();
    };
    QTest::keyClicks(m_form.focusWidget(), u"a house"_s);
    EXPECT_EQ(press(Qt::Key_Tab), u"shapeSquare"_s) << "the chosen one";
    EXPECT_EQ(press(Qt::Key_Right), u"shapePortrait"_s);
    EXPECT_EQ(press(Qt::Key_Tab), u"pictureCount"_s);
    QTest::keyClicks(m_form.focusWidget(), u"2"_s);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(m_sent);
    EXPECT_EQ(m_sent->width, 896);
    EXPECT_EQ(m_sent->count, 2) << "as it was typed";
    EXPECT_EQ(press(Qt::Key_Tab), u"drawAnother"_s);
    EXPECT_EQ(press(Qt::Key_Tab), u"moreSettings"_s);
}

TEST_F(Form, ThePriceIsThatOfAllPicturesOnceItIsKnown)
{
    m_form.begin(DeploymentId("dep_1"), limitsOf(512, 512));
    const auto* const draw = field<QAbstractButton>(u"drawAnother"_s);
    EXPECT_FALSE(draw->accessibleName().contains(u'$'));
    m_form.setPrice(0.25, AccountId::runpod());
    EXPECT_TRUE(draw->accessibleName().contains(u"$0.25"_s)) << draw->accessibleName().toStdString();
    type<QSpinBox>(u"pictureCount"_s, u"4"_s);
    EXPECT_TRUE(draw->accessibleName().contains(u"$1.00"_s)) << draw->accessibleName().toStdString();
    m_form.setPrice(std::nullopt, AccountId::runpod());
    EXPECT_FALSE(draw->accessibleName().contains(u'$'));
    m_form.setPrice(0.25, AccountId::thisComputer());
    EXPECT_FALSE(draw->accessibleName().contains(u'$'));
}

} // namespace
} // namespace visgate::ui
