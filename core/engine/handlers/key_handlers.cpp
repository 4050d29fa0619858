// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/key_handlers.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/handlers/spend_watch.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/foundation/file_error.h"
#include "core/operations/handlers.h"
#include "core/operations/keys.h"

#include <utility>

namespace visgate {

void KeyHandlers::addTo(Handlers& handlers)
{
    ProviderSessions& accounts = m_context.accounts;
    handlers.add<ListKeys>([this](ListKeys) { return list(); });
    handlers.add<SetKey>([this](SetKey op) { return set(std::move(op)); });
    handlers.add<CheckKey>([&accounts](CheckKey op) { return accounts.checkKey(op.kind); });
    handlers.add<ForgetKey>([this](ForgetKey op) { return forget(op.kind); });
    handlers.add<TryKey>([&accounts](TryKey op) { return accounts.tryKey(std::move(op.key)); });
    handlers.add<UnlockKeychain>([this](UnlockKeychain) { return unlockKeychain(); });
    handlers.add<GetWorkerImage>([this](GetWorkerImage) { return workerImage(); });
    handlers.add<SetWorkerImage>([this](SetWorkerImage op) { return setWorkerImage(std::move(op.image)); });
    handlers.add<GetHealth>([this](GetHealth) { return health(); });
}

Task<Result<QList<KeyState>>> KeyHandlers::list()
{
    QList<KeyState> states;
    for (const KeyKind kind : {KeyKind::Runpod, KeyKind::HuggingFace}) {
        auto state = co_await m_context.accounts.keyState(kind);
        states.append(std::move(state));
    }
    co_return states;
}

Task<Result<KeyState>> KeyHandlers::set(SetKey op)
{
    auto state = co_await m_context.accounts.setKey(op.kind, std::move(op.key), op.sessionOnly);
    m_context.watches->of(AccountId::runpod()).forget(); // perhaps another account
    m_table.wakeAll();                                   // those that waited for a key
    co_return state;
}

Task<Result<void>> KeyHandlers::forget(KeyKind kind)
{
    auto forgotten = co_await m_context.accounts.forgetKey(kind);
    m_context.watches->of(AccountId::runpod()).forget();
    co_return forgotten;
}

Task<Result<void>> KeyHandlers::unlockKeychain()
{
    auto unlocked = co_await m_context.accounts.unlockKeychain();
    if (unlocked && !m_context.stopping) {
        m_context.watches->of(AccountId::runpod()).refresh();
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
    auto health = co_await m_context.accounts.secretsHealth();
    health.storeProblem = m_context.storeProblem;
    co_return health;
}

} // namespace visgate
