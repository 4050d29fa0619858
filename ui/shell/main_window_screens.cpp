// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/demo_model.h"
#include "ui/common/account_list.h"
#include "ui/deploy/deploy_panel.h"
#include "ui/endpoint/endpoint_sheet.h"
#include "ui/home/home_page.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/model_browser/models_page.h"
#include "ui/model_cache/cache_sheet.h"
#include "ui/monitor/monitor_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quit_sheet.h"
#include "ui/shell/sheet_host.h"
#include "ui/spend/spend_page.h"
#include "ui/studio/studio_page.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>

using namespace Qt::StringLiterals;

// How each screen is made, and where what it asks for leads.
namespace visgate::ui {
namespace {

/// The one recipe file that is dragged; empty if it is something else.
QString draggedRecipe(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const QString path = urls.size() == 1 ? urls.constFirst().toLocalFile() : QString();
    return path.endsWith(".visgate"_L1, Qt::CaseInsensitive) ? path : QString();
}

} // namespace

QWidget& MainWindow::page(Section section)
{
    switch (section) {
    case Section::Home:
        break;
    case Section::Models:
        return *m_modelsPage;
    case Section::Studio:
        return *m_studio;
    case Section::Monitor:
        return *m_monitor;
    case Section::Spend:
        return *m_spend;
    case Section::Settings:
        return *m_settings;
    }
    return *m_home;
}

HomePage* MainWindow::makeHome()
{
    auto* home = new HomePage(m_context, *m_deployments, *m_models, *m_money);
    m_sections->addWidget(home);
    connect(home, &HomePage::practiseChosen, this, &MainWindow::practise);
    connect(home, &HomePage::hereChosen, this, [this] { openSheet(demoModel(), AccountId::thisComputer()); });
    connect(home, &HomePage::connectChosen, this, [this] {
        showSection(Section::Settings);
        m_settings->startAccountKey(m_context.accounts.standard());
    });
    connect(home, &HomePage::newChosen, this, [this] { showSection(Section::Models); });
    connect(home, &HomePage::openRequested, this, &MainWindow::openDeployment);
    connect(home, &HomePage::moreRequested, this, &MainWindow::openEndpoint);
    connect(home, &HomePage::keepWarmRequested, this, [this](const DeploymentId& id) {
        openEndpoint(id);
        m_endpoint->beginWarm();
    });
    connect(home, &HomePage::remedyRequested, this, &MainWindow::apply);
    connect(home, &HomePage::sheetWanted, this, &MainWindow::backToSheet);
    return home;
}

ModelsPage* MainWindow::makeModelsPage()
{
    auto* models = new ModelsPage(m_context, *m_models);
    m_sections->addWidget(models);
    connect(models, &ModelsPage::modelChosen, this,
        [this](const ModelSpec& model) { openSheet(model, AccountId::practice()); });
    connect(models, &ModelsPage::recipeChosen, this, &MainWindow::openRecipe);
    return models;
}

ModelSpec MainWindow::specOf(const QString& modelId) const
{
    if (const ModelSpec* const known = m_models->find(modelId))
        return *known;
    if (isDemoModel(modelId))
        return demoModel();
    ModelSpec model;
    model.id = modelId;
    return model;
}

void MainWindow::openRecipe(const QString& name, const CreateRequest& wish)
{
    m_sheet->open(*m_panel);
    m_panel->beginRecipe(specOf(wish.modelId), name, wish);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedRecipe(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString path = draggedRecipe(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openRecipeFile(path);
}

void MainWindow::openRecipeFile(const QString& path)
{
    if (!m_loaded) {
        m_recipeWhenLoaded = path;
        return;
    }
    showSection(Section::Models);
    m_modelsPage->openRecipe(path);
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

MonitorPage* MainWindow::makeMonitor()
{
    auto* monitor = new MonitorPage(m_context, *m_deployments, *m_models);
    m_sections->addWidget(monitor);
    connect(monitor, &MonitorPage::modelsRequested, this, [this] { showSection(Section::Models); });
    return monitor;
}

SpendPage* MainWindow::makeSpend()
{
    auto* spend = new SpendPage(m_context, *m_models, *m_money);
    m_sections->addWidget(spend);
    connect(spend, &SpendPage::cacheRequested, this, [this](AccountId target) { openCache(target); });
    connect(m_sheet, &SheetHost::closed, spend, &SpendPage::refresh);
    // Whoever has no real endpoint yet looks at the play money.
    bool hasReal = false;
    for (int row = 0; row < m_deployments->rowCount(); ++row)
        hasReal = hasReal
            || !(m_deployments->at(row).target.isPractice() || m_deployments->at(row).target.isThisComputer());
    if (!hasReal && m_deployments->rowCount() > 0)
        spend->setTarget(AccountId::practice());
    return spend;
}

SettingsPage* MainWindow::makeSettings()
{
    auto* settings = new SettingsPage(m_context);
    m_sections->addWidget(settings);
    connect(settings, &SettingsPage::sheetWanted, this, &MainWindow::backToSheet);
    connect(settings, &SettingsPage::modelsWanted, this, [this] { showSection(Section::Models); });
    return settings;
}

DeployPanel* MainWindow::makeDeployPanel()
{
    auto* panel = new DeployPanel(m_context);
    connect(panel, &DeployPanel::remedyRequested, this, [this](const Remedy& remedy) {
        apply(remedy);
        SettingsPage* const settings = m_settings.made();
        if (settings != nullptr && m_sections->currentWidget() == settings && !m_sheet->isOpen())
            settings->showWaiting(m_panel->title());
    });
    connect(panel, &DeployPanel::closeRequested, m_sheet, &SheetHost::close);
    // What is left while something is in its way stands on Home until it is not.
    const auto tellHome = [this, panel] {
        if (!m_sheet->isOpen())
            m_home->showBlocked(panel->title(), panel->blocker());
    };
    connect(m_sheet, &SheetHost::closed, panel, tellHome);
    connect(panel, &DeployPanel::checked, panel, tellHome);
    connect(panel, &DeployPanel::deployed, this, [this](const Deployment& deployment) {
        if (SettingsPage* const settings = m_settings.made())
            settings->showWaiting({});
        m_sheet->close();
        m_deployments->takeCreated(deployment);
        openDeployment(deployment.id);
    });
    return panel;
}

EndpointSheet* MainWindow::makeEndpointSheet()
{
    auto* sheet = new EndpointSheet(m_context);
    connect(sheet, &EndpointSheet::closeRequested, m_sheet, &SheetHost::close);
    connect(sheet, &EndpointSheet::monitorRequested, this, [this](const DeploymentId& id) {
        m_monitor->showDeployment(id);
        showSection(Section::Monitor);
    });
    return sheet;
}

CacheSheet* MainWindow::makeCacheSheet()
{
    auto* sheet = new CacheSheet(m_context, *m_models);
    connect(sheet, &CacheSheet::closeRequested, m_sheet, &SheetHost::close);
    connect(sheet, &CacheSheet::remedyRequested, this, &MainWindow::apply);
    return sheet;
}

void MainWindow::openCache(AccountId target, const QString& modelId)
{
    m_sheet->open(*m_cache);
    m_cache->begin(target, modelId);
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
