// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace visgate::ui {

/// What a style sheet cannot say, on top of Fusion: tool tips that come sooner, no underlined mnemonics before Alt,
/// lists that act on one click or on Enter, no dotted focus boxes (focus is a ring drawn by the style sheet).
class VisgateStyle final : public QProxyStyle {
    Q_OBJECT

public:
    VisgateStyle();
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
};

} // namespace visgate::ui
