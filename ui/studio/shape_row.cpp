// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/shape_row.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qreal drawnSide = 18.0; ///< of the longer side of the little picture
constexpr int shapeSide = 36;

/// A button with a sheet of its form.
class ShapeButton final : public QPushButton {
public:
    ShapeButton(const Theme& theme, const QSize& size) : m_theme(theme), m_size(size)
    {
        setProperty("kind", u"shape"_s);
        setCheckable(true);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    // Without a text, a button takes the room of four letters: five would be wider than a narrow window's column.
    [[nodiscard]] QSize sizeHint() const override { return {shapeSide, shapeSide}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPushButton::paintEvent(event);
        const Colours& colours = m_theme.colours();
        QRectF sheet(QPointF(), QSizeF(m_size).scaled(drawnSide, drawnSide, Qt::KeepAspectRatio));
        sheet.moveCenter(QRectF(rect()).center());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(isChecked() ? colours.accentText : colours.text, 1.6));
        painter.drawRoundedRect(sheet, 2.0, 2.0);
    }

private:
    const Theme& m_theme;
    QSize m_size;
};

QString objectNameOf(Shape shape)
{
    switch (shape) {
    case Shape::Square:
        return u"shapeSquare"_s;
    case Shape::Portrait:
        return u"shapePortrait"_s;
    case Shape::Landscape:
        return u"shapeLandscape"_s;
    case Shape::Tall:
        return u"shapeTall"_s;
    case Shape::Wide:
        return u"shapeWide"_s;
    }
    return {};
}

} // namespace

ShapeRow::ShapeRow(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_row(makeLayout<QHBoxLayout>(0.5)),
      m_words(makeLabel(TextStyle::Caption))
{
    m_words->setObjectName(u"shapeWords"_s);
    auto* column = makeLayout<QVBoxLayout>(0.5);
    column->addLayout(m_row);
    column->addWidget(m_words);
    setLayout(column);
    connect(&m_buttons, &QButtonGroup::idClicked, this, [this](int place) {
        const QSize size = m_shapes.value(place).size;
        show(size);
        Q_EMIT chosen(size);
    });
}

void ShapeRow::setShapes(const QList<ShapeSize>& shapes)
{
    if (shapes == m_shapes)
        return;
    m_shapes = shapes;
    for (QAbstractButton* button : m_buttons.buttons())
        m_buttons.removeButton(button);
    clearRows(*m_row);
    if (shapes.size() > 1) { // a single one is no choice
        for (int place = 0; place < shapes.size(); ++place) {
            auto* button = new ShapeButton(m_context.theme, shapes.at(place).size);
            button->setObjectName(objectNameOf(shapes.at(place).shape));
            m_buttons.addButton(button, place);
            m_row->addWidget(button);
        }
    }
    retranslate();
}

void ShapeRow::show(const QSize& size)
{
    m_size = size;
    // An exclusive group keeps one checked: none is, where the size is one of the user's own.
    m_buttons.setExclusive(false);
    for (QAbstractButton* button : m_buttons.buttons())
        button->setChecked(m_shapes.value(m_buttons.id(button)).size == size);
    m_buttons.setExclusive(true);
    // Tab leads to the chosen one, or to the first; arrow keys to the others.
    const QAbstractButton* const stop
        = m_buttons.checkedButton() != nullptr ? m_buttons.checkedButton() : m_buttons.button(0);
    for (QAbstractButton* button : m_buttons.buttons())
        button->setFocusPolicy(button == stop ? Qt::StrongFocus : Qt::ClickFocus);
    retranslate();
}

QString ShapeRow::wordOf(Shape shape)
{
    switch (shape) {
    case Shape::Square:
        return tr("Square");
    case Shape::Portrait:
        return tr("Portrait");
    case Shape::Landscape:
        return tr("Landscape");
    case Shape::Tall:
        return tr("Tall");
    case Shape::Wide:
        return tr("Wide");
    }
    return {};
}

QString ShapeRow::sizeWords(const QSize& size) const
{
    const QString pixels = u"%1 × %2"_s.arg(size.width()).arg(size.height());
    const auto shape = std::find_if(
        m_shapes.cbegin(), m_shapes.cend(), [&size](const ShapeSize& other) { return other.size == size; });
    if (shape == m_shapes.cend())
        return tr("Your own size, %1 pixels").arg(pixels);
    if (m_shapes.size() == 1)
        return tr("This model draws %1 pixels only.").arg(pixels);
    return tr("%1, %2 pixels", "a form and a size: Square, 1024 × 1024 pixels").arg(wordOf(shape->shape), pixels);
}

void ShapeRow::retranslate()
{
    for (QAbstractButton* button : m_buttons.buttons()) {
        const QString words = sizeWords(m_shapes.value(m_buttons.id(button)).size);
        button->setToolTip(words);
        button->setAccessibleName(words);
    }
    m_words->setText(m_size.isValid() ? sizeWords(m_size) : QString());
}

} // namespace visgate::ui
