// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/operations/catalogue.h"
#include "core/operations/keys.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/desktop.h"
#include "ui/common/manners.h"
#include "ui/common/ui_settings.h"
#include "ui/deploy/deploy_panel.h"
#include "ui/home/home_page.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/money_figures.h"
#include "ui/item_models/state_words.h"
#include "ui/model_browser/models_page.h"
#include "ui/monitor/monitor_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/quit_sheet.h"
#include "ui/shell/sheet_host.h"
#include "ui/shell/status_line.h"
#include "ui/spend/spend_page.h"
#include "ui/studio/studio_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

const QSize firstSize(1200, 760);
const QSize smallestSize(560, 360);
constexpr auto firstFramePatience = 1s;
/// Small, fast and without a gate: the model of the first journey.
constexpr QLatin1StringView practiceModel("stabilityai/sdxl-turbo");

} // namespace

MainWindow::MainWindow(const UiContext& context, QWidget* parent)
    : QMainWindow(parent), m_context(context), m_deployments(new DeploymentItems(context.service, this)),
      m_models(new ModelItems(this)),
      m_money(new MoneyFigures(context.service, context.accounts, *m_deployments, this)), m_rail(new Rail(m_context)),
      m_sections(new QStackedWidget), m_status(new StatusLine(m_context, *m_deployments, *m_money)),
      m_sheet(new SheetHost(m_context.theme)), m_home([this] { return makeHome(); }),
      m_modelsPage([this] { return makeModelsPage(); }), m_studio([this] { return makeStudio(); }),
      m_monitor([this] { return makeMonitor(); }), m_spend([this] { return makeSpend(); }),
      m_settings([this] { return makeSettings(); }), m_panel([this] { return makeDeployPanel(); }),
      m_endpoint([this] { return makeEndpointSheet(); }), m_cache([this] { return makeCacheSheet(); }),
      m_quit([this] { return makeQuitSheet(); })
{
    setWindowTitle(u"Visgate"_s);
    setMinimumSize(smallestSize);
    setAcceptDrops(true); // recipes
    new Manners(this);

    auto* middle = makeLayout<QHBoxLayout>(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_sections, 1);
    auto* central = new QWidget;
    auto* column = makeLayout<QVBoxLayout>(0);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    central->setLayout(column);
    setCentralWidget(central);
    m_sheet->cover(central);

    connect(m_rail, &Rail::chosen, this, &MainWindow::showSection);
    m_sections->setCurrentWidget(&page(Section::Home));
    // Names of accounts, and what their clouds offer, are among the words of every screen.
    connect(&m_context.accounts, &AccountList::changed, this, [this] {
        QEvent words(QEvent::LanguageChange);
        QCoreApplication::sendEvent(this, &words);
    });
    m_context.accounts.load();
    loadPresets();
    if (!restoreGeometry(m_context.settings.windowGeometry()))
        resize(firstSize);
}

MainWindow::~MainWindow() = default;

void MainWindow::loadPresets()
{
    whenDone(m_context.service.call(ListPresets{}), this, [this](const Result<QList<ModelSpec>>& presets) {
        if (presets)
            m_models->setPresets(*presets);
        if (std::exchange(m_practiseWhenLoaded, false))
            practise();
        m_loaded = true;
        if (!m_recipeWhenLoaded.isEmpty())
            openRecipeFile(std::exchange(m_recipeWhenLoaded, {}));
    });
}

void MainWindow::showSection(Section section)
{
    m_sheet->close();
    m_rail->setCurrent(section);
    QWidget& next = page(section);
    QWidget* const focus = focusWidget();
    // Else it goes on to whatever control comes next, and the new page is scrolled there.
    if (focus != nullptr && m_sections->currentWidget() != &next && m_sections->currentWidget()->isAncestorOf(focus))
        focus->clearFocus();
    m_sections->setCurrentWidget(&next);
    if (section == Section::Home && m_home->saysBlocked())
        m_panel->refresh(); // perhaps it was put right meanwhile
}

void MainWindow::practise()
{
    if (m_models->rowCount() == 0) {
        m_practiseWhenLoaded = true;
        return;
    }
    openSheetFor(practiceModel, AccountId::practice());
}

void MainWindow::openSheetFor(const QString& modelId, AccountId target, const EndpointLimits& limits)
{
    openSheet(specOf(modelId), target, limits);
}

void MainWindow::openSheet(const ModelSpec& model, AccountId target, const EndpointLimits& limits)
{
    m_sheet->open(*m_panel);
    m_panel->begin(model, target, limits);
}

void MainWindow::tryAnew(const Remedy& remedy, const EndpointLimits& limits)
{
    openSheetFor(remedy.modelId, remedy.target, limits);
    const Deployment* const first = m_deployments->find(remedy.deployment);
    if (first != nullptr && (first->status == DeploymentStatus::Failed || States::isStarting(first->status)))
        m_panel->replace(first->id);
}

