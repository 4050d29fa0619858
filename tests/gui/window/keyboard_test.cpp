// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QScrollArea>

#include <algorithm>
#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::nameOf;
using visgate::test::visitScreens;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// Where Tab leads, once around.
QList<QWidget*> tabOrder(WindowHarness& harness)
{
    QList<QWidget*> order;
    for (int step = 0; step < 100; ++step) {
        harness.press(Qt::Key_Tab);
        QWidget* focus = harness.window().focusWidget();
        if (focus == nullptr || order.contains(focus))
            break;
        order << focus;
    }
    return order;
}

/// What scrolls is measured as if all of it were shown between what stands above and below it: wherever the walk has
/// scrolled it.
QRect placeOf(const QWidget* widget, const QWidget& window)
{
    for (const QWidget* around = widget->parentWidget(); around != nullptr; around = around->parentWidget()) {
        const auto* area = qobject_cast<const QScrollArea*>(around);
        if (area == nullptr)
            continue;
        const QPoint corner = area->viewport()->mapTo(&window, QPoint());
        const QPoint inside = widget->mapTo(area->widget(), QPoint());
        const double shown = std::min(1.0, double(area->viewport()->height()) / std::max(1, area->widget()->height()));
        return {corner.x() + inside.x(), corner.y() + int(inside.y() * shown), widget->width(),
            std::max(1, int(widget->height() * shown))};
    }
    return {widget->mapTo(&window, QPoint()), widget->size()};
}

TEST(Keyboard, TabReachesEveryControlInReadingOrder)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        const QList<QWidget*> order = tabOrder(harness);
        for (QWidget* button : harness.window().findChildren<QAbstractButton*>()) {
            const bool wanted
                = button->isVisible() && button->isEnabled() && (button->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
            const bool behindSheet
                = harness.window().findChild<QWidget*>(u"sheetHost"_s)->isVisible() && !order.contains(button);
            EXPECT_TRUE(!wanted || behindSheet || order.contains(button)) << nameOf(button);
        }
        // Down the page, or on to what stands to the right; back up only where the circle closes.
        int backwards = 0;
        for (qsizetype step = 1; step < order.size(); ++step) {
            const QRect before = placeOf(order.at(step - 1), harness.window());
            const QRect after = placeOf(order.at(step), harness.window());
            const bool follows = after.top() > before.top() - before.height() / 2 || after.left() >= before.right();
            backwards += follows ? 0 : 1;
            EXPECT_TRUE(follows || backwards <= 1)
                << nameOf(order.at(step - 1)) << " is followed by " << nameOf(order.at(step));
        }
    });
}

TEST(Keyboard, TheSectionsHaveShortcuts)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    static_cast<void>(harness.find(u"practise"_s));
    harness.press(Qt::Key_2, Qt::ControlModifier);
    EXPECT_NE(harness.find(u"modelSearch"_s), nullptr);
    harness.press(Qt::Key_Comma, Qt::ControlModifier);
    EXPECT_NE(harness.find(u"runpodKey"_s), nullptr);
    harness.press(Qt::Key_1, Qt::ControlModifier);
    EXPECT_NE(harness.find(u"practise"_s), nullptr);
}

TEST(Keyboard, EscapeClosesTheSheetAndTheFocusReturns)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    QWidget* practise = harness.find(u"practise"_s);
    practise->setFocus();
    harness.press(Qt::Key_Return);
    QWidget* deploy = harness.find(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(deploy); }, 30s));
    harness.press(Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(practise); }, 5s));
    EXPECT_FALSE(deploy->isVisible());
}

} // namespace
} // namespace visgate::ui
