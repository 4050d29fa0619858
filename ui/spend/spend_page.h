// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace visgate::ui {

class AccountChoice;
class CauseList;
class LimitsCard;
class MessageBar;
class ModelItems;
class MoneyFigures;
class Page;
class VolumesCard;

/// How much, why, and where is the brake?
class SpendPage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    SpendPage(const UiContext& context, const ModelItems& models, const MoneyFigures& money, QWidget* parent = nullptr);
    void setTarget(AccountId target);
    /// Asks again, if anybody sees it: something has changed that is not announced.
    void refresh();
    /// The keyboard goes to the limit that has been reached.
    void raiseLimit(AccountId target);

Q_SIGNALS:
    void cacheRequested(visgate::AccountId target);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Period { Today, Month, ThirtyDays };
    struct Figure {
        QLabel* caption;
        QLabel* value;
    };
    [[nodiscard]] QWidget* makeSummary();
    [[nodiscard]] QWidget* makeModels();
    [[nodiscard]] SpendQuery query() const;
    void reload();
    void take(const SpendReport& report);
    void stopEverything();
    void takeStop(const StopReport& report);
    void showFigures();
    void followRaised();
    void showModels();
    void report(const Error& error);

    const UiContext& m_context;
    const ModelItems& m_models;
    const MoneyFigures& m_figures;
    AccountId m_target = AccountId::runpod();
    std::optional<SpendReport> m_report;
    std::optional<StopReport> m_stopped;
    QWidget* m_raised = nullptr; ///< the field that somebody was led to
    quint64 m_question = 0;
    QTimer m_soon; ///< gathers news before the figures are asked for again
    Page* m_page;
    QLabel* m_title;
    QPushButton* m_stop;
    MessageBar* m_message;
    AccountChoice* m_where;
    QComboBox* m_period;
    Figure m_estimated, m_billed, m_counted, m_now;
    QLabel* m_elsewhere; ///< hidden while only ours costs
    QLabel* m_forecast;
    CauseList* m_causes;
    QLabel* m_modelsTitle;
    QVBoxLayout* m_modelRows;
    QWidget* m_modelsCard;
    VolumesCard* m_volumes;
    LimitsCard* m_limits;
};

} // namespace visgate::ui
