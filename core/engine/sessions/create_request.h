// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/foundation/result.h"

#include <QString>

namespace visgate {

class ModelSource;
class Redactor;

/// The id of the model that is meant: by its id, a page of the hub or a short name. Local facts only. InvalidRequest,
/// ModelNameUnknown, ModelNotFound.
[[nodiscard]] Result<QString> resolveModel(const ModelSource& registry, const CreateRequest& request);

/// Before anybody is asked with the request's keys, who might repeat them.
void learnSecrets(Redactor& redactor, const CreateRequest& request);

} // namespace visgate
