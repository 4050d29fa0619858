// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QIcon>
#include <QString>

class QLabel;

namespace visgate::ui {

class Theme;

/// A large choice: a drawing, a title, what it means, and what to press. The whole card is one button.
class ChoiceCard final : public QAbstractButton {
    Q_OBJECT

public:
    ChoiceCard(const Theme& theme, const QIcon& drawing, bool preferred, QWidget* parent = nullptr);
    void setWords(const QString& title, const QString& explanation, const QString& action);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    const Theme& m_theme;
    QLabel* m_title;
    QLabel* m_explanation;
    QLabel* m_action;
};

} // namespace visgate::ui
