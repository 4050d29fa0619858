// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/remedy.h"
#include "ui/common/ui_context.h"
#include "ui/shell/rail.h"

#include <QMainWindow>

class QStackedWidget;

namespace visgate {
struct ModelSpec;
}

namespace visgate::ui {

class DeployPanel;
class DeploymentListModel;
class HomePage;
class ModelListModel;
class ModelsPage;
class SettingsPage;
class SheetHost;
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

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectScreens();
    void loadPresets();
    void openSheet(const ModelSpec& model, Target target);
    void openSheetFor(const QString& modelId, Target target);
    void practise();
    void openDeployment(const DeploymentId& id);
    void apply(const Remedy& remedy);

    UiContext m_context;
    DeploymentListModel* m_deployments;
    ModelListModel* m_models;
    Rail* m_rail;
    QStackedWidget* m_sections;
    HomePage* m_home;
    ModelsPage* m_modelsPage;
    StudioPage* m_studio;
    SettingsPage* m_settings;
    StatusLine* m_status;
    DeployPanel* m_panel;
    SheetHost* m_sheet;
    bool m_practiseWhenLoaded = false;
    bool m_closing = false;
};

} // namespace visgate::ui
