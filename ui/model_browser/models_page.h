// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/model/model.h"
#include "core/foundation/recipe/recipe.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QPushButton;

namespace visgate::ui {

class BusyBar;
class LongWait;
class MessageBar;
class ModelCardDelegate;
class ModelFilter;
class ModelItems;

/// What can be run: the presets at once, narrowed while typing, then what the hub knows; and what others handed on as a
/// recipe.
class ModelsPage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    ModelsPage(const UiContext& context, ModelItems& models, QWidget* parent = nullptr);
    /// Puts the cursor into the search field, with all models shown.
    void startSearch();
    void search(const QString& text);
    /// Reads the recipe file and asks to deploy it, or says here why it cannot.
    void openRecipe(const QString& path);

Q_SIGNALS:
    void modelChosen(const visgate::ModelSpec& model);
    /// `name` is for people and may be empty.
    void recipeChosen(const QString& name, const visgate::CreateRequest& request);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void askHub();
    void takeFound(const Result<QList<ModelSpec>>& found, const QString& named);
    void explain(const QString& modelId, const QList<ModelSpec>& found);
    void tell(const ModelSpec& model);
    void choose(const QModelIndex& index);
    void askLocalMemory();
    void askRecipe();
    void takeRecipe(const Result<Recipe>& recipe);
    void refuseRecipe(const Error& error);
    void layOutCards();
    void showCount();

    const UiContext& m_context;
    ModelItems& m_models;
    ModelFilter* m_filter;
    ModelCardDelegate* m_delegate;
    QTimer m_typing; ///< runs out when the user pauses
    quint64 m_question = 0;
    QLabel* m_title;
    QPushButton* m_recipe;
    QLabel* m_subtitle;
    QLineEdit* m_search;
    BusyBar* m_busy;
    MessageBar* m_message;
    LongWait* m_wait;
    QLabel* m_nothing;
    QListView* m_cards;
};

} // namespace visgate::ui
