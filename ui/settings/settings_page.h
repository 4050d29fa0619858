// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QLabel;

namespace visgate::ui {

class AccountCards;
class KeyCard;
class MessageBar;
class Page;
class StorageCard;
class PictureEngineCard;
class WorkerCard;

/// Keys, worker image, storage, language, look.
class SettingsPage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit SettingsPage(const UiContext& context, QWidget* parent = nullptr);
    /// To the field of this account's key, or of the default one's.
    void startAccountKey(const AccountId& account, bool sessionOnly = false);
    void startHubToken();
    /// Asks again which keys there are, and how the keychain stands.
    void reload();
    void startWorkerImage();
    void startPictureEngine();
    void startStorage();
    /// The deployment that was left for something here; empty: none.
    void showWaiting(const QString& title);

Q_SIGNALS:
    /// Back to the sheet of the deployment that waits.
    void sheetWanted();
    /// A key was stored, and nothing waits for it: on to what can be done with it.
    void modelsWanted();
    /// Keys or image changed: what is priced or checked elsewhere may look again.
    void changed();

protected:
    void retranslate() override;

private:
    void unlockKeychain();
    /// Scrolls to the card that somebody was led to, for as long as its field has the focus.
    void lookAt(QWidget* card);
    void followFocus();

    const UiContext& m_context;
    Page* m_page;
    QLabel* m_title;
    MessageBar* m_waiting; ///< above the page, so that it is never out of sight
    QString m_waitingTitle;
    MessageBar* m_keychain;
    AccountCards* m_accounts;
    KeyCard* m_hub;
    PictureEngineCard* m_engine;
    WorkerCard* m_worker;
    StorageCard* m_storage;
    QWidget* m_lookedAt = nullptr;
    QLabel* m_about;
    QPushButton* m_logFolder;
};

} // namespace visgate::ui
