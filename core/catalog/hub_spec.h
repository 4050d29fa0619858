// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/hub_weights.h"

/// What a model of the hub needs and whether it can be used at all, from the hub's documents. Pure functions.
namespace visgate::hub {

/// What the model makes of what. Where the class is known it decides, and the hub's tag chooses among what the class
/// can do; an unknown class is taken at its tag's word. PipelineUnknown if neither says anything, ModelTakesNoWords,
/// ModelMakesSound, ModelNeedsMask ... for what is of no use here (each with the id as argument).
[[nodiscard]] Result<GenerationTask> taskOf(const Model& model, const QString& pipelineClass);

/// What the description alone rules out: ModelDisabled, LanguageModel, ModelIsLora, ModelIsGguf, ModelNotDiffusers
/// without a model_index.json (each with the id as first argument). A search result, which lists no files, passes the
/// last test.
[[nodiscard]] Result<void> checkDeployable(const Model& model);

/// What is said of a model that cannot be used: its name, its licence, and why.
[[nodiscard]] ModelSpec refusedSpec(const Model& model, Error why);

/// What a model needs, from the hub's own figures; nothing is known of its size where the hub does not tell every
/// weight's. `index` may be missing (a gated repository shows its file list but not its files); components are then the
/// folders that hold weights. Besides the errors above: ModelOwnCode, ModelWeightsMissing.
[[nodiscard]] Result<ModelSpec> toSpec(
    const Model& model, const std::optional<PipelineIndex>& index, const ShardLists& lists = {});

} // namespace visgate::hub
