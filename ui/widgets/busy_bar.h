// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace visgate::ui {

class Theme;

/// A thin line that says "working": a share that is done, or a light that wanders where no share is known. It stands
/// still where the desktop asks for no motion. Costs nothing while hidden.
class BusyBar final : public QWidget {
    Q_OBJECT

public:
    explicit BusyBar(const Theme& theme, QWidget* parent = nullptr);
    /// 0 to 1; negative: unknown.
    void setShare(double share);
    [[nodiscard]] double share() const { return m_share; }
    [[nodiscard]] QSize sizeHint() const override { return {96, 6}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void updateMotion();

    const Theme& m_theme;
    QTimer m_frames;
    double m_share = -1.0;
    double m_phase = 0.0;
};

} // namespace visgate::ui
