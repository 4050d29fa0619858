// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, the worker image, and how the program itself is.
#include "core/engine/handlers/engine_parts.h"
#include "core/foundation/file_error.h"
#include "core/operations/keys.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

Task<Result<QList<KeyState>>> EngineCore::keys()
{
    QList<KeyState> states;
    for (const KeyKind kind : {KeyKind::Runpod, KeyKind::HuggingFace}) {
        auto state = co_await m_parts->accounts.keyState(kind);
        states.append(std::move(state));
    }
    co_return states;
}

Task<Result<KeyState>> EngineCore::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    auto state = co_await m_parts->accounts.setKey(kind, std::move(key), sessionOnly);
    m_parts->watches.of(Target::Runpod).forget(); // perhaps another account
    m_parts->table.wakeAll();                                    // those that waited for a key
    co_return state;
}

Task<Result<void>> EngineCore::checkKey(KeyKind kind)
{
    auto checked = co_await m_parts->accounts.checkKey(kind);
    co_return checked;
}

Task<Result<void>> EngineCore::forgetKey(KeyKind kind)
{
    auto forgotten = co_await m_parts->accounts.forgetKey(kind);
    m_parts->watches.of(Target::Runpod).forget();
    co_return forgotten;
}

Task<Result<void>> EngineCore::unlockKeychain()
{
    auto unlocked = co_await m_parts->accounts.unlockKeychain();
    if (unlocked && !m_context->stopping) {
        m_parts->watches.of(Target::Runpod).refresh();
        m_parts->table.wakeAll(); // those that waited for a key
        m_parts->spendWatch.wake();
    }
    co_return unlocked;
}

Task<Result<QString>> EngineCore::workerImage()
{
    co_return m_parts->settings.value(Settings::table().workerImage);
}

Task<Result<void>> EngineCore::setWorkerImage(QString image)
{
    if (image.contains(QChar::Space) || image.size() > 512)
        co_return fail(ErrorCode::InvalidRequest, "worker_image");
    if (!m_parts->settings.set(Settings::table().workerImage, image))
        co_return fail(
            fileError(ErrorCode::FileUnwritable, Paths{m_config.dataFolder, {}, {}}.settings().toStdString()));
    co_return Result<void>();
}

void EngineCore::setCallbackAddress(std::optional<CallbackAddress> address)
{
    whenStarted([this, address = std::move(address)](const Result<void>& started) {
        if (started && m_context)
            m_context->callback = address;
    });
}

Task<Result<EngineHealth>> EngineCore::health()
{
    auto health = co_await m_parts->accounts.secretsHealth();
    health.storeProblem = m_context->storeProblem;
    co_return health;
}

Task<Result<KeyVerdict>> EngineCore::tryKey(std::shared_ptr<const Secret> key)
{
    auto verdict = co_await m_parts->accounts.tryKey(std::move(key));
    co_return verdict;
}

void EngineCore::handleKeys()
{
    m_handlers.add<ListKeys>([this](ListKeys) { return keys(); });
    m_handlers.add<SetKey>([this](SetKey op) { return setKey(op.kind, std::move(op.key), op.sessionOnly); });
    m_handlers.add<CheckKey>([this](CheckKey op) { return checkKey(op.kind); });
    m_handlers.add<ForgetKey>([this](ForgetKey op) { return forgetKey(op.kind); });
    m_handlers.add<TryKey>([this](TryKey op) { return tryKey(std::move(op.key)); });
    m_handlers.add<UnlockKeychain>([this](UnlockKeychain) { return unlockKeychain(); });
    m_handlers.add<GetWorkerImage>([this](GetWorkerImage) { return workerImage(); });
    m_handlers.add<SetWorkerImage>([this](SetWorkerImage op) { return setWorkerImage(std::move(op.image)); });
    m_handlers.add<GetHealth>([this](GetHealth) { return health(); });
}

} // namespace visgate
