// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/logs/log_source.h"

#include <QPointer>
#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace visgate::ui {

class BusyBar;
class LogSaver;

/// Asks where to, saves whole logs there, shows how far that is and lets it be stopped. Hidden while nothing is saved.
class LogSaveBar final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    LogSaveBar(const UiContext& context, LogSource& source, QWidget* parent = nullptr);
    /// `names` of the deployments name the file too.
    void ask(const QList<DeploymentId>& ids, const QStringList& names);
    [[nodiscard]] bool isSaving() const;

Q_SIGNALS:
    /// What came of it, as a sentence.
    void said(const QString& sentence);
    void savingChanged();

protected:
    void retranslate() override;

private:
    void begin(const QList<DeploymentId>& ids, const QStringList& names, const QString& path);
    void end(const QString& sentence);

    const UiContext& m_context;
    LogSource& m_source;
    QPointer<LogSaver> m_saver;
    QLabel* m_label;
    BusyBar* m_share;
    QPushButton* m_cancel;
};

/// "SDXL Turbo 2026-12-01.txt": a name that every system takes for a file.
[[nodiscard]] QString logFileName(const QString& name, const QDate& date);

} // namespace visgate::ui
