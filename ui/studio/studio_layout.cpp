// SPDX-License-Identifier: GPL-3.0-or-later
// How the studio is laid out; what it does is in studio_page.cpp.
#include "core/service/deployment_service.h"
#include "ui/common/desktop.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/logs/log_panel.h"
#include "ui/studio/picture_form.h"
#include "ui/studio/picture_panel.h"
#include "ui/studio/picture_strip.h"
#include "ui/studio/provenance.h"
#include "ui/studio/stage_list.h"
#include "ui/studio/studio_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int sideWidth = 344;
constexpr int leastSideWidth = 288;             ///< the longest price fits its button
constexpr int stackedBelow = 760;               ///< picture above, the rest below
constexpr std::chrono::seconds watchPeriod{45}; ///< a look of the engine lasts a minute

QFrame* makeCard(std::initializer_list<QWidget*> content)
{
    auto* card = makeFrame("card");
    auto* column = makeLayout<QVBoxLayout>(1.5, 2 * metrics::unit + 4);
    for (QWidget* widget : content)
        column->addWidget(widget);
    card->setLayout(column);
    return card;
}

} // namespace

StudioPage::StudioPage(
    const UiContext& context, const DeploymentItems& deployments, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_context(context), m_deployments(deployments), m_models(models),
      m_stack(new QStackedLayout), m_emptyTitle(makeLabel(TextStyle::Title)), m_emptyText(makeLabel(TextStyle::Muted)),
      m_emptyButton(makeButton(ButtonKind::Primary)), m_title(new ElidedLabel), m_badge(new Badge(context.theme)),
      m_stop(makeButton(ButtonKind::Normal, context.theme.icon(u"close"_s))), m_demo(makeLabel(TextStyle::Muted)),
      m_trouble(new MessageBar(context.theme)), m_message(new MessageBar(context.theme)),
      m_pictures(new PictureItems(context, this)), m_picture(new PicturePanel(context.theme)),
      m_strip(new PictureStrip(context.theme, *m_pictures)), m_busy(new BusyBar(context.theme)),
      m_progress(makeLabel(TextStyle::Muted)), m_caption(makeLabel(TextStyle::Muted)),
      m_cancel(makeButton(ButtonKind::Normal)), m_save(makeButton(ButtonKind::Normal, context.theme.icon(u"save"_s))),
      m_copy(makeButton(ButtonKind::Normal, context.theme.icon(u"copy"_s))), m_open(makeButton(ButtonKind::Normal)),
      m_folder(makeButton(ButtonKind::Normal, context.theme.icon(u"folder"_s))), m_actions(new QWidget),
      m_stagesTitle(makeLabel(TextStyle::Heading)), m_stages(new StageList(context)),
      m_timeLeft(makeLabel(TextStyle::Caption)), m_form(new PictureForm(context)),
      m_provenanceTitle(makeLabel(TextStyle::Heading)), m_provenance(new Provenance(context)),
      m_logToggle(makeButton(ButtonKind::Plain, context.theme.icon(u"log"_s))), m_log(new LogPanel(context)),
      m_columns(new QBoxLayout(QBoxLayout::LeftToRight))
{
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeBody());
    setLayout(m_stack);

    m_watching.setInterval(watchPeriod);
    connect(&m_watching, &QTimer::timeout, this, &StudioPage::watch);
    connect(m_emptyButton, &QPushButton::clicked, this, &StudioPage::modelsRequested);
    connect(m_stop, &QPushButton::clicked, this, &StudioPage::stop);
    connect(m_form, &PictureForm::drawRequested, this, &StudioPage::draw);
    connect(m_pictures, &PictureItems::loaded, this, &StudioPage::takePictures);
    connect(m_strip, &PictureStrip::chosen, this, &StudioPage::choose);
    connect(m_provenance, &Provenance::settingsWanted, this, &StudioPage::useSettings);
    connect(m_provenance, &Provenance::seedWanted, this, &StudioPage::useSeed);
    connect(m_cancel, &QPushButton::clicked, this, &StudioPage::cancelDrawing);
    connect(m_save, &QPushButton::clicked, this, &StudioPage::saveAs);
    connect(m_copy, &QPushButton::clicked, this, &StudioPage::copy);
    connect(
        m_open, &QPushButton::clicked, this, [this] { m_context.desktop.openUrl(QUrl::fromLocalFile(chosenFile())); });
    connect(m_folder, &QPushButton::clicked, this, [this] { m_context.desktop.showFile(chosenFile()); });
    connect(m_logToggle, &QPushButton::toggled, this, [this](bool shown) {
        m_log->setVisible(shown);
        retranslate();
    });
    connect(&m_context.service, &DeploymentService::deploymentChanged, this, &StudioPage::takeDeployment);
    connect(&m_context.service, &DeploymentService::jobChanged, this, &StudioPage::takeJob);
    connect(&m_deployments, &DeploymentItems::loaded, this, &StudioPage::openNewest);
    connect(&m_models, &ModelItems::modelReset, this, [this] {
        askLimits();
        showState();
    });
    retranslate();
}

