// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/service/deployment_service.h"
#include "ui/common/desktop.h"
#include "ui/common/ui_settings.h"
#include "ui/common/widgets.h"
#include "ui/deploy/deploy_panel.h"
#include "ui/home/home_page.h"
#include "ui/models/deployment_list_model.h"
#include "ui/models/model_list_model.h"
#include "ui/models_page/models_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/sheet_host.h"
#include "ui/shell/status_line.h"
#include "ui/studio/studio_page.h"
#include "ui/theme/theme.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

const QSize firstSize(1200, 760);
const QSize smallestSize(560, 360);
/// Small, fast and without a gate: the model of the first journey.
constexpr QLatin1StringView practiceModel("stabilityai/sdxl-turbo");

} // namespace

MainWindow::MainWindow(const UiContext& context, QWidget* parent) :
    QMainWindow(parent), m_context(context), m_deployments(new DeploymentListModel(context.service, this)),
    m_models(new ModelListModel(this)), m_rail(new Rail(m_context)), m_sections(new QStackedWidget),
    m_home(new HomePage(m_context, *m_deployments, *m_models)), m_modelsPage(new ModelsPage(m_context, *m_models)),
    m_studio(new StudioPage(m_context, *m_deployments, *m_models)), m_settings(new SettingsPage(m_context)),
    m_status(new StatusLine(m_context, *m_deployments)), m_panel(new DeployPanel(m_context))
{
    setWindowTitle(u"Visgate"_s);
    setWindowIcon(m_context.theme.illustration(u"visgate"_s));
    setMinimumSize(smallestSize);
    for (QWidget* section : std::initializer_list<QWidget*>{m_home, m_modelsPage, m_studio, m_settings})
        m_sections->addWidget(section); // in the order of Section

    auto* middle = makeLayout<QHBoxLayout>(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_sections, 1);
    auto* central = new QWidget;
    auto* column = makeLayout<QVBoxLayout>(0);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    central->setLayout(column);
    setCentralWidget(central);
    m_sheet = new SheetHost(m_context.theme, m_panel, central);

    connectScreens();
    loadPresets();
    if (!restoreGeometry(m_context.settings.windowGeometry()))
        resize(firstSize);
}

MainWindow::~MainWindow() = default;

void MainWindow::connectScreens()
{
    connect(m_rail, &Rail::chosen, this, &MainWindow::showSection);
    connect(m_home, &HomePage::practiseChosen, this, &MainWindow::practise);
    connect(m_home, &HomePage::connectChosen, this, [this] {
        showSection(Section::Settings);
        m_settings->startKey(KeyKind::Runpod);
    });
    connect(m_home, &HomePage::newChosen, this, [this] { showSection(Section::Models); });
    connect(m_home, &HomePage::openRequested, this, &MainWindow::openDeployment);
    connect(m_home, &HomePage::remedyRequested, this, &MainWindow::apply);
    connect(m_modelsPage, &ModelsPage::modelChosen, this,
        [this](const ModelSpec& model) { openSheet(model, Target::Practice); });
    connect(m_studio, &StudioPage::modelsRequested, this, [this] { showSection(Section::Models); });
    connect(m_studio, &StudioPage::removeRequested, this, [this](const DeploymentId& id) {
        showSection(Section::Home);
        m_home->remove(id);
    });
    connect(m_studio, &StudioPage::remedyRequested, this, &MainWindow::apply);
    connect(m_panel, &DeployPanel::remedyRequested, this, &MainWindow::apply);
    connect(m_panel, &DeployPanel::closeRequested, m_sheet, &SheetHost::close);
    connect(m_panel, &DeployPanel::deployed, this, [this](const Deployment& deployment) {
        m_sheet->close();
        m_deployments->take(deployment);
        openDeployment(deployment.id);
    });
}

void MainWindow::loadPresets()
{
    m_context.service.presets().then(this, [this](const Result<QList<ModelSpec>>& presets) {
        if (presets)
            m_models->setPresets(*presets);
        if (std::exchange(m_practiseWhenLoaded, false))
            practise();
    });
}

void MainWindow::showSection(Section section)
{
    m_sheet->close();
    m_rail->setCurrent(section);
    m_sections->setCurrentIndex(static_cast<int>(section));
}

void MainWindow::practise()
{
    if (m_models->rowCount() == 0) {
        m_practiseWhenLoaded = true;
        return;
    }
    openSheetFor(practiceModel, Target::Practice);
}

void MainWindow::openSheetFor(const QString& modelId, Target target)
{
    const ModelSpec* known = m_models->find(modelId);
    ModelSpec model = known != nullptr ? *known : ModelSpec{};
    if (known == nullptr)
        model.id = modelId;
    openSheet(model, target);
}

void MainWindow::openSheet(const ModelSpec& model, Target target)
{
    m_sheet->open();
    m_panel->begin(model, target);
}

void MainWindow::openDeployment(const DeploymentId& id)
{
    const Deployment* deployment = m_deployments->find(id);
    if (deployment == nullptr)
        return;
    m_studio->show(*deployment);
    showSection(Section::Studio);
}

void MainWindow::apply(const Remedy& remedy)
{
    const auto open = [this](const QString& address) { m_context.desktop.openUrl(QUrl(address)); };
    switch (remedy.action) {
    case RemedyAction::None:
        break;
    case RemedyAction::PasteProviderKey:
    case RemedyAction::UseSessionKey:
        showSection(Section::Settings);
        m_settings->startKey(KeyKind::Runpod, remedy.action == RemedyAction::UseSessionKey);
        break;
    case RemedyAction::PasteHubToken:
        showSection(Section::Settings);
        m_settings->startKey(KeyKind::HuggingFace);
        break;
    case RemedyAction::SetWorkerImage:
        showSection(Section::Settings);
        m_settings->startWorkerImage();
        break;
    case RemedyAction::OpenProviderKeyPage:
        open(u"https://console.runpod.io/user/settings"_s);
        break;
    case RemedyAction::OpenProviderBilling:
        open(u"https://console.runpod.io/user/billing"_s);
        break;
    case RemedyAction::OpenLicencePage:
        open(u"https://huggingface.co/"_s + remedy.modelId);
        break;
    case RemedyAction::FreeWorkerSlots:
        showSection(Section::Home);
        break;
    case RemedyAction::SearchModels:
        showSection(Section::Models);
        m_modelsPage->search(remedy.modelId.section(u'/', -1));
        break;
    case RemedyAction::ShowImageModels:
        showSection(Section::Models);
        m_modelsPage->startSearch();
        break;
    case RemedyAction::ShowLog:
        openDeployment(remedy.deployment);
        m_studio->showLog();
        break;
    case RemedyAction::Retry:
    case RemedyAction::CheckNetwork:
    case RemedyAction::FreeDiskSpace:
    case RemedyAction::ChooseLargerGpu:
    case RemedyAction::AddGpus:
    case RemedyAction::UseSmallerSize:
    case RemedyAction::RaiseTimeout:
        openSheetFor(remedy.modelId, remedy.target);
        break;
    }
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_rail->setCompact(event->size().width() < metrics::compactWidth);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_context.settings.setWindowGeometry(saveGeometry());
    m_context.settings.setLastAppearance(m_context.theme.systemAppearance());
    if (m_home->hasPendingRemovals() && !m_closing) {
        // What was removed is removed before the program goes; the window leaves at once.
        m_closing = true;
        event->ignore();
        hide();
        connect(m_home, &HomePage::removalsDone, this, &QWidget::close);
        m_home->removePendingNow();
        return;
    }
    QMainWindow::closeEvent(event);
}

} // namespace visgate::ui
