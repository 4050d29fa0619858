// SPDX-License-Identifier: GPL-3.0-or-later
// specifications.freedesktop.org/secret-service: the part of it that tells what is locked.
#include "core/secrets/platform/linux/secret_service.h"

#include <QCoroFuture>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusReply>
#include <QLibrary>
#include <QTimer>
#include <QUuid>

#include <utility>

namespace visgate::platform {

using namespace Qt::Literals::StringLiterals;

namespace {

using StringMap = QMap<QString, QString>;

constexpr auto kService = "org.freedesktop.secrets"_L1;
constexpr auto kServicePath = "/org/freedesktop/secrets"_L1;
constexpr auto kInterface = "org.freedesktop.Secret.Service"_L1;

QDBusMessage message(const QDBusObjectPath& path, const QString& interface, const QString& method)
{
    return QDBusMessage::createMethodCall(kService, path.path(), interface, method);
}

QDBusMessage message(const QString& method)
{
    return message(QDBusObjectPath(kServicePath), kInterface, method);
}

Error errorOf(const QDBusError& error)
{
    const bool isSilent = error.type() == QDBusError::NoReply || error.type() == QDBusError::Timeout
        || error.type() == QDBusError::TimedOut;
    return Error{isSilent ? ErrorCode::KeychainLocked : ErrorCode::KeychainUnavailable,
        isSilent ? "the keychain did not answer in time" : error.message().toStdString(), 0, {}, {}};
}

Error lockedError()
{
    return Error{ErrorCode::KeychainLocked, "the keychain is locked", 0, {}, {}};
}

bool isNothing(const QDBusObjectPath& path)
{
    return path.path().isEmpty() || path.path() == "/"_L1;
}

} // namespace

PromptAnswer::PromptAnswer()
{
    m_promise.start();
}

void PromptAnswer::completed(bool dismissed, const QDBusVariant&)
{
    answer(!dismissed);
}

void PromptAnswer::giveUp()
{
    answer(false);
}

void PromptAnswer::answer(bool agreed)
{
    if (std::exchange(m_answered, true))
        return;
    m_promise.addResult(agreed);
    m_promise.finish();
}

SecretService::SecretService(std::chrono::milliseconds timeout)
    : m_connection(u"visgate-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)), m_timeout(timeout)
{
    qDBusRegisterMetaType<StringMap>();
}

SecretService::~SecretService()
{
    QDBusConnection::disconnectFromBus(m_connection);
}

Result<QDBusConnection> SecretService::bus()
{
    QDBusConnection connection(m_connection);
    if (connection.isConnected())
        return connection;
    QDBusConnection::disconnectFromBus(m_connection);
    // Never one that is started for us: it would have no keyring in it.
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (address.isEmpty())
        return fail(ErrorCode::KeychainUnavailable, "there is no session bus");
    connection = QDBusConnection::connectToBus(address, m_connection);
    if (!connection.isConnected())
        return fail(ErrorCode::KeychainUnavailable, connection.lastError().message().toStdString());
    return connection;
}

QCoro::Task<Result<QDBusMessage>> SecretService::call(QDBusMessage message)
{
    auto connection = bus();
    if (!connection)
        co_return fail(std::move(connection.error()));
    const auto promise = std::make_shared<QPromise<QDBusMessage>>();
    promise->start();
    const QFuture<QDBusMessage> future = promise->future();
    auto* const watcher
        = new QDBusPendingCallWatcher(connection->asyncCall(message, static_cast<int>(m_timeout.count())));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [promise](QDBusPendingCallWatcher* done) {
        promise->addResult(done->reply());
        promise->finish();
        done->deleteLater();
    });
    const QDBusMessage reply = co_await future;
    if (reply.type() == QDBusMessage::ErrorMessage)
        co_return fail(errorOf(QDBusError(reply)));
    co_return reply;
}

QCoro::Task<Result<SecretService::Found>> SecretService::search(StringMap attributes)
{
    QDBusMessage question = message(u"SearchItems"_s);
    question << QVariant::fromValue(attributes);
    auto reply = co_await call(question);
    if (!reply)
        co_return fail(std::move(reply.error()));
    Found found;
    found.open = qdbus_cast<QList<QDBusObjectPath>>(reply->arguments().value(0));
    found.locked = qdbus_cast<QList<QDBusObjectPath>>(reply->arguments().value(1));
    co_return found;
}

QCoro::Task<Result<QDBusObjectPath>> SecretService::defaultCollection()
{
    QDBusMessage question = message(u"ReadAlias"_s);
    question << u"default"_s;
    auto reply = co_await call(question);
    if (!reply)
        co_return fail(std::move(reply.error()));
    co_return qdbus_cast<QDBusObjectPath>(reply->arguments().value(0));
}

QCoro::Task<Result<SecretService::Collection>> SecretService::defaultState()
{
    auto collection = co_await defaultCollection();
    if (!collection)
        co_return fail(std::move(collection.error()));
    if (isNothing(*collection))
        co_return Collection::None;
    QDBusMessage question = message(*collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    auto reply = co_await call(question);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const QVariant locked = qdbus_cast<QDBusVariant>(reply->arguments().value(0)).variant();
    co_return locked.toBool() ? Collection::Locked : Collection::Open;
}

QCoro::Task<Result<KeychainGate::Entry>> SecretService::look(QString service, QString name)
{
    StringMap attributes;
    attributes.insert(u"server"_s, service); // as QtKeychain names them
    attributes.insert(u"user"_s, name);
    auto found = co_await search(attributes);
    if (!found)
        co_return fail(std::move(found.error()));
    if (!found->open.isEmpty())
        co_return Entry::Open;
    if (!found->locked.isEmpty())
        co_return Entry::Locked;
    // Not every service tells what a locked collection holds.
    auto state = co_await defaultState();
    if (!state)
        co_return fail(std::move(state.error()));
    co_return *state == Collection::Locked ? Entry::Locked : Entry::Absent;
}

QCoro::Task<Result<void>> SecretService::mayWrite()
{
    auto state = co_await defaultState();
    if (!state)
        co_return fail(std::move(state.error()));
    if (*state != Collection::Open)
        co_return fail(lockedError());
    co_return Result<void>();
}

QCoro::Task<Result<void>> SecretService::unlock(QString service, std::chrono::milliseconds patience)
{
    StringMap attributes;
    attributes.insert(u"server"_s, service);
    auto found = co_await search(attributes);
    if (!found)
        co_return fail(std::move(found.error()));
    auto collection = co_await defaultCollection();
    if (!collection)
        co_return fail(std::move(collection.error()));
    QDBusMessage request;
    if (isNothing(*collection)) {
        // None was ever made: the dialog asks for the password that it shall have.
        request = message(u"CreateCollection"_s);
        request << QVariantMap{{u"org.freedesktop.Secret.Collection.Label"_s, u"Default"_s}} << u"default"_s;
    } else {
        request = message(u"Unlock"_s);
        request << QVariant::fromValue(found->locked + QList<QDBusObjectPath>{*collection});
    }
    auto reply = co_await call(request);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const auto dialog = qdbus_cast<QDBusObjectPath>(reply->arguments().value(1));
    if (!isNothing(dialog)) {
        auto answered = co_await prompt(dialog, patience);
        if (!answered)
            co_return answered;
    }
    auto writable = co_await mayWrite();
    co_return writable;
}

QCoro::Task<Result<void>> SecretService::prompt(QDBusObjectPath dialog, std::chrono::milliseconds patience)
{
    auto connection = bus();
    if (!connection)
        co_return fail(std::move(connection.error()));
    const QString interface = u"org.freedesktop.Secret.Prompt"_s;
    PromptAnswer answer;
    m_dialog = &answer;
    connection->connect(
        kService, dialog.path(), interface, u"Completed"_s, &answer, SLOT(completed(bool, QDBusVariant)));
    QTimer deadline;
    QObject::connect(&deadline, &QTimer::timeout, &answer, &PromptAnswer::giveUp);
    deadline.setSingleShot(true);
    deadline.start(patience);
    QDBusMessage show = message(dialog, interface, u"Prompt"_s);
    show << QString(); // no window of ours is its parent
    auto shown = co_await call(show);
    if (!shown)
        co_return fail(std::move(shown.error()));
    const QFuture<bool> future = answer.agreed();
    const bool agreed = co_await future;
    if (agreed)
        co_return Result<void>();
    connection->send(message(dialog, interface, u"Dismiss"_s)); // nobody waits for it any more
    co_return fail(lockedError());
}

void SecretService::reconnect()
{
    // QtKeychain reads through libsecret, which keeps its session with a service even when another has taken its place.
    using Disconnect = void (*)();
    if (const auto disconnect
        = reinterpret_cast<Disconnect>(QLibrary::resolve(u"secret-1"_s, 0, "secret_service_disconnect")))
        disconnect();
}

void SecretService::giveUp()
{
    if (m_dialog)
        m_dialog->giveUp();
}

std::unique_ptr<KeychainGate> makeKeychainGate(std::chrono::milliseconds timeout)
{
    return std::make_unique<SecretService>(timeout);
}

} // namespace visgate::platform
