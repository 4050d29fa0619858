// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/model/job_schema.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace visgate {

/// What can be looked up without changing anything.
class LookupService {
public:
    virtual ~LookupService() = default;

    /// One model: a preset at once from disk, any other from the target's hub. ModelNotFound, LanguageModel ...
    virtual QFuture<Result<ModelDetails>> modelDetails(Target target, QString idOrLink) = 0;
    /// Asks the provider what this key may do. It is kept nowhere.
    virtual QFuture<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key) = 0;
};

} // namespace visgate
