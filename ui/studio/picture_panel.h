// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QLabel>
#include <QString>

namespace visgate::ui {

class Theme;

/// The place of the picture: a quiet frame with words until there is one, then the picture, as large as it fits.
/// Assistive technology sees an image with its description.
class PicturePanel final : public QLabel {
    Q_OBJECT

public:
    explicit PicturePanel(const Theme& theme, QWidget* parent = nullptr);
    void showPicture(const QImage& picture);
    void showWords(const QString& words); ///< removes the picture
    [[nodiscard]] const QImage& picture() const { return m_picture; }
    [[nodiscard]] QSize sizeHint() const override { return {480, 480}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 200}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    const Theme& m_theme;
    QImage m_picture;
};

} // namespace visgate::ui
