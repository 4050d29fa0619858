// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/busy_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace visgate::ui {

BusyBar::BusyBar(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(6);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_frames.setInterval(40ms);
    connect(&m_frames, &QTimer::timeout, this, [this] {
        m_phase = std::fmod(m_phase + 0.02, 1.0);
        update();
    });
}

void BusyBar::setShare(double share)
{
    m_share = std::min(share, 1.0);
    updateMotion();
    update();
}

void BusyBar::updateMotion()
{
    const bool wanders = isVisible() && m_share < 0.0 && !m_theme.appearance().reduceMotion;
    if (wanders && !m_frames.isActive())
        m_frames.start();
    else if (!wanders)
        m_frames.stop();
}

void BusyBar::showEvent(QShowEvent* /*event*/)
{
    updateMotion();
}
void BusyBar::hideEvent(QHideEvent* /*event*/)
{
    m_frames.stop();
}

void BusyBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF box = rect();
    const qreal radius = box.height() / 2;
    painter.setBrush(m_theme.colours().border);
    painter.drawRoundedRect(box, radius, radius);
    QRectF bar = box;
    if (m_share >= 0.0) {
        bar.setWidth(std::max(box.height(), box.width() * m_share));
    } else {
        bar.setWidth(box.width() * 0.3);
        bar.moveLeft((box.width() - bar.width()) * (0.5 - 0.5 * std::cos(2.0 * M_PI * m_phase)));
    }
    painter.setBrush(m_theme.colours().accent);
    painter.drawRoundedRect(bar, radius, radius);
}

} // namespace visgate::ui
