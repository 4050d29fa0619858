// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/model/model.h"
#include "core/engine/context/engine_context.h"

#include <QList>
#include <QString>

namespace visgate {

class Handlers;

/// Models and GPUs that can be had. Engine thread only.
class CatalogueHandlers {
public:
    explicit CatalogueHandlers(EngineContext& context) : m_context(context) { }

    void addTo(Handlers& handlers);

private:
    Task<Result<QList<ModelSpec>>> presets();
    Task<Result<QList<ModelSpec>>> search(AccountId target, QString text);
    Task<Result<ModelDetails>> details(AccountId target, QString idOrLink);
    /// Without a key the dated snapshot answers; each offer names its source.
    Task<Result<QList<GpuOffer>>> gpuOffers(AccountId target);

    EngineContext& m_context;
};

} // namespace visgate
