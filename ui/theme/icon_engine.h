// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QIconEngine>

#include <optional>

namespace visgate::ui {

/// Renders an SVG of the resources in colours looked up at paint time.
class PaletteIconEngine final : public QIconEngine {
public:
    /// Without an ink the drawing's own `@names` are filled in.
    PaletteIconEngine(QString name, std::optional<Ink> ink, std::shared_ptr<const Colours> colours);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override;
    bool isNull() override { return false; }

private:
    [[nodiscard]] QByteArray drawing(QIcon::Mode mode) const;

    QString m_name;
    std::optional<Ink> m_ink;
    std::shared_ptr<const Colours> m_colours;
};

/// "@accent" and the like replaced by "#rrggbb"; used for drawings and for the style sheet.
[[nodiscard]] QString filledIn(QString text, const Colours& colours);

} // namespace visgate::ui
