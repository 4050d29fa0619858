// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <functional>

class QImage;
class QWidget;

namespace visgate::ui {

/// What lies outside the window: file dialog, browser, file manager, clipboard. A seam, so that a test answers
/// instead of a person. GUI thread.
class Desktop {
public:
    virtual ~Desktop() = default;
    /// Opens without waiting; `then` is called with the chosen path, and not at all when the user cancels.
    virtual void askSavePath(
        QWidget* parent, const QString& title, const QString& suggestedPath, std::function<void(QString)> then)
        = 0;
    /// The same for a file that is there; `filter` names what is meant: "Recipes (*.visgate)".
    virtual void askOpenPath(QWidget* parent, const QString& title, const QString& folder, const QString& filter,
        std::function<void(QString)> then)
        = 0;
    virtual void openUrl(const QUrl& url) = 0;
    /// Shows the file in its folder.
    virtual void showFile(const QString& path) = 0;
    virtual void copyText(const QString& text) = 0;
    virtual void copyImage(const QImage& image) = 0;
};

/// The real one.
class SystemDesktop final : public Desktop {
public:
    void askSavePath(QWidget* parent, const QString& title, const QString& suggestedPath,
        std::function<void(QString)> then) override;
    void askOpenPath(QWidget* parent, const QString& title, const QString& folder, const QString& filter,
        std::function<void(QString)> then) override;
    void openUrl(const QUrl& url) override;
    void showFile(const QString& path) override;
    void copyText(const QString& text) override;
    void copyImage(const QImage& image) override;
};

} // namespace visgate::ui
