// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/model_folder.h"

#include "core/catalog/hub_spec.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostFiles = 10'000; ///< no model has so many; somebody's home has
constexpr qint64 kMostIndexBytes = 1024 * 1024;

tl::unexpected<Error> refused(ErrorCode code, const QString& path)
{
    return fail(Error{code, path.toStdString(), 0, {}, {path.toStdString()}});
}

QList<hub::File> filesIn(const QDir& folder)
{
    QList<hub::File> files;
    QDirIterator entries(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext() && files.size() < kMostFiles) {
        entries.next();
        files.append({folder.relativeFilePath(entries.filePath()), entries.fileInfo().size(), true});
    }
    return files;
}

/// The parts of a weights file that lies in several, as their index lists them.
Result<hub::ShardLists> shardsIn(const QDir& folder, const QList<hub::File>& files, const hub::PipelineIndex& index)
{
    hub::ShardLists lists;
    const QStringList paths = hub::indexesToRead(files, index.components);
    for (const QString& path : paths) {
        QFile file(folder.filePath(path));
        if (!file.open(QIODevice::ReadOnly))
            return refused(ErrorCode::FileUnreadable, file.fileName());
        auto shards = hub::readShardIndex(file.readAll(), path);
        if (!shards)
            return fail(std::move(shards.error()));
        lists.insert(path, *shards);
    }
    return lists;
}

} // namespace

Result<ModelSpec> readModelFolder(const QString& path)
{
    const QDir folder(QDir::cleanPath(path));
    if (!folder.exists())
        return refused(ErrorCode::ModelNotFound, path);
    QFile file(folder.filePath(u"model_index.json"_s));
    if (!file.exists())
        return refused(ErrorCode::ModelNotDiffusers, path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(ErrorCode::FileUnreadable, file.fileName());
    auto index = hub::readPipelineIndex(file.read(kMostIndexBytes));
    if (!index)
        return refused(ErrorCode::ModelNotDiffusers, path);
    hub::Model model;
    model.id = folder.path();
    model.files = filesIn(folder);
    const auto shards = shardsIn(folder, model.files, *index);
    if (!shards)
        return fail(shards.error());
    auto spec = hub::toSpec(model, *index, *shards);
    if (spec)
        spec->downloadBytes = 0; // it is here
    return spec;
}

} // namespace visgate
