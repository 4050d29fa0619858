// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/domain/model/input_limits.h"
#include "core/domain/provider/account_id.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/studio/drawing_values.h"

#include <QWidget>

#include <optional>

class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace visgate::ui {

template <typename Box> class OwnNumber;
class PriceButton;
class SeedField;
class ShapeRow;

/// What the next picture of a deployment is to be: words, form and number in sight, what is rarely needed one press
/// away. Offers only what the model takes, and sends only what differs from the model's own. Remembers what was chosen
/// for a deployment, but none of its words.
class PictureForm final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit PictureForm(const UiContext& context, QWidget* parent = nullptr);
    /// Of another deployment from now on: without words, with what was chosen for it before.
    void begin(const DeploymentId& deployment, const InputLimits& limits);
    void setLimits(const InputLimits& limits);
    /// Its newest job: words where none were typed, and its values where none were ever chosen.
    void offer(const JobInput& input);
    /// As that picture was drawn, and with its seed: drawn again, it is the same one.
    void fill(const JobInput& input, qint64 seed);
    void keepSeed(qint64 seed);
    /// USD for one picture; unset while that is not known.
    void setPrice(std::optional<double> usd, AccountId target);
    void setBusy(bool isBusy); ///< a picture is being drawn: no other one can be asked for

Q_SIGNALS:
    void drawRequested(const visgate::JobInput& input);

protected:
    void retranslate() override;

private:
    [[nodiscard]] QWidget* makeMore();
    [[nodiscard]] QWidget* makeOwnSize();
    void connectFields();
    void orderTabs();
    /// A field was changed by its user.
    void takeFields();
    void takeOwnSize();
    void useModelsOwn();
    void showValues();
    void showMore(bool shows);
    void showProblems();
    void showNotes();
    void showButton();
    void draw();
    /// What is wrong with these words; empty: nothing.
    [[nodiscard]] QString problemOf(const QString& words) const;

    const UiContext& m_context;
    DeploymentId m_deployment;
    InputLimits m_limits;
    DrawingValues m_wanted; ///< as it was chosen, or as a job had it
    DrawingValues m_values; ///< the same as the model can draw it
    bool m_isRemembered = false;
    std::optional<double> m_price;
    AccountId m_target;
    bool m_isBusy = false;

    QLabel* m_promptCaption;
    QPlainTextEdit* m_prompt;
    QLabel* m_promptProblem;
    ShapeRow* m_shapes;
    QWidget* m_countRow;
    QLabel* m_countCaption;
    QSpinBox* m_count;
    PriceButton* m_draw;
    QPushButton* m_more;
    QWidget* m_moreFields;
    QWidget* m_negativePart;
    QLabel* m_negativeCaption;
    QPlainTextEdit* m_negative;
    QLabel* m_negativeProblem;
    OwnNumber<QSpinBox>* m_steps;
    OwnNumber<QDoubleSpinBox>* m_guidance;
    SeedField* m_seed;
    QWidget* m_sizePart;
    QLabel* m_sizeCaption;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QPushButton* m_ownAgain;
};

} // namespace visgate::ui
