// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every control on every screen, in both languages.
#include "tests/gui/window/window_harness.h"
#include "ui/common/widgets.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTranslator>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// Marks every word that went through translation.
class MarkingTranslator final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char* context, const char* source, const char*, int) const override
    {
        static_cast<void>(context);
        return u'⟦' + QString::fromUtf8(source) + u'⟧';
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

std::string nameOf(const QWidget* widget)
{
    return (QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()).toStdString();
}

void expectNames(WindowHarness& harness)
{
    for (QWidget* widget : harness.window().findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget)
            || qobject_cast<QComboBox*>(widget) || qobject_cast<QPlainTextEdit*>(widget);
        if (!control || widget->parentWidget()->inherits("QComboBox") || widget->inherits("QToolButton"))
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(accessible, nullptr) << nameOf(widget);
        EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty()) << nameOf(widget);
    }
}

/// Labels and buttons have the room that their words need.
void expectNothingClipped(WindowHarness& harness)
{
    for (QWidget* widget : harness.window().findChildren<QWidget*>()) {
        if (!widget->isVisible() || qobject_cast<ElidedLabel*>(widget) != nullptr)
            continue;
        if (const auto* label = qobject_cast<QLabel*>(widget); label != nullptr && label->pixmap().isNull()) {
            const int height = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            EXPECT_GE(label->height(), height) << label->text().toStdString();
            if (!label->wordWrap()) {
                EXPECT_GE(label->width(), label->sizeHint().width()) << label->text().toStdString();
            }
        } else if (const auto* button = qobject_cast<QAbstractButton*>(widget);
                   button != nullptr && !button->text().isEmpty()) {
            EXPECT_GE(button->width(), button->minimumSizeHint().width()) << button->text().toStdString();
            EXPECT_GE(button->height(), button->minimumSizeHint().height()) << button->text().toStdString();
        }
    }
}

void visitScreens(WindowHarness& harness, const std::function<void(const char*)>& look)
{
    const auto settle = [] { QCoreApplication::sendPostedEvents(); };
    static_cast<void>(harness.find(u"practise"_s));
    settle();
    look("home");
    for (const auto& [button, name] : {std::pair{u"navModels"_s, "models"}, std::pair{u"navStudio"_s, "studio"},
             std::pair{u"navSettings"_s, "settings"}}) {
        harness.click(button);
        settle();
        look(name);
    }
    harness.click(u"navHome"_s);
    harness.click(u"practise"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s));
    settle();
    look("sheet");
}

TEST(Invariants, EveryControlHasAnAccessibleName)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        expectNames(harness);
    });
}

TEST(Invariants, NothingIsClippedAtTwiceTheSize)
{
    // 1280x800 at 200 % are 640x400 logical pixels.
    for (const QString& language : {u"en"_s, u"tr"_s}) {
        SCOPED_TRACE(language.toStdString());
        WindowHarness harness(language);
        harness.show(QSize(640, 400));
        EXPECT_EQ(harness.window().size(), QSize(640, 400));
        visitScreens(harness, [&](const char* screen) {
            SCOPED_TRACE(screen);
            expectNothingClipped(harness);
        });
    }
}

TEST(Invariants, EveryWordGoesThroughTranslation)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    MarkingTranslator marking;
    ASSERT_TRUE(QCoreApplication::installTranslator(&marking));
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        for (const QString& word : harness.words()) {
            const bool letters = std::any_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetter(); });
            // Names are the same in every language: of the program, of models, of languages, of GPUs.
            const bool name = word == "Visgate"_L1 || word == "Runpod"_L1 || word == "English"_L1 || word == "Türkçe"_L1
                || word.startsWith("stabilityai/"_L1) || word == "SDXL Turbo"_L1;
            EXPECT_TRUE(!letters || name || word.contains(u'⟦')) << word.toStdString();
        }
    });
    QCoreApplication::removeTranslator(&marking);
}

} // namespace
} // namespace visgate::ui
