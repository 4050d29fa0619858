// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/ids.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QList>
#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace visgate::ui {

class LogDelegate;
class LogFeed;
class LogFilterBar;
class LogFindBar;
class LogItems;
class LogSaveBar;
class LogSource;
class LogView;

/// The live log of one deployment, or of several by time: one line a row, follows its end unless somebody reads
/// elsewhere; filters, finds, copies and saves. GUI thread.
class LogPanel final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit LogPanel(const UiContext& context, QWidget* parent = nullptr);
    /// Of several, each line names its own.
    void setDeployments(const QList<DeploymentId>& ids);
    /// Chooses the line nearest to that moment and stops following; reads it from the store where it is not held.
    void goTo(TimePoint moment);
    /// The filters are behind a button; a screen that is about the log may have them open from the start.
    void setFiltersShown(bool shown);

Q_SIGNALS:
    /// The user has pressed a line, or Enter on it.
    void momentChosen(visgate::TimePoint moment);

protected:
    void retranslate() override;

private:
    enum class Jump { None, Here, Forward, Backward }; ///< to a match, once it is known where the matches are

    void layOut();
    [[nodiscard]] QWidget* makeEmpty();
    void addActions();
    QAction* addAct(
        const QString& objectName, const QKeySequence& keys, Qt::ShortcutContext where, void (LogPanel::*act)());
    void connectParts();
    void askNames();
    void takeName(const DeploymentId& id, const QString& modelId);
    void showNames();
    void showState();
    void showEmptyState();
    void showEndButton();
    void showWhole();
    /// Few lines of many pass the filter: those before are worth a look.
    void loadMoreForFilter();
    void showMoment(TimePoint moment);
    void follow(bool wanted);
    void goToEnd();
    void copy();
    void copyAround();
    void save();
    void openFind();
    void findNext() { jump(Jump::Forward); }
    void findPrevious() { jump(Jump::Backward); }
    void jump(Jump how);
    void emptyAct();
    /// A quiet sentence below the lines, for eyes and for screen readers.
    void say(const QString& sentence);

    const UiContext& m_context;
    LogSource* m_source;
    LogItems* m_items;
    LogFeed* m_feed;
    QStringList m_titles;                         ///< of the deployments, in their order; ids until they are known
    QList<std::pair<QString, QString>> m_presets; ///< model ids and their titles
    Jump m_jump = Jump::None;
    int m_unseen = 0; ///< lines that came while somebody read elsewhere
    QTimer m_refresh; ///< what is shown around the lines, once for many changes

    QLabel* m_title;
    QCheckBox* m_follow;
    QPushButton* m_find;
    QPushButton* m_filter;
    QPushButton* m_copy;
    QPushButton* m_save;
    LogFilterBar* m_filterBar;
    LogFindBar* m_findBar;
    LogView* m_list;
    LogDelegate* m_delegate;
    QLabel* m_empty;
    QPushButton* m_emptyButton;
    QStackedWidget* m_stack;
    QPushButton* m_end;
    QPlainTextEdit* m_whole; ///< a line that is too long for the list
    QLabel* m_notice;
    LogSaveBar* m_saveBar;
    QAction* m_copyAction = nullptr;
    QAction* m_copyAroundAction = nullptr;
    QAction* m_findAction = nullptr;
    QAction* m_nextAction = nullptr;
    QAction* m_previousAction = nullptr;
    QAction* m_saveAction = nullptr;
};

} // namespace visgate::ui
