// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QSpinBox;

namespace visgate::ui {

class Badge;
class BusyBar;
class ElidedLabel;
class MessageBar;

/// One volume: what is kept in it, how far its filling is, what it costs a month, and what can be done about it.
class VolumeRow final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit VolumeRow(const UiContext& context, QWidget* parent = nullptr);
    void show(const ModelVolume& volume, const QString& modelTitle);
    /// While a wish is on its way no other is taken.
    void setBusy(bool busy);
    void report(const Error& error);
    [[nodiscard]] const ModelVolume& volume() const { return m_volume; }

Q_SIGNALS:
    void fillRequested();
    void growRequested(int sizeGb);
    void deleteRequested();

protected:
    void retranslate() override;

private:
    enum class Asked { Nothing, Size, Deletion };
    [[nodiscard]] QWidget* makeGrowth();
    [[nodiscard]] QWidget* makeQuestion();
    void ask(Asked asked);
    void showState();
    [[nodiscard]] VolumeTerms terms() const;
    void showAnswers();

    const UiContext& m_context;
    ModelVolume m_volume;
    QString m_modelTitle;
    Asked m_asked = Asked::Nothing;
    bool m_busyNow = false;
    ElidedLabel* m_title;
    Badge* m_badge;
    QLabel* m_facts;
    QLabel* m_use;
    BusyBar* m_progress;
    MessageBar* m_message;
    QPushButton* m_grow;
    QPushButton* m_delete;
    QSpinBox* m_size;
    QPushButton* m_growNow;
    QWidget* m_growth;
    QLabel* m_questionText;
    QPushButton* m_deleteNow;
    QPushButton* m_keep;
    QWidget* m_question;
};

} // namespace visgate::ui