void MainWindow::backToSheet()
{
    m_sheet->open(*m_panel);
    m_panel->refresh();
}

EndpointLimits MainWindow::raisedLimits(const DeploymentId& id) const
{
    const Deployment* deployment = m_deployments->find(id);
    EndpointLimits limits = deployment != nullptr ? deployment->limits : EndpointLimits{};
    limits.executionTimeout *= 2;
    return limits;
}

void MainWindow::openDeployment(const DeploymentId& id)
{
    const Deployment* deployment = m_deployments->find(id);
    if (deployment == nullptr)
        return;
    m_studio->show(*deployment);
    showSection(Section::Studio);
}

void MainWindow::unlockKeychain()
{
    whenDone(m_context.service.call(UnlockKeychain{}), this, [this](const Result<void>& unlocked) {
        m_settings->reload();
        if (unlocked)
            return;
        showSection(Section::Settings); // it says how it stands, and what else can be done
    });
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
        m_settings->startAccountKey(remedy.target, remedy.action == RemedyAction::UseSessionKey);
        break;
    case RemedyAction::UnlockKeychain:
        unlockKeychain();
        break;
    case RemedyAction::PasteHubToken:
        showSection(Section::Settings);
        m_settings->startHubToken();
        break;
    case RemedyAction::UseStorage:
        showSection(Section::Settings);
        m_settings->startStorage();
        break;
    case RemedyAction::OpenModelCache:
        openCache(remedy.target, remedy.modelId);
        break;
    case RemedyAction::SetWorkerImage:
        showSection(Section::Settings);
        m_settings->startWorkerImage();
        break;
    case RemedyAction::InstallPictureEngine:
        showSection(Section::Settings);
        m_settings->startPictureEngine();
        break;
    case RemedyAction::OpenProviderKeyPage:
        open(m_context.accounts.provider(remedy.target).keyPage);
        break;
    case RemedyAction::OpenProviderBilling:
        open(m_context.accounts.provider(remedy.target).billingPage);
        break;
    case RemedyAction::OpenLicencePage:
        open(u"https://huggingface.co/"_s + remedy.modelId);
        break;
    case RemedyAction::OpenHubTokenPage:
        open(u"https://huggingface.co/settings/tokens"_s);
        break;
    case RemedyAction::FreeWorkerSlots:
        showSection(Section::Home);
        break;
    case RemedyAction::RaiseLimit:
        showSection(Section::Spend);
        m_spend->raiseLimit(remedy.target);
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
    case RemedyAction::OpenClockSettings:
        tryAnew(remedy);
        break;
    case RemedyAction::RaiseTimeout:
    case RemedyAction::RaiseStartLimit:
        tryAnew(remedy, raisedLimits(remedy.deployment));
        break;
    }
}

void MainWindow::paintEvent(QPaintEvent* event)
{
    QMainWindow::paintEvent(event);
    // Queued: the frame reaches the screen when the event that paints it is done.
    if (!m_firstFrameEnded)
        QMetaObject::invokeMethod(this, &MainWindow::endFirstFrame, Qt::QueuedConnection);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!m_firstFrameEnded)
        QTimer::singleShot(firstFramePatience, this, &MainWindow::endFirstFrame);
}

void MainWindow::endFirstFrame()
{
    if (std::exchange(m_firstFrameEnded, true))
        return;
    setWindowIcon(m_context.theme.illustration(u"visgate"_s));
    Q_EMIT firstFrameShown();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_rail->setCompact(event->size().width() < metrics::compactWidth);
    m_rail->setLow(event->size().height() < metrics::lowHeight);
}

bool MainWindow::leavesWork() const
{
    return m_deployments->hasUnfinished();
}

bool MainWindow::asksBeforeClosing()
{
    const QList<Deployment> working = m_deployments->workingForMoney();
    if (m_mayClose || m_closing || working.isEmpty())
        return false;
    QStringList titles;
    for (const Deployment& deployment : working)
        titles << m_models->titleOf(deployment.modelId);
    m_sheet->open(*m_quit);
    m_quit->ask(working, titles);
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (asksBeforeClosing()) {
        event->ignore();
        return;
    }
    m_context.settings.setWindowGeometry(saveGeometry());
    m_context.settings.setLastAppearance(m_context.theme.systemAppearance());
    if (m_home->hasPendingRemovals() && !m_closing) {
        // What was removed is removed before the program goes; the window leaves at once.
        m_closing = true;
        event->ignore();
        hide();
        connect(&*m_home, &HomePage::removalsDone, this, &QWidget::close);
        m_home->removePendingNow();
        return;
    }
    QMainWindow::closeEvent(event);
}

} // namespace visgate::ui
