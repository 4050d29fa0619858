// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every control on every page and sheet: the wheel turns nothing that was not chosen, and a stranger's
// words are never read as HTML.
#include "core/operations/deployments.h"
#include "core/service/local_service.h"
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"
#include "ui/widgets/widgets.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHelpEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTextDocumentFragment>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest/qtestspontaneevent.h>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::nameOf;
using visgate::test::visitScreens;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// What the wheel could change.
QVariant valueOf(const QWidget* widget)
{
    if (const auto* const box = qobject_cast<const QComboBox*>(widget))
        return box->currentIndex();
    if (const auto* const box = qobject_cast<const QSpinBox*>(widget))
        return box->value();
    if (const auto* const box = qobject_cast<const QDoubleSpinBox*>(widget))
        return box->value();
    if (const auto* const slider = qobject_cast<const QAbstractSlider*>(widget))
        return qobject_cast<const QScrollBar*>(widget) ? QVariant() : QVariant(slider->value());
    if (const auto* const bar = qobject_cast<const QTabBar*>(widget))
        return bar->currentIndex();
    if (const auto* const box = qobject_cast<const QAbstractSpinBox*>(widget))
        return box->text();
    return {};
}

void turnWheel(QWidget* widget, int delta)
{
    const QPointF place = widget->rect().center();
    QWheelEvent event(place, widget->mapToGlobal(place), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier,
        Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event); // as from the mouse: what the widget ignores goes on to the page
    qApp->notify(widget, &event);
}

TEST(Manners, TheWheelTurnsNothingThatHasNotTheFocus)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    int turned = 0;
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        QWidget* const focus = harness.window().focusWidget();
        for (QWidget* const widget : harness.window().findChildren<QWidget*>()) {
            const QVariant before = valueOf(widget);
            if (!before.isValid() || !widget->isVisible() || !widget->isEnabled() || widget->hasFocus()
                || (focus != nullptr && widget->isAncestorOf(focus)))
                continue;
            ++turned;
            QWidget* const inside = widget->childAt(widget->rect().center());
            for (const int delta : {-120, 120, -240}) {
                turnWheel(inside != nullptr ? inside : widget, delta);
                turnWheel(widget, delta);
            }
            EXPECT_EQ(valueOf(widget), before) << nameOf(widget);
            EXPECT_FALSE(widget->hasFocus()) << nameOf(widget) << ": the wheel chooses nothing either";
        }
    });
    EXPECT_GT(turned, 5) << "there are such controls";
}

TEST(Manners, TheWheelScrollsThePageUnderAControl)
{
    WindowHarness harness(u"en"_s);
    harness.show(QSize(900, 420));
    harness.openSheet();
    auto* const choice = harness.find(u"gpuChoice"_s);
    const QScrollArea* area = nullptr;
    for (QWidget* parent = choice->parentWidget(); parent != nullptr && area == nullptr;
         parent = parent->parentWidget())
        area = qobject_cast<QScrollArea*>(parent);
    ASSERT_NE(area, nullptr);
    ASSERT_GT(area->verticalScrollBar()->maximum(), 0);
    const int before = area->verticalScrollBar()->value();
    turnWheel(choice, -240);
    EXPECT_GT(area->verticalScrollBar()->value(), before);
}

/// The words that a person reads in the tool tip over this widget; empty if there is none.
QString tipOver(QWidget* widget)
{
    const QPoint place = widget->rect().center();
    QHelpEvent event(QEvent::ToolTip, place, widget->mapToGlobal(place));
    QToolTip::hideText();
    QApplication::sendEvent(widget, &event);
    const QString shown = QToolTip::text();
    return Qt::mightBeRichText(shown) ? QTextDocumentFragment::fromHtml(shown).toPlainText() : shown;
}

TEST(Manners, AStrangersWordsAreNoHtmlAnywhere)
{
    const QString hostile = u"<img src='file:///etc/hostname'><b>free</b> "_s + QString(120, u'x');
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.practice().makeElsewhere(hostile.left(160), 1);
    harness.click(u"navHome"_s);
    ASSERT_TRUE(harness.says(u"Not ours"_s));
    int tips = 0;
    const auto look = [&] {
        for (QWidget* const widget : harness.window().findChildren<QWidget*>()) {
            if (const auto* const label = qobject_cast<QLabel*>(widget);
                label != nullptr && label->isVisible() && !label->inherits("QTipLabel")) {
                EXPECT_EQ(label->textFormat(), Qt::PlainText) << nameOf(label);
            }
            if (!widget->isVisible() || !widget->toolTip().contains(u'<'))
                continue;
            ++tips;
            EXPECT_EQ(tipOver(widget), widget->toolTip()) << nameOf(widget);
        }
    };
    look();
    // A deployment whose every foreign word is hostile, as a provider or a hub could name it.
    Deployment foreign = *test::await(harness.service().call(ListDeployments{1, {}}))->deployments.cbegin();
    foreign.id = DeploymentId("dep_hostile");
    foreign.modelId = hostile;
    foreign.gpuAllocated = hostile;
    foreign.region = hostile;
    foreign.error = Error{ErrorCode::ProviderRefused, hostile.toStdString(), 400, {}, {hostile.toStdString()}};
    foreign.question = DeploymentQuestion{{hostile}, {hostile}, 1.0, 0.5, {}};
    Q_EMIT harness.service().deploymentChanged(foreign);
    ASSERT_TRUE(waitUntil([&] { return harness.words().join(u'\n').contains(hostile); }, 30s));
    look();
    foreign.question.reset();
    Q_EMIT harness.service().deploymentChanged(foreign);
    look();
    EXPECT_GT(tips, 0) << "names that are cut off tell themselves in a tool tip";
}

TEST(Manners, EveryLabelOfEveryScreenIsPlain)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    visitScreens(harness, [&](const char* screen) {
        SCOPED_TRACE(screen);
        for (const QLabel* const label : harness.window().findChildren<QLabel*>()) {
            if (label->isVisible()) {
                EXPECT_EQ(label->textFormat(), Qt::PlainText) << nameOf(label);
            }
        }
    });
}

} // namespace
} // namespace visgate::ui
