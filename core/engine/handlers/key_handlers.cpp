// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/key_handlers.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/engine/context/account_book.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/handlers/spend_watch.h"
#include "core/engine/sessions/account_keys.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/stored_keys.h"
#include "core/foundation/file_error.h"
#include "core/operations/handlers.h"
#include "core/operations/keys.h"

#include <utility>

namespace visgate {

void KeyHandlers::addTo(Handlers& handlers)
{
    handlers.add<ListKeys>([this](ListKeys) { return list(); });
    handlers.add<SetKey>([this](SetKey op) { return set(std::move(op)); });
    handlers.add<CheckKey>([this](CheckKey op) { return check(std::move(op)); });
    handlers.add<ForgetKey>([this](ForgetKey op) { return forget(std::move(op)); });
    handlers.add<TryKey>([this](TryKey op) { return m_keys.tryKey(std::move(op.key)); });
    handlers.add<UnlockKeychain>([this](UnlockKeychain) { return unlockKeychain(); });
    handlers.add<GetWorkerImage>([this](GetWorkerImage) { return workerImage(); });
    handlers.add<SetWorkerImage>([this](SetWorkerImage op) { return setWorkerImage(std::move(op.image)); });
    handlers.add<GetHealth>([this](GetHealth) { return health(); });
}

Task<Result<QList<KeyState>>> KeyHandlers::list()
{
    QList<KeyState> states;
    const QList<ProviderAccount> accounts = m_context.book.all();
    for (const ProviderAccount& account : accounts) {
        if (!account.provider.needsKey)
            continue;
        auto state = co_await m_keys.accountKey(account.id);
        states.append(std::move(state));
    }
    auto hub = co_await m_keys.hubToken();
    states.append(std::move(hub));
    co_return states;
}

Task<Result<KeyState>> KeyHandlers::set(SetKey op)
{
    if (op.kind == KeyKind::HuggingFace) {
        auto token = co_await m_keys.setHubToken(std::move(op.key), op.sessionOnly);
        m_table.wakeAll(); // those that waited for it
        co_return token;
    }
    auto state = co_await m_keys.setAccountKey(op.account, std::move(op.key), op.sessionOnly);
    m_context.watches->of(op.account).forget(); // perhaps another account
    m_table.wakeAll();                          // those that waited for a key
    co_return state;
}

Task<Result<void>> KeyHandlers::check(CheckKey op)
{
    return op.kind == KeyKind::HuggingFace ? m_keys.checkHubToken() : m_keys.checkAccountKey(std::move(op.account));
}

Task<Result<void>> KeyHandlers::forget(ForgetKey op)
{
    if (op.kind == KeyKind::HuggingFace) {
        auto token = co_await m_keys.forgetHubToken();
        co_return token;
    }
    auto forgotten = co_await m_keys.forgetAccountKey(op.account);
    m_context.watches->of(op.account).forget();
    co_return forgotten;
}

Task<Result<void>> KeyHandlers::unlockKeychain()
{
    auto unlocked = co_await m_stored.unlock();
    if (unlocked && !m_context.stopping) {
        const QList<ProviderAccount> accounts = m_context.book.all();
        for (const ProviderAccount& account : accounts) {
            if (account.provider.needsKey)
                m_context.watches->of(account.id).refresh();
        }
        m_table.wakeAll(); // those that waited for a key
        m_spendWatch.wake();
    }
    co_return unlocked;
}

Task<Result<WorkerImage>> KeyHandlers::workerImage()
{
    const PublicImage& known = m_context.config.publicImage;
    co_return WorkerImage{m_context.settings.value(Settings::table().workerImage), known.reference, known.install};
}

Task<Result<void>> KeyHandlers::setWorkerImage(QString image)
{
    if (image.contains(QChar::Space) || image.size() > 512)
        co_return fail(ErrorCode::InvalidRequest, "worker_image");
    if (!m_context.settings.set(Settings::table().workerImage, image)) {
        const QString file = Paths{m_context.config.dataFolder, {}, {}}.settings();
        co_return fail(fileError(ErrorCode::FileUnwritable, file.toStdString()));
    }
    co_return Result<void>();
}

Task<Result<EngineHealth>> KeyHandlers::health()
{
    auto health = co_await m_stored.health();
    health.storeProblem = m_context.storeProblem;
    co_return health;
}

} // namespace visgate
