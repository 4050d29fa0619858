// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace visgate::ui {

/// What holds for every control of the program, whoever makes it: the mouse wheel turns nothing that has not been
/// chosen first (it scrolls the page below), and words are shown as they are, never as HTML: they may be a stranger's.
/// Watches the whole application for as long as it lives. GUI thread.
class Manners final : public QObject {
    Q_OBJECT

public:
    explicit Manners(QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace visgate::ui
