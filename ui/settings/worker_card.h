// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/worker_image.h"
#include "core/foundation/error.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

class Badge;
class MessageBar;

/// What the GPU machines start: a public image, in which what draws is installed each time, or an image of the user's.
class WorkerCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit WorkerCard(const UiContext& context, QWidget* parent = nullptr);
    void reload();
    void startEdit();

protected:
    void retranslate() override;

private:
    void choose(bool own);
    void save(const QString& image);
    void report(const Error& error);
    [[nodiscard]] QString explanation() const;

    const UiContext& m_context;
    std::optional<WorkerImage> m_stored;
    bool m_isOwn = false; ///< chosen, and perhaps not named yet
    QString m_refused;    ///< what could not be stored, to be tried again
    QLabel* m_title;
    Badge* m_badge;
    QLabel* m_purpose;
    QPushButton* m_public;
    QPushButton* m_own;
    QLabel* m_explanation;
    QLineEdit* m_field;
    QPushButton* m_save;
    MessageBar* m_message;
};

} // namespace visgate::ui
