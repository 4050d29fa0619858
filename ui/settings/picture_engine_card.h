// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/picture_engine/picture_engine.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QPushButton;

namespace visgate::ui {

class Badge;
class BusyBar;
class MessageBar;

/// What draws real models on this computer: its size before anything begins, its progress, pause, and the way back.
class PictureEngineCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit PictureEngineCard(const UiContext& context, QWidget* parent = nullptr);
    void reload();
    void startInstall(); ///< puts the focus on the button that installs

Q_SIGNALS:
    void installed();

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void install();
    void pause();
    void remove();
    void take(const Result<PictureEngine>& engine);
    void showProblem();
    void showButtons();
    [[nodiscard]] QString explanation() const;

    const UiContext& m_context;
    std::optional<PictureEngine> m_engine;
    bool m_isSure = false; ///< the next click on "remove" does it
    QTimer m_follow;       ///< while it is being installed or removed
    QLabel* m_title;
    Badge* m_badge;
    QLabel* m_purpose;
    BusyBar* m_busy;
    QLabel* m_explanation;
    MessageBar* m_message;
    QPushButton* m_install;
    QPushButton* m_pause;
    QPushButton* m_remove;
};

} // namespace visgate::ui
