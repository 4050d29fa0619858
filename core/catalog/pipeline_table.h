// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/error.h"

#include <QList>
#include <QString>

#include <optional>

/// What pipeline classes and the hub's tags stand for: data in resources/registry/pipelines.json, compiled in.
/// Thread-safe.
namespace visgate::hub {

/// What a class takes and makes.
struct PipelineKind {
    QList<GenerationTask> tasks; ///< what it can do with words or one picture; the usual one first
    /// Why it is of no use here: ModelTakesNoWords, ModelMakesSound, ModelNeedsMask ... Set if `tasks` is empty.
    std::optional<ErrorCode> refusal;
};

/// Nothing for a class that the table does not know.
[[nodiscard]] std::optional<PipelineKind> pipelineKind(const QString& className);
/// A tag ("text-to-3d") of models that make no pictures: why. Nothing for image and video tags and unknown ones.
[[nodiscard]] std::optional<ErrorCode> tagRefusal(const QString& tag);
/// Whether parts of a model may come from this Python package without program code of the model's own.
[[nodiscard]] bool isKnownLibrary(const QString& library);

} // namespace visgate::hub
