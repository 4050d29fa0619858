// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_browser/models_page.h"

#include "core/base/recipe_file.h"
#include "core/catalog/hub_reference.h"
#include "core/domain/errors/error_catalog.h"
#include "core/domain/recipe/recipe_plan.h"
#include "core/operations/catalogue.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/on_pool.h"
#include "ui/common/ui_settings.h"
#include "ui/item_models/model_items.h"
#include "ui/model_browser/model_card_delegate.h"
#include "ui/model_browser/model_verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/long_wait.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QResizeEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

constexpr int smallestCard = 288;
constexpr int besideCards = 25;   ///< on their right: a card's gap and the scroll bar
constexpr int shortestSearch = 3; ///< characters before the hub is asked

} // namespace

ModelsPage::ModelsPage(const UiContext& context, ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_context(context), m_models(models), m_filter(new ModelFilter(this)),
      m_delegate(new ModelCardDelegate(context, this)), m_title(makeLabel(TextStyle::Title)),
      m_recipe(makeButton(ButtonKind::Normal, context.theme.icon(u"folder"_s))),
      m_subtitle(makeLabel(TextStyle::Muted)), m_search(new QLineEdit), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_wait(new LongWait(*m_message, this)),
      m_nothing(makeLabel(TextStyle::Muted)), m_cards(new QListView)
{
    m_recipe->setObjectName(u"openRecipe"_s);
    m_search->setObjectName(u"modelSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(context.theme.icon(u"search"_s, Ink::Muted), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(560);
    m_busy->hide();

    m_filter->setSourceModel(&m_models);
    m_cards->setObjectName(u"modelGrid"_s);
    m_cards->setModel(m_filter);
    m_cards->setItemDelegate(m_delegate);
    m_cards->setViewMode(QListView::IconMode);
    m_cards->setMovement(QListView::Static);
    m_cards->setResizeMode(QListView::Adjust);
    m_cards->setUniformItemSizes(true);
    m_cards->setSelectionMode(QAbstractItemView::SingleSelection);
    m_cards->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_cards->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_cards->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_cards->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cards->setMouseTracking(true);
    m_cards->viewport()->setCursor(Qt::PointingHandCursor);
    m_cards->installEventFilter(this);
    m_cards->viewport()->installEventFilter(this);

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_recipe);
    auto* above = makeLayout<QVBoxLayout>(1);
    above->setContentsMargins(0, 0, besideCards, 0);
    above->addLayout(head);
    above->addWidget(m_subtitle);
    above->addSpacing(8);
    above->addWidget(m_search);
    above->addWidget(m_busy);
    above->addWidget(m_message);
    above->addWidget(m_nothing);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addLayout(above);
    column->addSpacing(8);
    column->addWidget(m_cards, 1);
    setLayout(column);
    setTabOrder(m_search, m_cards);

    connect(m_recipe, &QPushButton::clicked, this, &ModelsPage::askRecipe);
    m_typing.setSingleShot(true);
    m_typing.setInterval(400ms);
    connect(&m_typing, &QTimer::timeout, this, &ModelsPage::askHub);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setWords(text);
        showCount();
        m_typing.start();
    });
    connect(m_cards, &QListView::clicked, this, &ModelsPage::choose);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_filter->rowCount() == 1)
            choose(m_filter->index(0, 0));
        else
            askHub();
    });
    connect(&m_models, &QAbstractItemModel::modelReset, this, &ModelsPage::showCount);
    retranslate();
}

void ModelsPage::choose(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const auto model = index.data(ModelItems::SpecRole).value<ModelSpec>();
    if (!model.refusal) {
        Q_EMIT modelChosen(model);
        return;
    }
    const ErrorText problem = m_context.language.format().describe(*model.refusal);
    m_message->say({Tone::Warning, problem.message, problem.remedy, {}, {}});
}

void ModelsPage::showEvent(QShowEvent* event)
{
    askLocalMemory();
    Retranslated::showEvent(event);
}

/// What fits into it can be marked so.
void ModelsPage::askLocalMemory()
{
    whenDone(m_context.service.call(ListGpuOffers{AccountId::thisComputer()}), this,
        [this](const Result<QList<GpuOffer>>& offers) {
            if (!offers || offers->isEmpty())
                return;
            m_delegate->setLocalGb(offers->constFirst().memoryGb);
            m_cards->viewport()->update();
        });
}

void ModelsPage::startSearch()
{
    m_search->clear();
    m_search->setFocus();
}

void ModelsPage::search(const QString& text)
{
    m_search->setText(text);
    m_search->setFocus();
}

void ModelsPage::askRecipe()
{
    m_context.desktop.askOpenPath(this, tr("Open a recipe"), m_context.settings.recipeFolder(),
        tr("Recipes") + u" (*.visgate)"_s, [this](const QString& path) {
            m_context.settings.setRecipeFolder(QFileInfo(path).path());
            openRecipe(path);
        });
}

void ModelsPage::openRecipe(const QString& path)
{
    m_message->clear();
    whenDone(onPool([path] { return readRecipeFile(path); }), this,
        [this](const Result<Recipe>& recipe) { takeRecipe(recipe); });
}

