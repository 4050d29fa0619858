// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keychain_store.h"

#include "core/foundation/ids.h"

#include <QCoroFuture>
#include <QFuture>
#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <memory>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

enum class Ending { Finished, TimedOut };

// The job deletes itself when it ends, which after a time-out may be much later or never.
QFuture<Ending> start(QKeychain::Job* job, std::chrono::milliseconds timeout)
{
    const auto promise = std::make_shared<QPromise<Ending>>();
    promise->start();
    auto* deadline = new QTimer(job);
    const auto end = [promise, deadline](Ending ending) {
        deadline->stop();
        promise->addResult(ending);
        promise->finish();
    };
    QObject::connect(job, &QKeychain::Job::finished, deadline, [end] { end(Ending::Finished); });
    QObject::connect(deadline, &QTimer::timeout, job, [job, deadline, end] {
        QObject::disconnect(job, &QKeychain::Job::finished, deadline, nullptr);
        job->setAutoDelete(true);
        end(Ending::TimedOut);
    });
    deadline->setSingleShot(true);
    deadline->start(timeout);
    job->setAutoDelete(false);
    job->start();
    return promise->future();
}

Error keychainError(const QKeychain::Job& job)
{
    // Without any service QtKeychain says OtherError, not NoBackendAvailable.
    const bool refused = job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser;
    return Error{refused ? ErrorCode::KeychainLocked : ErrorCode::KeychainUnavailable, job.errorString().toStdString(),
        0, {}, {}};
}

struct DeleteJobLater {
    void operator()(QKeychain::Job* job) const { job->deleteLater(); }
};
template <typename T> using JobPointer = std::unique_ptr<T, DeleteJobLater>;

// Waits for the job. Null when it timed out (it then looks after itself).
template <typename T> QCoro::Task<Result<JobPointer<T>>> finished(T* job, std::chrono::milliseconds timeout)
{
    const QFuture<Ending> future = start(job, timeout);
    const Ending ending = co_await future;
    if (ending == Ending::TimedOut)
        co_return fail(ErrorCode::KeychainLocked, "the keychain did not answer in time");
    co_return JobPointer<T>(job);
}

} // namespace

KeychainStore::KeychainStore(QString service, std::chrono::milliseconds timeout)
    : m_service(std::move(service)), m_timeout(timeout)
{
}

QCoro::Task<Result<std::optional<Secret>>> KeychainStore::read(QString name)
{
    auto* job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(name);
    auto done = co_await finished(job, m_timeout);
    if (!done)
        co_return fail(std::move(done.error()));
    if ((*done)->error() == QKeychain::EntryNotFound)
        co_return std::optional<Secret>();
    if ((*done)->error() != QKeychain::NoError)
        co_return fail(keychainError(**done));
    QByteArray bytes = (*done)->binaryData();
    Secret secret(bytes.toStdString());
    bytes.fill('\0');
    co_return std::optional<Secret>(std::move(secret));
}

QCoro::Task<Result<void>> KeychainStore::write(QString name, Secret value)
{
    const auto timeout = m_timeout;
    const QString service = m_service;
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setKey(name);
    const std::string_view bytes = value.reveal();
    job->setBinaryData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    auto written = co_await finished(job, timeout);
    if (!written)
        co_return fail(std::move(written.error()));
    if ((*written)->error() != QKeychain::NoError)
        co_return fail(keychainError(**written));

    auto* check = new QKeychain::ReadPasswordJob(service);
    check->setKey(name);
    auto read = co_await finished(check, timeout);
    if (!read)
        co_return fail(std::move(read.error()));
    if ((*read)->error() != QKeychain::NoError || !value.equals((*read)->binaryData().toStdString()))
        co_return fail(ErrorCode::KeychainUnavailable, "what was written did not read back");
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeychainStore::remove(QString name)
{
    auto* job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(name);
    auto done = co_await finished(job, m_timeout);
    if (!done)
        co_return fail(std::move(done.error()));
    if ((*done)->error() != QKeychain::NoError && (*done)->error() != QKeychain::EntryNotFound)
        co_return fail(keychainError(**done));
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeychainStore::probe()
{
    // "Not found" on a read can mean "no service", so only a write tells.
    const QString name = u"probe-"_s + QString::fromStdString(randomHex(4));
    Secret value(randomHex(8));
    auto written = co_await write(name, std::move(value));
    if (!written)
        co_return written;
    auto removed = co_await remove(name);
    co_return removed;
}

QString KeychainStore::backendName() const
{
#if defined(Q_OS_MACOS)
    return u"Keychain"_s;
#elif defined(Q_OS_WIN)
    return u"Credential Store"_s;
#else
    // QtKeychain picks KWallet on a KDE desktop and the Secret Service elsewhere.
    const QString desktop = qEnvironmentVariable("XDG_CURRENT_DESKTOP");
    return desktop.split(u':').contains("KDE"_L1) ? u"KWallet"_s : u"Secret Service"_s;
#endif
}

} // namespace visgate
