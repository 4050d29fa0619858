// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every control on every screen.
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyleOptionButton>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using visgate::test::nameOf;
using visgate::test::visitScreens;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

void expectNames(WindowHarness& harness)
{
    for (QWidget* widget : harness.window().findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget)
            || qobject_cast<QComboBox*>(widget) || qobject_cast<QPlainTextEdit*>(widget)
            || qobject_cast<QAbstractSpinBox*>(widget);
        // The field inside a combo or spin box is spoken of by the name of its box.
        const bool isPart
            = widget->parentWidget()->inherits("QComboBox") || widget->parentWidget()->inherits("QAbstractSpinBox");
        if (!control || isPart || widget->inherits("QToolButton"))
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(accessible, nullptr) << nameOf(widget);
        EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty()) << nameOf(widget);
    }
}

/// Whether what is on the screen is of the real account.
bool isOfRunpod(WindowHarness& harness)
{
    for (const char* name : {"targetRunpod", "spendRunpod", "cacheRunpod"}) {
        const auto* const choice = harness.window().findChild<QAbstractButton*>(QLatin1String(name));
        if (choice != nullptr && choice->isVisible() && choice->isChecked())
            return true;
    }
    return false;
}

TEST(Invariants, EverySumOfPracticeIsCalledPlayMoney)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    int sums = 0;
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        if (isOfRunpod(harness))
            return;
        const auto look = [&](const QWidget* widget, const QString& text) {
            // Before the first endpoint of practice only the line of the real account stands there.
            if (!widget->isVisible() || !text.contains(u'$') || text.startsWith("Real money"_L1))
                return;
            ++sums;
            EXPECT_TRUE(text.contains("play money"_L1, Qt::CaseInsensitive))
                << nameOf(widget) << ": " << qPrintable(text);
        };
        if (QLatin1String(screen) == "sheet, recipe"_L1 || QLatin1String(screen) == "sheet, practice"_L1)
            static_cast<void>(harness.find(u"preflight_credit"_s));
        for (const auto* const label : harness.window().findChildren<QLabel*>())
            look(label, label->text());
        for (const auto* const button : harness.window().findChildren<QAbstractButton*>())
            look(button, button->text());
        for (const auto* const box : harness.window().findChildren<QComboBox*>()) {
            for (int row = 0; row < box->count(); ++row)
                look(box, box->itemText(row));
        }
    });
    EXPECT_GT(sums, 50);
}

TEST(Invariants, CheckBoxesStandInLineWithTheTextAboveThem)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    int boxes = 0;
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        for (const auto* const box : harness.window().findChildren<QCheckBox*>()) {
            if (!box->isVisible())
                continue;
            ++boxes;
            QStyleOptionButton option;
            option.initFrom(box);
            EXPECT_EQ(box->style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, box).left(), 0)
                << nameOf(box);
        }
    });
    EXPECT_GT(boxes, 5);
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

} // namespace
} // namespace visgate::ui
