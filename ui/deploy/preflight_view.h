// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight.h"

#include <QWidget>

class QVBoxLayout;

namespace visgate::ui {

class Theme;

/// The preflight list: what was checked, green, amber or red by icon and word; each line with a
/// trouble has its one fix button.
class PreflightView final : public QWidget {
    Q_OBJECT

public:
    explicit PreflightView(const Theme& theme, QWidget* parent = nullptr);
    void show(const PreflightReport& report);
    void clear();

Q_SIGNALS:
    void fixRequested(const visgate::Error& error);

private:
    [[nodiscard]] QWidget* makeLine(const PreflightLine& line);

    const Theme& m_theme;
    QVBoxLayout* m_lines;
};

} // namespace visgate::ui
