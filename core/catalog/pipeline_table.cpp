// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/pipeline_table.h"

#include "core/catalog/registry_file.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace visgate::hub {

namespace {

struct Table {
    QHash<QString, PipelineKind> pipelines;
    QHash<QString, ErrorCode> tags;
    QSet<QString> libraries;
};

ErrorCode refusalCalled(const QString& word)
{
    static const QHash<QString, ErrorCode> words{
        {QStringLiteral("no_words"), ErrorCode::ModelTakesNoWords},
        {QStringLiteral("sound"), ErrorCode::ModelMakesSound},
        {QStringLiteral("shapes"), ErrorCode::ModelMakesShapes},
        {QStringLiteral("maps"), ErrorCode::ModelMakesMaps},
        {QStringLiteral("text"), ErrorCode::LanguageModel},
        {QStringLiteral("mask"), ErrorCode::ModelNeedsMask},
        {QStringLiteral("guide"), ErrorCode::ModelNeedsGuide},
        {QStringLiteral("part"), ErrorCode::ModelIsPart},
        {QStringLiteral("other_weights"), ErrorCode::ModelWeightsMissing},
        {QStringLiteral("other"), ErrorCode::UnsupportedTask},
    };
    Q_ASSERT_X(words.contains(word), "pipelines.json", qPrintable(word));
    return words.value(word, ErrorCode::UnsupportedTask);
}

Table read()
{
    const QJsonObject root = QJsonDocument::fromJson(registryFile(QStringLiteral("pipelines.json"))).object();
    Q_ASSERT(root[QLatin1String("format")].toInt() == 1);
    Table table;
    const QJsonObject pipelines = root[QLatin1String("pipelines")].toObject();
    for (auto it = pipelines.begin(); it != pipelines.end(); ++it) {
        PipelineKind kind;
        const QJsonArray tasks = it.value().toArray();
        for (const QJsonValue& name : tasks) {
            const auto task = generationTaskFromString(name.toString());
            Q_ASSERT_X(task, "pipelines.json", qPrintable(it.key()));
            if (task)
                kind.tasks.append(*task);
        }
        if (kind.tasks.isEmpty())
            kind.refusal = refusalCalled(it.value().toString());
        table.pipelines.insert(it.key(), kind);
    }
    const QJsonObject tags = root[QLatin1String("tags")].toObject();
    for (auto it = tags.begin(); it != tags.end(); ++it)
        table.tags.insert(it.key(), refusalCalled(it.value().toString()));
    const QJsonArray libraries = root[QLatin1String("libraries")].toArray();
    for (const QJsonValue& library : libraries)
        table.libraries.insert(library.toString());
    return table;
}

const Table& table()
{
    static const Table table = read();
    return table;
}

} // namespace

std::optional<PipelineKind> pipelineKind(const QString& className)
{
    const auto found = table().pipelines.constFind(className);
    return found == table().pipelines.constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<ErrorCode> tagRefusal(const QString& tag)
{
    const auto found = table().tags.constFind(tag);
    return found == table().tags.constEnd() ? std::nullopt : std::optional(*found);
}

bool isKnownLibrary(const QString& library)
{
    return table().libraries.contains(library);
}

} // namespace visgate::hub
