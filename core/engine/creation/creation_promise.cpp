// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/creation_promise.h"

#include "core/base/json.h"
#include "core/engine/context/naming.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/run/endpoint_setup.h"

#include <QCryptographicHash>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What was promised, in one line that changes when anything in it does. Secrets are not part of it.
QString digestOf(const EndpointSpec& spec)
{
    const QJsonObject facts{{u"name"_s, spec.name}, {u"image"_s, spec.image}, {u"pools"_s, spec.gpuPools.join(u',')},
        {u"disk"_s, spec.diskGb}, {u"max"_s, spec.limits.workersMax}};
    return QString::fromLatin1(QCryptographicHash::hash(json::compact(facts), QCryptographicHash::Sha256).toHex());
}

} // namespace

CreationPromise::CreationPromise(RunState& state) : m_state(state), m_context(state.context()), m_record(state.record())
{
}

Pause CreationPromise::make()
{
    Deployment& d = m_record.deployment;
    d.endpointName = endpointName(setupOf(m_context, m_record));
    m_state.moveTo(DeploymentStatus::CreatingEndpoint);
    Intent intent;
    intent.deployment = d.id;
    intent.endpointName = d.endpointName;
    intent.createdAt = m_context.now();
    intent.digest = digestOf(endpointSpecWithoutSecrets(m_context, m_record));
    // From here on money can be spent: without this row on disk nothing is asked for.
    auto committed = m_context.intents.open(std::move(intent), m_record);
    if (!committed) {
        [[maybe_unused]] const auto problem = m_context.stored(fail(committed.error()));
        return m_state.failWith(committed.error(), RunState::Remains::Nothing);
    }
    if (auto saved = m_state.save(); !saved)
        return m_state.failWith(saved.error());
    m_isUntried = true;
    m_context.at("intent.committed");
    m_state.publish();
    return kAtOnce;
}

Pause CreationPromise::makeAnother(Intent intent)
{
    m_record.distinct = true;
    m_state.note(u"info"_s, u"An endpoint of the same name has other settings: this one gets a name of its own"_s);
    intent.state = Intent::State::Abandoned;
    if (auto closed = m_state.close(intent); !closed)
        return m_state.retryOrFail(closed.error());
    m_state.moveTo(DeploymentStatus::SelectingGpu);
    return kAtOnce;
}

void CreationPromise::abandon(Intent intent)
{
    intent.state = Intent::State::Abandoned;
    [[maybe_unused]] const auto closed = m_state.close(intent);
}

void CreationPromise::keep(Intent intent)
{
    intent.state = Intent::State::Done;
    intent.endpoint = m_record.deployment.endpointId;
    // Should this write fail, the open intent finds the endpoint again after a restart.
    [[maybe_unused]] const auto closed = m_state.close(intent);
}

} // namespace visgate
