// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/hub_json.h"

#include <QHash>
#include <QSet>

/// Which files of a repository are loaded: one set of weights a component, and nothing twice. Pure functions.
namespace visgate::hub {

/// A shard index of the repository ("transformer/diffusion_pytorch_model.safetensors.index.json") and the files that it
/// names, with their folder.
using ShardLists = QHash<QString, QSet<QString>>;

/// Whether a file of this name holds weights, in whatever form.
[[nodiscard]] bool isWeights(const QString& path);
/// The component's name if the file lies in a folder, else empty.
[[nodiscard]] QString folderOf(const QString& path);

/// The files that are downloaded for these components: their configuration, tokenizers and one set of weights each
/// (safetensors before pickles, the 16-bit variant where there is one, whole sets before torn ones); no single-file
/// copies, no other formats. Where two sets lie beside one another, `lists` tells which one counts; without it the one
/// that the loader would look for first.
[[nodiscard]] QList<File> filesToLoad(
    const QList<File>& files, const QList<Component>& components, const ShardLists& lists = {});
/// The shard indexes that have to be read before filesToLoad() can tell two sets apart; usually none.
[[nodiscard]] QStringList indexesToRead(const QList<File>& files, const QList<Component>& components);
/// The files that an index names; UnexpectedReply if it is none.
[[nodiscard]] Result<QSet<QString>> readShardIndex(const QByteArray& body, const QString& path);
/// Components that are made of weights and have none that could be loaded.
[[nodiscard]] QStringList withoutWeights(const QList<File>& toLoad, const QList<Component>& components);

} // namespace visgate::hub
