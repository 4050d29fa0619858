// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api_server.h"
#include "core/base/data_folder_lock.h"
#include "core/service/local_service.h"
#include "tests/support/await.h"
#include "tests/support/engine_harness.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/ui_context.h"
#include "ui/common/ui_settings.h"
#include "ui/shell/main_window.h"
#include "ui/theme/system_appearance.h"
#include "ui/theme/theme.h"

#include <QJsonObject>
#include <QPointer>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

class QAbstractButton;

namespace visgate::test {

/// Which widget this is, for the words of a failure.
[[nodiscard]] std::string nameOf(const QWidget* widget);

/// A desktop that prefers what the test says.
class ChosenAppearance final : public ui::SystemAppearance {
public:
    [[nodiscard]] ui::Appearance current() const override { return m_appearance; }
    void watch() override { }
    void prefer(const ui::Appearance& appearance)
    {
        m_appearance = appearance;
        Q_EMIT changed();
    }

private:
    ui::Appearance m_appearance;
};

/// A desktop that answers as the test told it, and remembers what it was asked.
class ScriptedDesktop final : public ui::Desktop {
public:
    void askSavePath(QWidget* parent, const QString& title, const QString& suggestedPath,
        std::function<void(QString)> then) override;
    void askOpenPath(QWidget* parent, const QString& title, const QString& folder, const QString& filter,
        std::function<void(QString)> then) override;
    void openUrl(const QUrl& url) override { opened << url.toString(); }
    void showFile(const QString& path) override { shown << path; }
    void copyText(const QString& text) override { copied << text; }
    void copyImage(const QImage& image) override { copiedImage = image; }

    QString nextSavePath;  ///< empty: the user cancels
    QString nextOpenPath;  ///< the same
    QString suggestedPath; ///< by the last question where to save
    QStringList opened;
    QStringList shown;
    QStringList copied;
    QImage copiedImage;
};

/// The real main window over the real service, engine and practice, driven by keys and mouse. What it takes for Runpod
/// and Hugging Face is practice too: no test leaves this computer.
class WindowHarness {
public:
    /// How practice is started: see PracticeProcess.
    struct Practice {
        double speed = 200.0;
        QStringList options{};
    };
    explicit WindowHarness(const QString& language, ui::Look look = ui::Look::Light,
        const std::function<void(EngineConfig&)>& change = {}, const Practice& practice = {200.0, {}});
    ~WindowHarness();

    void show(QSize size = QSize(1280, 800));
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] LocalService& service() { return *m_service; }
    [[nodiscard]] PracticeProcess& practice() { return m_practice; }
    [[nodiscard]] QString dataFolder() const { return m_engine.folder(); }
    /// Time passes for the engine and for practice.
    void pass(std::chrono::seconds time);
    /// Serves the API's routes on the data folder's own socket, as the program does: visgatectl, started from here, is
    /// its client from then on.
    void serve();
    /// A route of the API, over that socket.
    [[nodiscard]] QJsonObject get(const std::string& route) const;
    /// What visgatectl prints as JSON.
    [[nodiscard]] QJsonObject ctl(const QStringList& arguments) const;
    [[nodiscard]] ui::UiContext context()
    {
        return {*m_service, *m_accounts, *m_theme, *m_language, *m_settings, desktop, m_folder.path()};
    }
    [[nodiscard]] ui::Language& language() { return *m_language; }
    [[nodiscard]] ui::Theme& theme() { return *m_theme; }

    /// The visible widget of this name; throws if there is none in time.
    [[nodiscard]] QWidget* find(const QString& objectName);
    template <typename T> [[nodiscard]] T* find(const QString& objectName)
    {
        return qobject_cast<T*>(find(objectName));
    }
    /// Waits until it can be pressed, then clicks its middle with the mouse. Counts.
    void click(const QString& objectName);
    [[nodiscard]] int clicks() const { return m_clicks; }
    /// Chooses a card of the Models page with the mouse. Counts.
    void clickCard(const QString& title);
    /// The titles of the cards that the Models page shows.
    [[nodiscard]] QStringList cards();
    /// From the empty Home to the sheet whose checks are done.
    void openSheet();
    /// From the empty Home to the first picture.
    void drawFirstPicture();
    /// Words typed into a field in place of what it held.
    void type(const QString& objectName, const QString& text);
    /// Fills in the storage card of Settings with practice's own bucket and its key.
    void typeStorage();
    /// A key to whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Where a key goes once the window is the active one; other tests' windows share the display.
    [[nodiscard]] bool hasFocus(const QWidget* widget) const { return m_window->focusWidget() == widget; }
    /// Every word on the screen: texts of visible labels, buttons and fields, and accessible names.
    [[nodiscard]] QStringList words() const;
    /// Waits until the words on the screen hold these.
    [[nodiscard]] bool says(const QString& words) const;

    ScriptedDesktop desktop;
    QPointer<ChosenAppearance> system;

private:
    [[nodiscard]] QWidget* onScreen(const QString& objectName) const;

    QTemporaryDir m_folder;
    PracticeProcess m_practice;
    std::shared_ptr<ShiftedClock> m_clock = std::make_shared<ShiftedClock>();
    EngineHarness m_engine;
    std::optional<DataFolderLock> m_lock;
    std::unique_ptr<ApiServer> m_api;
    std::unique_ptr<LocalService> m_service;
    std::unique_ptr<ui::AccountList> m_accounts;
    std::unique_ptr<ui::UiSettings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::MainWindow> m_window;
    int m_clicks = 0;
};

} // namespace visgate::test
