// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/preflight.h"

#include <QWidget>

class QVBoxLayout;

namespace visgate::ui {

class Language;
class Theme;

/// The preflight list: what was checked, green, amber or red by icon and word; each line with a
/// trouble has its one fix button.
class PreflightView final : public QWidget {
    Q_OBJECT

public:
    PreflightView(const Theme& theme, const Language& language, QWidget* parent = nullptr);
    void show(const PreflightReport& report);
    void clear();

Q_SIGNALS:
    void fixRequested(const visgate::Error& error);

private:
    [[nodiscard]] QWidget* makeLine(const PreflightLine& line);

    const Theme& m_theme;
    const Language& m_language;
    PreflightReport m_shown;
    QVBoxLayout* m_lines;
};

} // namespace visgate::ui