void ModelsPage::takeRecipe(const Result<Recipe>& recipe)
{
    if (!recipe) {
        refuseRecipe(recipe.error());
        return;
    }
    auto request = requestOf(*recipe, AccountId::practice());
    if (!request) {
        refuseRecipe(request.error());
        return;
    }
    // Its sizes hold for whatever is asked for instead.
    if (!request->firstInput)
        request->firstInput = inputOf(*recipe, {});
    Q_EMIT recipeChosen(QString::fromStdString(recipe->name), *request);
}

void ModelsPage::refuseRecipe(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void ModelsPage::askHub()
{
    m_typing.stop();
    // The hub searches for words, not for links.
    const auto reference = parseHubReference(m_search->text());
    const QString text = reference ? reference->id : m_search->text().trimmed();
    const quint64 question = ++m_question;
    m_message->clear();
    if (text.size() < shortestSearch) {
        m_busy->hide();
        m_wait->end();
        m_models.setFound({});
        showCount();
        return;
    }
    m_busy->show();
    m_wait->begin(u"Hugging Face"_s);
    const QString named = reference ? reference->id : QString();
    whenDone(m_context.service.call(SearchModels{AccountId::runpod(), text}), this,
        [this, question, named](const Result<QList<ModelSpec>>& found) {
            if (question != m_question)
                return;
            m_busy->hide();
            m_wait->end();
            takeFound(found, named);
        });
}

void ModelsPage::takeFound(const Result<QList<ModelSpec>>& found, const QString& named)
{
    m_models.setFound(found ? *found : QList<ModelSpec>{});
    showCount();
    if (found && !named.isEmpty()) {
        explain(named, *found);
        return;
    }
    if (found)
        return;
    if (const ModelSpec* const preset = m_models.find(named)) {
        tell(*preset); // nobody has to be asked for it
        return;
    }
    const ErrorText problem = m_context.language.format().describe(found.error());
    m_message->say({Tone::Warning, tr("Hugging Face could not be searched; these are the models known here."),
        problem.message, problem.button, [this] { askHub(); }});
}

/// Whoever names one model is told what will become of it, or why it cannot be used: a search knows neither its size
/// nor its parts.
void ModelsPage::explain(const QString& modelId, const QList<ModelSpec>& found)
{
    const quint64 question = m_question;
    whenDone(m_context.service.call(GetModelDetails{AccountId::runpod(), modelId}), this,
        [this, question, found](const Result<ModelDetails>& details) {
            if (question != m_question)
                return;
            // The beginning of a name may be no model's, and yet others are found by it.
            const bool isBeginning = !details && details.error().code == ErrorCode::ModelNotFound && !found.isEmpty();
            if (isBeginning)
                return;
            if (!details) {
                const ErrorText problem = m_context.language.format().describe(details.error());
                m_message->say({Tone::Warning, problem.message, problem.remedy, {}, {}});
                return;
            }
            QList<ModelSpec> others = found;
            others.removeIf([&](const ModelSpec& model) { return model.id == details->model.id; });
            m_models.setFound(QList<ModelSpec>{details->model} + others);
            showCount();
            tell(details->model);
        });
}

void ModelsPage::tell(const ModelSpec& model)
{
    const ModelVerdict verdict(m_context.language.format());
    m_message->say({ModelVerdict::tone(model), verdict.sentence(model), verdict.advice(model), {}, {}});
}

void ModelsPage::showCount()
{
    const bool none = m_filter->rowCount() == 0 && m_models.rowCount() > 0;
    m_nothing->setVisible(none);
}

void ModelsPage::resizeEvent(QResizeEvent* event)
{
    Retranslated::resizeEvent(event);
    const int margin = pageMargin(event->size().width());
    layout()->setContentsMargins(margin, margin, std::max(0, margin - besideCards + 1), 0);
}

void ModelsPage::retranslate()
{
    m_title->setText(tr("Models"));
    m_recipe->setText(tr("Open a recipe …"));
    m_subtitle->setText(tr("Choose a model to see what it needs and costs."));
    m_search->setPlaceholderText(tr("Name, or a Hugging Face link"));
    m_search->setAccessibleName(tr("Search models"));
    m_nothing->setText(tr("No model here matches."));
    m_cards->setAccessibleName(tr("Models"));
    showCount();
    layOutCards();
    m_cards->viewport()->update();
}

void ModelsPage::layOutCards()
{
    const int room = m_cards->viewport()->width() - 1;
    const int columns = std::max(1, room / smallestCard);
    const QSize card(room / columns, ModelCardDelegate::cardHeight(m_cards->font()));
    m_delegate->setCardSize(card);
    m_cards->setGridSize(card);
}

bool ModelsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_cards->viewport()) {
        if (event->type() == QEvent::Resize)
            layOutCards();
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
            Q_EMIT m_cards->clicked(m_cards->currentIndex());
            return true;
        }
    }
    return Retranslated::eventFilter(watched, event);
}

} // namespace visgate::ui
