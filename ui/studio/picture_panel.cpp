// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/picture_panel.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qreal radius = 12.0;

} // namespace

PicturePanel::PicturePanel(const Theme& theme, QWidget* parent) : QLabel(parent), m_theme(theme)
{
    setObjectName(u"picture"_s);
    setProperty("text-style", u"muted"_s);
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setContentsMargins(24, 24, 24, 24);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PicturePanel::showPicture(const QImage& picture)
{
    m_picture = picture;
    fit();
}

void PicturePanel::showWords(const QString& words)
{
    m_picture = {};
    setText(words);
}

void PicturePanel::fit()
{
    if (m_picture.isNull())
        return;
    // The label only holds the picture for assistive technology and for its role; paintEvent draws it.
    const qreal scale = devicePixelRatioF();
    const QSize room = (QSizeF(size()) * scale).toSize();
    QPixmap shown = QPixmap::fromImage(m_picture.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    shown.setDevicePixelRatio(scale);
    setPixmap(shown);
}

void PicturePanel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

void PicturePanel::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.isNull()) {
        painter.setPen(m_theme.colours().border);
        painter.setBrush(m_theme.colours().sunken);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter.end();
        QLabel::paintEvent(event);
        return;
    }
    const QPixmap shown = pixmap();
    QRectF box(QPointF(), shown.deviceIndependentSize());
    box.moveCenter(QRectF(rect()).center());
    QPainterPath outline;
    outline.addRoundedRect(box, radius, radius);
    painter.setClipPath(outline);
    painter.drawPixmap(box.topLeft(), shown);
    painter.setClipping(false);
    painter.setPen(m_theme.colours().border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace visgate::ui
