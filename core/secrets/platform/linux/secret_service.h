// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/platform/keychain_gate.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>
#include <QMap>
#include <QObject>
#include <QPointer>
#include <QPromise>

namespace visgate::platform {

class PromptAnswer;

/// The Secret Service of the session bus (GNOME Keyring, KeePassXC, ...), asked directly. Its connection is its own
/// and made anew when it is lost, so that a bus or a keyring that comes later is found.
class SecretService final : public KeychainGate {
public:
    explicit SecretService(std::chrono::milliseconds timeout);
    ~SecretService() override;

    QCoro::Task<Result<Entry>> look(QString service, QString name) override;
    QCoro::Task<Result<void>> mayWrite() override;
    QCoro::Task<Result<void>> unlock(QString service, std::chrono::milliseconds patience) override;
    void reconnect() override;
    void giveUp() override;

private:
    struct Found {
        QList<QDBusObjectPath> open;
        QList<QDBusObjectPath> locked;
    };
    enum class Collection { None, Locked, Open };

    [[nodiscard]] Result<QDBusConnection> bus();
    QCoro::Task<Result<QDBusMessage>> call(QDBusMessage message);
    QCoro::Task<Result<Found>> search(QMap<QString, QString> attributes);
    QCoro::Task<Result<QDBusObjectPath>> defaultCollection();
    QCoro::Task<Result<Collection>> defaultState(); ///< of the default collection
    QCoro::Task<Result<void>> prompt(QDBusObjectPath dialog, std::chrono::milliseconds patience);

    QPointer<PromptAnswer> m_dialog; ///< that is open
    QString m_connection;
    std::chrono::milliseconds m_timeout;
};

/// Waits for a dialog's answer.
class PromptAnswer final : public QObject {
    Q_OBJECT

public:
    PromptAnswer();
    [[nodiscard]] QFuture<bool> agreed() const { return m_promise.future(); }

public Q_SLOTS:
    void completed(bool dismissed, const QDBusVariant& result);
    void giveUp();

private:
    void answer(bool agreed);
    QPromise<bool> m_promise;
    bool m_answered = false;
};

} // namespace visgate::platform
