// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace visgate::ui {

class DeploymentCard;
class DeploymentItems;
class MessageBar;
class ModelItems;
class MoneyFigures;

/// Is anything running, and does it cost me anything?
class HomePage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    HomePage(const UiContext& context, DeploymentItems& deployments, const ModelItems& models,
        const MoneyFigures& money, QWidget* parent = nullptr);

    /// Removals whose time to undo has not run out; they are carried out at once when the window closes.
    [[nodiscard]] bool hasPendingRemovals() const { return !m_removing.isEmpty(); }
    void removePendingNow();
    /// What could not be deployed, and what is in its way; none: nothing is.
    void showBlocked(const QString& title, const std::optional<Error>& why);
    [[nodiscard]] bool saysBlocked() const { return m_blockedBy.has_value(); }
    /// Takes it off the list; it is removed when the time to undo has run out.
    void remove(const DeploymentId& id);

Q_SIGNALS:
    void practiseChosen();
    void hereChosen(); ///< the demo model, on this computer
    void connectChosen();
    void newChosen();
    void openRequested(const visgate::DeploymentId& id);
    void moreRequested(const visgate::DeploymentId& id);
    void keepWarmRequested(const visgate::DeploymentId& id);
    void remedyRequested(const visgate::ui::Remedy& remedy);
    void sheetWanted(); ///< back to what could not be deployed
    void removalsDone();

protected:
    void retranslate() override;

private:
    [[nodiscard]] QWidget* makeEmpty();
    [[nodiscard]] DeploymentCard* makeCard(const DeploymentId& id);
    [[nodiscard]] qsizetype groupCount() const;
    void showRows();
    void pause(const DeploymentId& id);
    void resume(const DeploymentId& id);
    void accept(const DeploymentId& id);
    void restore(const DeploymentId& id);
    void deleteNow(const DeploymentId& id);
    void undoRemoval();
    void report(const Error& error);
    void showRemovalBar();

    const UiContext& m_context;
    DeploymentItems& m_deployments;
    const ModelItems& m_models;
    const MoneyFigures& m_figures;
    QStackedLayout* m_stack;
    QWidget* m_blank; ///< until the first list arrives
    QWidget* m_list;
    QWidget* m_empty = nullptr; ///< made when there is nothing to list
    QLabel* m_title;
    QLabel* m_money; ///< what all of it costs
    QPushButton* m_new;
    MessageBar* m_message;
    MessageBar* m_removal;
    MessageBar* m_blocked;
    QString m_blockedTitle;
    std::optional<Error> m_blockedBy;
    QVBoxLayout* m_cards;
    std::array<QLabel*, 5> m_headings{}; ///< one a DeploymentGroup
    QHash<DeploymentId, DeploymentCard*> m_cardOf;
    QList<Deployment> m_removing; ///< hidden, not yet removed
    QTimer m_undoTime;
};

} // namespace visgate::ui
