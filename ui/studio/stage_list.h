// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace visgate::ui {

class BusyBar;
class IconLabel;

/// The way from nothing to a picture: six stages, each with its time; the present one counts on, and the model's
/// download shows how far it is.
class StageList final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit StageList(const UiContext& context, QWidget* parent = nullptr);
    void show(const Deployment& deployment);

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Row {
        DeploymentStatus status;
        IconLabel* icon;
        QLabel* name;
        QLabel* time;
    };
    enum class Progress { Ahead, Now, Done, Failed };
    [[nodiscard]] static QString nameOf(DeploymentStatus status);
    [[nodiscard]] int currentRow() const;
    void updateTimer();
    void showDownload();

    const UiContext& m_context;
    Deployment m_deployment;
    QElapsedTimer m_sinceShown;
    QTimer m_tick;
    QList<Row> m_rows;
    BusyBar* m_downloadBar; ///< hidden while nothing is known of a download
    QLabel* m_download;
};

} // namespace visgate::ui
