// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"

#include <QFrame>

class QPushButton;

namespace visgate::ui {

class ElidedLabel;
class Theme;

/// What stands on top of every sheet: its title, and the button that closes it.
class SheetHeader final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    SheetHeader(const Theme& theme, const QString& closeName, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    [[nodiscard]] QString title() const;
    /// Where the keyboard begins when nothing in the sheet wants it yet.
    void takeFocus();

Q_SIGNALS:
    void closeRequested();

protected:
    void retranslate() override;

private:
    ElidedLabel* m_title;
    QPushButton* m_close;
};

} // namespace visgate::ui
