// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/provider_sessions.h"

#include "core/base/answer.h"
#include "core/base/settings.h"
#include "core/foundation/redactor.h"

#include <QCoroFuture>
#include <QThreadPool>

#include <utility>

namespace visgate {

struct ProviderSessions::Account {
    TargetAddress address;
    std::shared_ptr<const Secret> key;
    QString userHash;
    std::unique_ptr<Provider> provider;
    std::unique_ptr<ModelSource> models;
    std::unique_ptr<ImageRegistry> images;
    std::optional<QFuture<Result<void>>> opening;
    StorageKeys volumeKeys; ///< practice tells its own
    quint64 closings = 0;
    bool isDoubted = false;
};

ProviderSessions::ProviderSessions(
    const EngineConfig& config, Settings& settings, const AccountBook& book, StoredKeys& keys)
    : m_config(config), m_settings(settings), m_book(book), m_keys(keys), m_pool(std::make_unique<QThreadPool>())
{
    m_pool->setMaxThreadCount(1);
    m_registry = m_config.makeModels(cloudAddress());
}

ProviderSessions::~ProviderSessions()
{
    m_pool->waitForDone();
}

TargetAddress ProviderSessions::cloudAddress() const
{
    const SettingsTable& table = Settings::table();
    return {QUrl(m_settings.value(table.runpodRestUrl)), QUrl(m_settings.value(table.runpodQueueUrl)),
        QUrl(m_settings.value(table.hubUrl)), QUrl(m_settings.value(table.imageRegistryUrl)),
        m_settings.value(table.runpodVolumesUrl), QUrl(m_settings.value(table.runpodGraphqlUrl))};
}

void ProviderSessions::stop()
{
    m_stopped = true;
    m_ending.cancel();
    for (const auto& [ref, account] : m_accounts)
        close(ref);
    m_registry->stop();
}

ProviderSessions::Account& ProviderSessions::of(const AccountRef& ref) const
{
    std::unique_ptr<Account>& account = m_accounts[ref];
    if (!account)
        account = std::make_unique<Account>();
    return *account;
}

bool ProviderSessions::isOpen(const AccountRef& account) const
{
    return of(account).provider != nullptr;
}

Provider* ProviderSessions::provider(const AccountRef& account)
{
    return of(account).provider.get();
}

ModelSource* ProviderSessions::models(const AccountRef& account)
{
    return of(account).models.get();
}

ImageRegistry* ProviderSessions::images(const AccountRef& account)
{
    return of(account).images.get();
}

StorageKeys ProviderSessions::practiceVolumeKeys() const
{
    return of(AccountId::practice()).volumeKeys;
}

TargetAddress ProviderSessions::addressOf(const AccountId& target) const
{
    return of(target).address;
}

QString ProviderSessions::userHash(const AccountRef& account) const
{
    return of(account).userHash;
}

QUrl ProviderSessions::hubUrl(const AccountId& target) const
{
    return addressOf(target).hub;
}

quint64 ProviderSessions::closings(const AccountRef& account) const
{
    return of(account).closings;
}

double ProviderSessions::practiceSpeed() const
{
    return m_practiceSpeed > 0.0 ? m_practiceSpeed : m_settings.value(Settings::table().practiceSpeed);
}

QString ProviderSessions::addGuest(const AccountId& target, std::shared_ptr<const Secret> key)
{
    m_config.redactor->addSecret(key->reveal());
    AccountRef ref(target, QString::fromStdString(key->sha256Hex()));
    m_guestKeys[ref] = std::move(key);
    return ref.guest;
}

bool ProviderSessions::hasGuest(const AccountId& target, const QString& userHash) const
{
    return m_guestKeys.contains(AccountRef(target, userHash));
}

void ProviderSessions::close(const AccountRef& ref)
{
    Account& account = of(ref);
    ++account.closings;
    // Ending the calls under way lets their callers go on at once, and they may open the account again: so it is
    // closed before the first of them is told.
    const std::unique_ptr<ImageRegistry> images = std::move(account.images);
    const std::unique_ptr<ModelSource> models = std::move(account.models);
    const std::unique_ptr<Provider> provider = std::move(account.provider);
    account.key.reset();
}

void ProviderSessions::doubt(const AccountRef& ref)
{
    of(ref).isDoubted = true;
}

void ProviderSessions::use(const AccountRef& ref, TargetAddress address, std::shared_ptr<const Secret> key)
{
    Account& account = of(ref);
    account.isDoubted = false;
    if (account.provider && account.address == address && account.key->equals(key->reveal()))
        return;
    m_config.redactor->addSecret(key->reveal());
    close(ref);
    account.address = address;
    account.key = key;
    account.userHash = QString::fromStdString(key->sha256Hex());
    account.models = m_config.makeModels(address);
    account.images
        = std::make_unique<ImageRegistry>(address.registry, HttpClientSettings::loggingTo(m_config.log.network));
    account.provider = m_config.makeProvider(ref.target, address, std::move(key));
}

Task<Result<void>> ProviderSessions::open(AccountRef ref, double speed)
{
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    if (auto known = m_book.checkKnown(ref.target); !known)
        co_return known;
    Account& account = of(ref);
    if (isOpen(ref) && !account.isDoubted && (!ref.target.isPractice() || speed <= 0.0))
        co_return Result<void>();
    // One opening at a time: a second one would replace what the first one's caller has begun to use.
    if (account.opening) {
        const QFuture<Result<void>> future = *account.opening;
        auto outcome = co_await future;
        co_return outcome;
    }
    Answer<void> answer;
    account.opening = answer.future();
    auto outcome = co_await openNow(ref, speed);
    account.opening.reset();
    answer.give(outcome);
    co_return outcome;
}

QFuture<Result<PracticeAddress>> ProviderSessions::startPractice(double speed)
{
    auto answer = std::make_shared<Answer<PracticeAddress>>();
    QFuture<Result<PracticeAddress>> future = answer->future();
    m_pool->start([answer = std::move(answer), begin = m_config.startPractice, speed, cancel = m_ending] {
        answer->give(begin(speed, cancel));
    });
    return future;
}

Task<Result<void>> ProviderSessions::openNow(AccountRef ref, double speed)
{
    if (!ref.guest.isEmpty()) {
        use(ref, cloudAddress(), m_guestKeys.at(ref));
        co_return Result<void>();
    }
    if (ref.target.isPractice()) {
        auto opened = co_await openPractice(speed);
        co_return opened;
    }
    if (!m_book.descriptor(ref.target).needsKey) {
        use(ref, cloudAddress(), std::make_shared<const Secret>(std::string()));
        co_return Result<void>();
    }
    const quint64 before = closings(ref);
    auto key = co_await m_keys.load(keyEntry(ref.target));
    if (!key)
        co_return fail(std::move(key.error()));
    if (!*key)
        co_return fail(ErrorCode::KeyMissing);
    // Replaced or removed while the keychain answered: what it told is not the account's key any more.
    if (m_stopped || closings(ref) != before || !m_book.checkKnown(ref.target))
        co_return fail(ErrorCode::Cancelled);
    use(ref, cloudAddress(), std::move(*key));
    co_return Result<void>();
}

Task<Result<void>> ProviderSessions::openPractice(double speed)
{
    if (speed > 0.0)
        m_practiceSpeed = speed;
    const QFuture<Result<PracticeAddress>> starting = startPractice(speed);
    auto practice = co_await starting;
    if (!practice)
        co_return fail(std::move(practice.error()));
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    const AccountRef ref(AccountId::practice());
    use(ref, practice->address, practice->key);
    if (practice->volumeKeys.secretKey)
        m_config.redactor->addSecret(practice->volumeKeys.secretKey->reveal());
    of(ref).volumeKeys = practice->volumeKeys;
    co_return Result<void>();
}

} // namespace visgate
