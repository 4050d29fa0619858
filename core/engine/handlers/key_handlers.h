// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/request.h"
#include "core/domain/deployment/worker_image.h"
#include "core/engine/context/engine_context.h"

#include <QList>
#include <QString>

namespace visgate {

class AccountKeys;
class DeploymentTable;
class Handlers;
class SpendWatch;
class StoredKeys;
struct CheckKey;
struct ForgetKey;
struct SetKey;

/// Keys, the worker image, and how the program itself is. Engine thread only.
class KeyHandlers {
public:
    KeyHandlers(EngineContext& context, AccountKeys& keys, StoredKeys& stored, const DeploymentTable& table,
        SpendWatch& spendWatch)
        : m_context(context), m_keys(keys), m_stored(stored), m_table(table), m_spendWatch(spendWatch)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<QList<KeyState>>> list();
    Task<Result<KeyState>> set(SetKey op);
    Task<Result<void>> check(CheckKey op);
    Task<Result<void>> forget(ForgetKey op);
    Task<Result<void>> unlockKeychain();
    Task<Result<WorkerImage>> workerImage();
    Task<Result<void>> setWorkerImage(QString image);
    Task<Result<EngineHealth>> health();

    EngineContext& m_context;
    AccountKeys& m_keys;
    StoredKeys& m_stored;
    const DeploymentTable& m_table;
    SpendWatch& m_spendWatch;
};

} // namespace visgate
