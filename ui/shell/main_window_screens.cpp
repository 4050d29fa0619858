// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/deploy_panel.h"
#include "ui/endpoint/endpoint_sheet.h"
#include "ui/home/home_page.h"
#include "ui/models/deployment_list_model.h"
#include "ui/models/model_list_model.h"
#include "ui/models_page/models_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quit_sheet.h"
#include "ui/shell/sheet_host.h"
#include "ui/spend/spend_page.h"
#include "ui/studio/studio_page.h"

#include <QStackedWidget>

// How each screen is made, and where what it asks for leads.
namespace visgate::ui {

QWidget& MainWindow::page(Section section)
{
    switch (section) {
    case Section::Home:
        break;
    case Section::Models:
        return *m_modelsPage;
    case Section::Studio:
        return *m_studio;
    case Section::Spend:
        return *m_spend;
    case Section::Settings:
        return *m_settings;
    }
    return *m_home;
}

HomePage* MainWindow::makeHome()
{
    auto* home = new HomePage(m_context, *m_deployments, *m_models);
    m_sections->addWidget(home);
    connect(home, &HomePage::practiseChosen, this, &MainWindow::practise);
    connect(home, &HomePage::connectChosen, this, [this] {
        showSection(Section::Settings);
        m_settings->startKey(KeyKind::Runpod);
    });
    connect(home, &HomePage::newChosen, this, [this] { showSection(Section::Models); });
    connect(home, &HomePage::openRequested, this, &MainWindow::openDeployment);
    connect(home, &HomePage::moreRequested, this, &MainWindow::openEndpoint);
    connect(home, &HomePage::keepWarmRequested, this, [this](const DeploymentId& id) {
        openEndpoint(id);
        m_endpoint->beginWarm();
    });
    connect(home, &HomePage::remedyRequested, this, &MainWindow::apply);
    return home;
}

ModelsPage* MainWindow::makeModelsPage()
{
    auto* models = new ModelsPage(m_context, *m_models);
    m_sections->addWidget(models);
    connect(
        models, &ModelsPage::modelChosen, this, [this](const ModelSpec& model) { openSheet(model, Target::Practice); });
    return models;
}

StudioPage* MainWindow::makeStudio()
{
    auto* studio = new StudioPage(m_context, *m_deployments, *m_models);
    m_sections->addWidget(studio);
    connect(studio, &StudioPage::modelsRequested, this, [this] { showSection(Section::Models); });
    connect(studio, &StudioPage::removeRequested, this, [this](const DeploymentId& id) {
        showSection(Section::Home);
        m_home->remove(id);
    });
    connect(studio, &StudioPage::remedyRequested, this, &MainWindow::apply);
    return studio;
}

SpendPage* MainWindow::makeSpend()
{
    auto* spend = new SpendPage(m_context, *m_models);
    m_sections->addWidget(spend);
    // Whoever has no real endpoint yet looks at the play money.
    bool hasReal = false;
    for (int row = 0; row < m_deployments->rowCount(); ++row)
        hasReal = hasReal || m_deployments->at(row).target == Target::Runpod;
    if (!hasReal && m_deployments->rowCount() > 0)
        spend->setTarget(Target::Practice);
    return spend;
}

SettingsPage* MainWindow::makeSettings()
{
    auto* settings = new SettingsPage(m_context);
    m_sections->addWidget(settings);
    return settings;
}

DeployPanel* MainWindow::makeDeployPanel()
{
    auto* panel = new DeployPanel(m_context);
    connect(panel, &DeployPanel::remedyRequested, this, &MainWindow::apply);
    connect(panel, &DeployPanel::closeRequested, m_sheet, &SheetHost::close);
    connect(panel, &DeployPanel::deployed, this, [this](const Deployment& deployment) {
        m_sheet->close();
        m_deployments->take(deployment);
        openDeployment(deployment.id);
    });
    return panel;
}

EndpointSheet* MainWindow::makeEndpointSheet()
{
    auto* sheet = new EndpointSheet(m_context);
    connect(sheet, &EndpointSheet::closeRequested, m_sheet, &SheetHost::close);
    return sheet;
}

void MainWindow::openEndpoint(const DeploymentId& id)
{
    const Deployment* deployment = m_deployments->find(id);
    if (deployment == nullptr)
        return;
    m_sheet->open(*m_endpoint);
    m_endpoint->begin(*deployment, m_models->titleOf(deployment->modelId));
}

QuitSheet* MainWindow::makeQuitSheet()
{
    auto* quit = new QuitSheet(m_context);
    connect(quit, &QuitSheet::stayChosen, m_sheet, &SheetHost::close);
    connect(quit, &QuitSheet::mayClose, this, [this] {
        m_mayClose = true;
        close();
    });
    return quit;
}

} // namespace visgate::ui
