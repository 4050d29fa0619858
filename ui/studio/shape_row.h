// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/studio/drawing_values.h"

#include <QButtonGroup>
#include <QList>
#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QLabel;

namespace visgate::ui {

/// The size of a picture as a choice of forms: one small button a form, and in words what is chosen.
class ShapeRow final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit ShapeRow(const UiContext& context, QWidget* parent = nullptr);
    void setShapes(const QList<ShapeSize>& shapes);
    [[nodiscard]] QList<QAbstractButton*> buttons() const { return m_buttons.buttons(); } ///< in reading order
    /// One that is none of the forms is said in words alone.
    void show(const QSize& size);

Q_SIGNALS:
    void chosen(const QSize& size);

protected:
    void retranslate() override;

private:
    [[nodiscard]] static QString wordOf(Shape shape);
    [[nodiscard]] QString sizeWords(const QSize& size) const;

    const UiContext& m_context;
    QList<ShapeSize> m_shapes;
    QSize m_size;
    QHBoxLayout* m_row;
    QLabel* m_words;
    QButtonGroup m_buttons; ///< ids are places in m_shapes
};

} // namespace visgate::ui
