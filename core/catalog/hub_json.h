// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
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
    QString path;        ///< "vae/diffusion_pytorch_model.safetensors"
    qint64 bytes = 0;    ///< 0 when the reply has no size
    bool hasSize = true; ///< whether the reply has one
};

/// A model as `/api/models` describes it.
struct Model {
    QString id;
    QString commit;
    QString task; ///< pipeline_tag, "text-to-image"; may be empty
    QString library;
    QString licence;
    QString pipelineClass; ///< empty if the reply does not say
    QString baseModel;     ///< what this one was made from or adds to; may be empty
    QStringList tags;
    Gating gating = Gating::Open;
    bool disabled = false; ///< taken down by the hub
    QList<File> files;
    qint64 downloads = 0;
};

/// A part of a pipeline, in the folder of its name.
struct Component {
    QString name;      ///< "unet"
    QString library;   ///< "diffusers"; empty where it is not known
    QString className; ///< "UNet2DConditionModel"; may be empty
};

/// `model_index.json` of a diffusers repository.
struct PipelineIndex {
    QString className;
    QString ownModule;           ///< the repository's own program that `className` stands in; usually empty
    QList<Component> components; ///< those that have files to load
};

[[nodiscard]] Result<Model> readModel(const QByteArray& body);
[[nodiscard]] Result<QList<Model>> readModels(const QByteArray& body);
[[nodiscard]] Result<PipelineIndex> readPipelineIndex(const QByteArray& body);
/// The name of the account that a token belongs to.
[[nodiscard]] Result<QString> readAccountName(const QByteArray& body);

/// The `rel="next"` address of a Link header (RFC 8288).
[[nodiscard]] std::optional<QUrl> nextPage(const QByteArray& linkHeader);

} // namespace visgate::hub
