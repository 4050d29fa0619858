// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/remedy.h"
#include "ui/common/ui_context.h"
#include "ui/shell/lazy.h"
#include "ui/shell/rail.h"

#include <QMainWindow>

class QStackedWidget;

namespace visgate {
struct CreateRequest;
struct ModelSpec;
} // namespace visgate

namespace visgate::ui {

class CacheSheet;
class DeployPanel;
class DeploymentItems;
class EndpointSheet;
class HomePage;
class ModelItems;
class ModelsPage;
class MonitorPage;
class MoneyFigures;
class QuitSheet;
class SettingsPage;
class SheetHost;
class SpendPage;
class StatusLine;
class StudioPage;

/// The window: rail, one section at a time, status line, and the sheet over them. It is the one place that knows all
/// screens and leads from one to another.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const UiContext& context, QWidget* parent = nullptr);
    ~MainWindow() override;

    void showSection(Section section);
    /// The sheet, filled in from a recipe's file; once the models are known.
    void openRecipeFile(const QString& path);
    /// Whether deployments are under way that somebody has to go on watching when the window is gone.
    [[nodiscard]] bool leavesWork() const;

Q_SIGNALS:
    /// Once: the first frame is on the screen, or will not come soon because the window starts out of sight. What the
    /// frame did not need may begin.
    void firstFrameShown();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] HomePage* makeHome();
    [[nodiscard]] ModelsPage* makeModelsPage();
    [[nodiscard]] StudioPage* makeStudio();
    [[nodiscard]] MonitorPage* makeMonitor();
    [[nodiscard]] SpendPage* makeSpend();
    [[nodiscard]] SettingsPage* makeSettings();
    [[nodiscard]] DeployPanel* makeDeployPanel();
    [[nodiscard]] EndpointSheet* makeEndpointSheet();
    [[nodiscard]] CacheSheet* makeCacheSheet();
    [[nodiscard]] QuitSheet* makeQuitSheet();
    [[nodiscard]] QWidget& page(Section section);
    void endFirstFrame();
    void loadPresets();
    void openSheet(const ModelSpec& model, AccountId target, const EndpointLimits& limits = {});
    void openSheetFor(const QString& modelId, AccountId target, const EndpointLimits& limits = {});
    /// The sheet anew, for what did not come up or hangs: its first try is stopped before the next one begins.
    void tryAnew(const Remedy& remedy, const EndpointLimits& limits = {});
    /// Back to the sheet that a red line led away from.
    void backToSheet();
    void openRecipe(const QString& name, const CreateRequest& wish);
    [[nodiscard]] ModelSpec specOf(const QString& modelId) const;
    [[nodiscard]] EndpointLimits raisedLimits(const DeploymentId& id) const;
    [[nodiscard]] bool asksBeforeClosing();
    void practise();
    void openDeployment(const DeploymentId& id);
    void openEndpoint(const DeploymentId& id);
    void openCache(AccountId target, const QString& modelId = {});
    void unlockKeychain();
    void apply(const Remedy& remedy);

    UiContext m_context;
    DeploymentItems* m_deployments;
    ModelItems* m_models;
    MoneyFigures* m_money;
    Rail* m_rail;
    QStackedWidget* m_sections;
    StatusLine* m_status;
    SheetHost* m_sheet;
    Lazy<HomePage> m_home;
    Lazy<ModelsPage> m_modelsPage;
    Lazy<StudioPage> m_studio;
    Lazy<MonitorPage> m_monitor;
    Lazy<SpendPage> m_spend;
    Lazy<SettingsPage> m_settings;
    Lazy<DeployPanel> m_panel;
    Lazy<EndpointSheet> m_endpoint;
    Lazy<CacheSheet> m_cache;
    Lazy<QuitSheet> m_quit;
    QString m_recipeWhenLoaded;
    bool m_loaded = false; ///< the models, or they cannot be
    bool m_practiseWhenLoaded = false;
    bool m_mayClose = false; ///< what it would cost has been answered
    bool m_closing = false;
    bool m_firstFrameEnded = false;
};

} // namespace visgate::ui
