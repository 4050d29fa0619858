// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QIcon>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QString>

namespace visgate::ui {

/// Styles of resources/styles/visgate.qss, named here so that a typo does not compile.
enum class TextStyle { Body, Display, Title, Heading, Strong, Muted, Caption, Figure };
enum class ButtonKind { Normal, Primary, Plain, Icon, Link };

[[nodiscard]] QLabel* makeLabel(TextStyle style, QWidget* parent = nullptr); ///< wraps where it must
[[nodiscard]] QPushButton* makeButton(ButtonKind kind, const QIcon& icon = {}, QWidget* parent = nullptr);
/// One of several that lie side by side, of which one is chosen.
[[nodiscard]] QPushButton* makeSegment(const QString& objectName);
[[nodiscard]] QFrame* makeFrame(const char* kind, QWidget* parent = nullptr); ///< "card", "well", "line" ...
/// A layout on the grid: spacing in units of eight pixels, no margins unless told.
template <typename Layout> [[nodiscard]] Layout* makeLayout(double spacingUnits, int margin = 0)
{
    auto* layout = new Layout;
    layout->setSpacing(static_cast<int>(spacingUnits * 8));
    layout->setContentsMargins(margin, margin, margin, margin);
    return layout;
}
/// Takes every widget out of `rows` and away: hidden at once, deleted when the event loop gets to it.
void clearRows(QLayout& rows);
/// Sets a style property and has the style sheet look again.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);
/// An icon as a label of `size` logical pixels, which follows the look.
class IconLabel final : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(const QIcon& icon, int size, QWidget* parent = nullptr);
    IconLabel(const QIcon& icon, QSize size, QWidget* parent = nullptr);
    void setIcon(const QIcon& icon);
    [[nodiscard]] QSize sizeHint() const override { return m_size; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon m_icon;
    QSize m_size;
};

/// One line that ends in an ellipsis where there is no room; the whole text is its tool tip and accessible name.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text);
    [[nodiscard]] QString fullText() const { return m_text; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString m_text;
};

} // namespace visgate::ui