QWidget* StudioPage::makeEmpty()
{
    auto* page = new Page(480);
    m_emptyButton->setObjectName(u"studioChooseModel"_s);
    auto* row = makeLayout<QHBoxLayout>(0);
    row->addWidget(m_emptyButton);
    row->addStretch(1);
    page->column()->addStretch(2);
    page->column()->addWidget(new IconLabel(m_context.theme.icon(u"studio"_s, Ink::Muted), 48));
    page->column()->addWidget(m_emptyTitle);
    page->column()->addWidget(m_emptyText);
    page->column()->addLayout(row);
    page->column()->addStretch(3);
    return page;
}

QWidget* StudioPage::makeBody()
{
    m_title->setProperty("text-style", u"title"_s);
    m_title->setObjectName(u"studioTitle"_s);
    m_stop->setObjectName(u"stop"_s);
    m_caption->setObjectName(u"pictureCaption"_s);
    m_caption->setAlignment(Qt::AlignCenter);
    m_cancel->setObjectName(u"cancelDrawing"_s);
    m_cancel->hide();
    m_save->setObjectName(u"savePicture"_s);
    m_copy->setObjectName(u"copyPicture"_s);
    m_open->setObjectName(u"openElsewhere"_s);
    m_open->hide();
    m_folder->setObjectName(u"openFolder"_s);
    m_progress->setObjectName(u"drawingProgress"_s);
    m_progress->setAlignment(Qt::AlignCenter);
    m_strip->hide();
    m_trouble->button()->setObjectName(u"fixInStudio"_s);
    m_logToggle->setObjectName(u"toggleLog"_s);
    m_logToggle->setCheckable(true);
    m_log->hide();
    m_picture->setMinimumHeight(280);

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    head->addWidget(m_stop);

    auto* actions = makeLayout<QHBoxLayout>(1);
    actions->addStretch(1);
    actions->addWidget(m_save);
    actions->addWidget(m_copy);
    actions->addWidget(m_open);
    actions->addWidget(m_folder);
    actions->addStretch(1);
    m_actions->setLayout(actions);

    auto* left = makeLayout<QVBoxLayout>(1.5);
    left->addWidget(m_picture, 1);
    left->addWidget(m_caption);
    left->addWidget(m_busy);
    left->addWidget(m_progress);
    left->addWidget(m_cancel, 0, Qt::AlignHCenter);
    left->addWidget(m_actions);
    left->addWidget(m_strip);

    m_stagesCard = makeCard({m_stagesTitle, m_stages, m_timeLeft});
    m_drawCard = makeCard({m_form});
    m_provenanceCard = makeCard({m_provenanceTitle, m_provenance});
    auto* side = new QWidget;
    auto* right = makeLayout<QVBoxLayout>(2);
    right->addWidget(m_stagesCard);
    right->addWidget(m_drawCard);
    right->addWidget(m_provenanceCard);
    right->addStretch(1);
    side->setLayout(right);
    side->setMinimumWidth(leastSideWidth);
    side->setMaximumWidth(sideWidth * 3);

    m_columns->setSpacing(3 * metrics::unit);
    m_columns->addLayout(left, 5);
    m_columns->addWidget(side, 3);

    auto* logRow = makeLayout<QHBoxLayout>(0);
    logRow->addWidget(m_logToggle);
    logRow->addStretch(1);

    auto* page = new Page(1200);
    page->column()->setSpacing(12);
    page->column()->addLayout(head);
    page->column()->addWidget(m_demo);
    page->column()->addWidget(m_trouble);
    page->column()->addWidget(m_message);
    page->column()->addLayout(m_columns, 1);
    page->column()->addLayout(logRow);
    page->column()->addWidget(m_log);
    // It opens below what is seen; once it has its place, that is scrolled to.
    connect(m_logToggle, &QPushButton::toggled, page, [this, page](bool shown) {
        if (shown)
            QTimer::singleShot(0, page, [this, page] { page->ensureWidgetVisible(m_log); });
    });
    return page;
}

void StudioPage::resizeEvent(QResizeEvent* event)
{
    Retranslated::resizeEvent(event);
    const bool stacked = event->size().width() < stackedBelow;
    m_columns->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace visgate::ui
