// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keychain_store.h"

#include "core/secrets/platform/keychain_gate.h"

#include <QCoroFuture>
#include <QFuture>
#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A keychain that has not said in so long how it stands does not answer.
constexpr std::chrono::milliseconds kSilence{5000};

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

template <typename T> T* keyed(T* job, const QString& name)
{
    job->setKey(name);
    return job;
}

// Waits for the job. Null when it timed out (it then looks after itself).
template <typename T> QCoro::Task<Result<JobPointer<T>>> finished(T* job, std::chrono::milliseconds timeout)
{
    const QFuture<Ending> future = start(job, timeout);
    const Ending ending = co_await future;
    if (ending == Ending::TimedOut)
        co_return fail(ErrorCode::KeychainLocked, "the keychain did not answer in time");
    co_return JobPointer<T>(job);
}

/// Whether to ask once more: a keychain that was started anew since refuses what comes by the old connection.
template <typename T> bool isRefusedAsAStranger(const Result<JobPointer<T>>& done, platform::KeychainGate* gate)
{
    if (gate == nullptr || !done || (*done)->error() != QKeychain::OtherError)
        return false;
    gate->reconnect();
    return true;
}

/// Also the copy that the job, which shares the buffer, still has.
void scrubShared(const QByteArray& bytes)
{
    std::fill_n(const_cast<volatile char*>(bytes.constData()), bytes.size(), '\0');
}

/// QtKeychain picks KWallet on a KDE desktop and the Secret Service elsewhere.
bool usesKWallet()
{
#if defined(Q_OS_MACOS) || defined(Q_OS_WIN)
    return false;
#else
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1);
#endif
}

} // namespace

KeychainStore::KeychainStore(QString service, std::chrono::milliseconds timeout)
    : m_service(std::move(service)), m_timeout(timeout),
      m_gate(usesKWallet() ? nullptr : platform::makeKeychainGate(std::min(timeout, kSilence)))
{
}

KeychainStore::~KeychainStore() = default;

QCoro::Task<Result<std::optional<Secret>>> KeychainStore::read(QString name)
{
    bool isThere = false;
    if (m_gate) {
        auto entry = co_await m_gate->look(m_service, name);
        if (!entry)
            co_return fail(std::move(entry.error()));
        if (*entry == platform::KeychainGate::Entry::Absent)
            co_return std::optional<Secret>();
        if (*entry == platform::KeychainGate::Entry::Locked)
            co_return fail(ErrorCode::KeychainLocked, "the keychain is locked");
        isThere = true;
    }
    auto done = co_await finished(keyed(new QKeychain::ReadPasswordJob(m_service), name), m_timeout);
    if (isRefusedAsAStranger(done, m_gate.get()))
        done = co_await finished(keyed(new QKeychain::ReadPasswordJob(m_service), name), m_timeout);
    if (!done)
        co_return fail(std::move(done.error()));
    if ((*done)->error() == QKeychain::EntryNotFound && !isThere)
        co_return std::optional<Secret>();
    if ((*done)->error() != QKeychain::NoError)
        co_return fail(keychainError(**done));
    const QByteArray bytes = (*done)->binaryData();
    Secret secret(bytes.toStdString());
    scrubShared(bytes);
    co_return std::optional<Secret>(std::move(secret));
}

QCoro::Task<Result<void>> KeychainStore::write(QString name, Secret value)
{
    const auto timeout = m_timeout;
    const QString service = m_service;
    if (m_gate) {
        auto writable = co_await m_gate->mayWrite();
        if (!writable)
            co_return writable;
    }
    const std::string_view text = value.reveal();
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const auto writing = [&] {
        auto* job = keyed(new QKeychain::WritePasswordJob(service), name);
        job->setBinaryData(bytes);
        return job;
    };
    auto written = co_await finished(writing(), timeout);
    if (isRefusedAsAStranger(written, m_gate.get()))
        written = co_await finished(writing(), timeout);
    scrubShared(bytes);
    if (!written)
        co_return fail(std::move(written.error()));
    if ((*written)->error() != QKeychain::NoError)
        co_return fail(keychainError(**written));

    auto read = co_await finished(keyed(new QKeychain::ReadPasswordJob(service), name), timeout);
    if (!read)
        co_return fail(std::move(read.error()));
    const QByteArray kept = (*read)->binaryData();
    const bool isSame = (*read)->error() == QKeychain::NoError
        && value.equals(std::string_view(kept.constData(), static_cast<std::size_t>(kept.size())));
    scrubShared(kept);
    if (!isSame)
        co_return fail(ErrorCode::KeychainUnavailable, "what was written did not read back");
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeychainStore::remove(QString name)
{
    if (m_gate) {
        auto entry = co_await m_gate->look(m_service, name);
        if (!entry)
            co_return fail(std::move(entry.error()));
        if (*entry == platform::KeychainGate::Entry::Absent)
            co_return Result<void>();
        if (*entry == platform::KeychainGate::Entry::Locked)
            co_return fail(ErrorCode::KeychainLocked, "the keychain is locked");
    }
    auto done = co_await finished(keyed(new QKeychain::DeletePasswordJob(m_service), name), m_timeout);
    if (isRefusedAsAStranger(done, m_gate.get()))
        done = co_await finished(keyed(new QKeychain::DeletePasswordJob(m_service), name), m_timeout);
    if (!done)
        co_return fail(std::move(done.error()));
    if ((*done)->error() != QKeychain::NoError && (*done)->error() != QKeychain::EntryNotFound)
        co_return fail(keychainError(**done));
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeychainStore::probe()
{
    if (m_gate) {
        auto writable = co_await m_gate->mayWrite();
        co_return writable;
    }
    auto read = co_await this->read(u"probe"_s);
    if (!read)
        co_return fail(std::move(read.error()));
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeychainStore::unlock(std::chrono::milliseconds patience)
{
    if (m_gate) {
        auto unlocked = co_await m_gate->unlock(m_service, patience);
        co_return unlocked;
    }
    auto works = co_await probe();
    co_return works;
}

void KeychainStore::giveUp()
{
    if (m_gate)
        m_gate->giveUp();
}

QString KeychainStore::backendName() const
{
#if defined(Q_OS_MACOS)
    return u"Keychain"_s;
#elif defined(Q_OS_WIN)
    return u"Credential Store"_s;
#else
    return usesKWallet() ? u"KWallet"_s : u"Secret Service"_s;
#endif
}

} // namespace visgate
