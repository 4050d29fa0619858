// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every control on every screen.
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

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
