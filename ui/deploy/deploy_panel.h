// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/model/model.h"
#include "core/domain/preflight/deploy_quote.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace visgate::ui {

class AccountChoice;
class BusyBar;
class MeasuredTimes;
class MessageBar;
class PreflightView;
class PriceTable;
class SheetHeader;

/// The sheet on which a model is deployed: where, what to draw first, what is checked, what it costs, and one button
/// with the price on it.
class DeployPanel final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit DeployPanel(const UiContext& context, QWidget* parent = nullptr);

    /// Starts afresh for this model; the focus goes to the button. The limits are what the endpoint will enforce.
    void begin(const ModelSpec& model, AccountId target, const EndpointLimits& limits = {});
    /// The same, filled in from a recipe of this name, which may be empty; what is asked first is in `wish`.
    void beginRecipe(const ModelSpec& model, const QString& name, const CreateRequest& wish);
    /// What is deployed takes the place of this one, which hangs or did not come up: it is stopped first.
    void replace(const DeploymentId& first);
    /// Asks again for checks and price, after something outside has changed.
    void refresh();
    /// What is in the way of it, as far as is known now.
    [[nodiscard]] std::optional<Error> blocker() const;
    [[nodiscard]] QString modelId() const { return m_model.id; }
    [[nodiscard]] QString title() const { return m_model.title.isEmpty() ? m_model.id : m_model.title; }

Q_SIGNALS:
    void deployed(const visgate::Deployment& deployment);
    void checked(); ///< blocker() is known anew
    void closeRequested();
    void remedyRequested(const visgate::ui::Remedy& remedy);

protected:
    void retranslate() override;
    bool event(QEvent* event) override;

private:
    void begin();
    [[nodiscard]] CreateRequest request() const;
    [[nodiscard]] QString standardPrompt() const;
    void setTarget(AccountId target);
    void askQuote();
    /// The same while what is known stays on the screen.
    void askAgain();
    void watchLicence();
    void showBlocker();
    void showButton();
    void create();
    void takeQuote(const DeployQuote& quote);
    void showQuote();
    void showGpuChoice();
    [[nodiscard]] QString whereWords() const;
    void showLicence();
    void showLimits();
    void showRecipe();
    /// Whether the price of minimum workers, where there are any, was agreed to.
    [[nodiscard]] bool isAgreed() const;
    void showAgreement();
    [[nodiscard]] QStringList recipeFacts() const;
    void deploy();
    void fix(const Error& error);
    void report(const Error& error);

    const UiContext& m_context;
    ModelSpec m_model;
    AccountId m_target = AccountId::practice();
    CreateRequest m_wish; ///< what was asked for before the user chose anything here: limits, a recipe's set-up
    std::optional<QString> m_recipe; ///< the name of the recipe that filled the sheet in
    std::optional<DeployQuote> m_quote;
    DeploymentId m_replaces; ///< the try that is stopped first; empty: none
    QTimer m_again;          ///< looks whether what was in the way still is
    bool m_watchesLicence = false;
    bool m_saysBlocker = false; ///< the message at the foot is the first red line
    quint64 m_question = 0;     ///< number of the newest quote asked for; older answers are dropped
    bool m_creating = false;
    bool m_focusDeploy = false; ///< the button takes the focus once its price is there
    bool m_promptIsOurs = true; ///< not typed by the user: follows target and language

    SheetHeader* m_header;
    QLabel* m_facts;
    MessageBar* m_recipeNote;
    QLabel* m_licenceNote;
    MessageBar* m_licence;
    MessageBar* m_message;
    QLabel* m_whereCaption;
    AccountChoice* m_where;
    QLabel* m_whereNote;
    QLabel* m_promptCaption;
    QPlainTextEdit* m_prompt;
    QLabel* m_gpuCaption;
    QComboBox* m_gpu;
    QLabel* m_gpuNote;
    QLabel* m_costCaption;
    PriceTable* m_prices;
    MeasuredTimes* m_measured;
    QLabel* m_limitsNote; ///< hidden while the limits are the usual ones
    QPushButton* m_keepNear;
    QLabel* m_checksCaption;
    BusyBar* m_busy;
    PreflightView* m_checks;
    QCheckBox* m_agree;       ///< hidden while no worker runs always
    double m_agreedUsd = 0.0; ///< the monthly price that stood beside the box
    QLabel* m_footNote;
    QPushButton* m_deploy;
};

} // namespace visgate::ui
