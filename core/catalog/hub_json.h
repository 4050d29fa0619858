// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model.h"
#include "core/foundation/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

/// The hub's documents to values: pure functions, no network. Unknown fields are ignored, missing ones are defaults;
/// only a document that is not what was asked for is an UnexpectedReply.
namespace visgate::hub {

struct File {
    QString path;     ///< "vae/diffusion_pytorch_model.safetensors"
    qint64 bytes = 0; ///< 0 when the reply has no sizes
};

/// A model as `/api/models` describes it.
struct Model {
    QString id;
    QString commit;
    QString task; ///< pipeline_tag, "text-to-image"; may be empty
    QString library;
    QString licence;
    QString pipelineClass; ///< empty if the reply does not say
    Gating gating = Gating::Open;
    QList<File> files;
    qint64 downloads = 0;
};

/// `model_index.json` of a diffusers repository.
struct PipelineIndex {
    QString className;
    QStringList components; ///< those that have files to load
};

[[nodiscard]] Result<Model> readModel(const QByteArray& body);
[[nodiscard]] Result<QList<Model>> readModels(const QByteArray& body);
[[nodiscard]] Result<PipelineIndex> readPipelineIndex(const QByteArray& body);
/// The name of the account that a token belongs to.
[[nodiscard]] Result<QString> readAccountName(const QByteArray& body);

/// The `rel="next"` address of a Link header (RFC 8288).
[[nodiscard]] std::optional<QUrl> nextPage(const QByteArray& linkHeader);

/// The files diffusers would download for these components: their configuration, tokenizers and one set of weights
/// each (safetensors before pickles, the 16-bit variant where there is one); no single-file copies, no other formats.
[[nodiscard]] QList<File> filesToLoad(const QList<File>& files, const QStringList& components);

/// Image and video tasks of the hub's tag or of the pipeline class; nothing for text, audio and other models.
[[nodiscard]] std::optional<GenerationTask> taskOf(const Model& model, const QString& pipelineClass);

/// UnsupportedTask for a model that makes no picture, ModelNotDiffusers (with the id as argument) without a
/// model_index.json. A search result, which lists no files, passes the second test.
[[nodiscard]] Result<void> checkDeployable(const Model& model);

/// What a model needs, from the hub's own figures. `index` may be missing (a gated repository shows its file list but
/// not its files); components are then the folders that hold weights.
[[nodiscard]] Result<ModelSpec> toSpec(const Model& model, const std::optional<PipelineIndex>& index);

} // namespace visgate::hub
