// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QString>

namespace visgate::ui {

/// A button that says what it does and what that costs: side by side where there is room, else the price below. What
/// does not fit even so ends in an ellipsis; the whole of it is its tool tip, and its accessible name always.
class PriceButton final : public QPushButton {
    Q_OBJECT

public:
    explicit PriceButton(QWidget* parent = nullptr);
    void setWords(const QString& action, const QString& price); ///< no price: empty
    /// A sentence instead of the whole words as the tool tip; empty: the words again.
    void setHint(const QString& hint);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QString wholeWords() const;
    void fit();

    QString m_action;
    QString m_price;
    QString m_hint;
};

} // namespace visgate::ui
