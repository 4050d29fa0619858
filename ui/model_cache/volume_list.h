// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QVBoxLayout;

namespace visgate::ui {

class BusyBar;
class MessageBar;
class ModelItems;
class VolumeRow;

/// The volumes at a provider and what they cost together. Looks again by itself while one is being filled.
class VolumeList final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    VolumeList(const UiContext& context, const ModelItems& models, QWidget* parent = nullptr);
    void setTarget(AccountId target);
    void reload();

Q_SIGNALS:
    void loaded(const QList<visgate::ModelVolume>& volumes);
    /// The filling stopped; the user wants it to go on.
    void fillRequested(const QString& modelId, const visgate::VolumeId& volume);
    /// Nothing can be listed without a provider's key.
    void keyRequested();

protected:
    void retranslate() override;

private:
    void take(const QList<ModelVolume>& volumes);
    void showRows();
    [[nodiscard]] VolumeRow* makeRow(const VolumeId& id);
    [[nodiscard]] VolumeRow* rowOf(const VolumeId& id) const;
    void grow(const VolumeId& id, int sizeGb);
    void remove(const VolumeId& id);
    /// A wish about this volume has come to its end.
    void end(const VolumeId& id, const Result<void>& wish);
    void report(const Error& error);

    const UiContext& m_context;
    const ModelItems& m_models;
    AccountId m_target = AccountId::practice();
    std::optional<QList<ModelVolume>> m_volumes; ///< none: not known yet
    quint64 m_question = 0;
    QTimer m_again;
    QLabel* m_title;
    QLabel* m_total;
    BusyBar* m_busy;
    MessageBar* m_message;
    QVBoxLayout* m_rows;
};

} // namespace visgate::ui
