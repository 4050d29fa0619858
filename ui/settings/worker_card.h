// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

class Badge;
class MessageBar;

/// The container image that Runpod's GPU machines run.
class WorkerCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit WorkerCard(const UiContext& context, QWidget* parent = nullptr);
    void reload();
    void startEdit();

protected:
    void retranslate() override;

private:
    void save();
    void report(const Error& error);

    const UiContext& m_context;
    QString m_stored;
    bool m_loaded = false;
    QLabel* m_title;
    Badge* m_badge;
    QLabel* m_purpose;
    QLineEdit* m_field;
    QPushButton* m_save;
    MessageBar* m_message;
};

} // namespace visgate::ui
