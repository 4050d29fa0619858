// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/deployment.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <utility>

namespace visgate {

namespace {

using enum DeploymentStatus;

constexpr std::array<std::pair<DeploymentStatus, const char*>, 12> kStatusNames{{{Validating, "validating"},
    {SelectingGpu, "selecting_gpu"}, {CreatingEndpoint, "creating_endpoint"}, {DownloadingModel, "downloading_model"},
    {LoadingModel, "loading_model"}, {Ready, "ready"}, {WebhookFailed, "webhook_failed"}, {Paused, "paused"},
    {Parked, "parked"}, {Failed, "failed"}, {Deleting, "deleting"}, {Deleted, "deleted"}}};

constexpr std::array<std::pair<GenerationTask, const char*>, 5> kTaskNames{
    {{GenerationTask::TextToImage, "text_to_image"}, {GenerationTask::ImageToImage, "image_to_image"},
        {GenerationTask::TextToVideo, "text_to_video"}, {GenerationTask::ImageToVideo, "image_to_video"},
        {GenerationTask::VideoToVideo, "video_to_video"}}};

template <typename Table, typename Value> QString nameOf(const Table& table, Value value)
{
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == value; });
    return found == table.end() ? QString() : QString::fromLatin1(found->second);
}

template <typename Value, typename Table> std::optional<Value> valueOf(const Table& table, const QString& name)
{
    const auto found
        = std::find_if(table.begin(), table.end(), [&](const auto& row) { return name == QLatin1String(row.second); });
    return found == table.end() ? std::nullopt : std::optional<Value>(found->first);
}

/// ASCII only and independent of the locale: a Turkish "I" must not become a dotless one.
QString asciiLower(const QString& text)
{
    QString lower = text;
    for (QChar& character : lower) {
        if (character >= u'A' && character <= u'Z')
            character = QChar(character.unicode() + ('a' - 'A'));
    }
    return lower;
}

} // namespace

QString toString(DeploymentStatus status)
{
    return nameOf(kStatusNames, status);
}

std::optional<DeploymentStatus> deploymentStatusFromString(const QString& text)
{
    return valueOf<DeploymentStatus>(kStatusNames, text);
}

bool mayFollow(DeploymentStatus from, DeploymentStatus to)
{
    switch (from) {
    case Validating:
        return to == SelectingGpu || to == Ready || to == Failed || to == Deleting;
    case SelectingGpu:
        return to == CreatingEndpoint || to == Failed || to == Deleting;
    case CreatingEndpoint:
        return to == SelectingGpu || to == DownloadingModel || to == LoadingModel || to == Ready || to == Failed
            || to == Deleting;
    case DownloadingModel:
        return to == SelectingGpu || to == LoadingModel || to == Ready || to == Failed || to == Paused
            || to == Deleting;
    case LoadingModel:
        return to == Ready || to == Failed || to == Paused || to == Deleting;
    case Ready:
        return to == WebhookFailed || to == Paused || to == Parked || to == Failed || to == Deleting;
    case WebhookFailed:
    case Paused:
    case Parked:
        return to == Ready || to == Deleting;
    case Failed:
        return to == Validating || to == Paused || to == Deleting;
    case Deleting:
        return to == Deleted;
    case Deleted:
        return false;
    }
    return false;
}

bool isSettled(DeploymentStatus status)
{
    return status == Failed || status == Deleted;
}

QString toString(GenerationTask task)
{
    return nameOf(kTaskNames, task);
}

std::optional<GenerationTask> generationTaskFromString(const QString& text)
{
    QString name = asciiLower(text.trimmed());
    name.replace(u'-', u'_').replace(u' ', u'_');
    static const QHash<QString, QString> kAliases{
        {QStringLiteral("text2img"), QStringLiteral("text_to_image")},
        {QStringLiteral("txt2img"), QStringLiteral("text_to_image")},
        {QStringLiteral("text2image"), QStringLiteral("text_to_image")},
        {QStringLiteral("t2i"), QStringLiteral("text_to_image")},
        {QStringLiteral("img2img"), QStringLiteral("image_to_image")},
        {QStringLiteral("image2image"), QStringLiteral("image_to_image")},
        {QStringLiteral("i2i"), QStringLiteral("image_to_image")},
        {QStringLiteral("text2video"), QStringLiteral("text_to_video")},
        {QStringLiteral("txt2vid"), QStringLiteral("text_to_video")},
        {QStringLiteral("t2v"), QStringLiteral("text_to_video")},
        {QStringLiteral("img2video"), QStringLiteral("image_to_video")},
        {QStringLiteral("image2video"), QStringLiteral("image_to_video")},
        {QStringLiteral("i2v"), QStringLiteral("image_to_video")},
        {QStringLiteral("video2video"), QStringLiteral("video_to_video")},
        {QStringLiteral("v2v"), QStringLiteral("video_to_video")},
    };
    return valueOf<GenerationTask>(kTaskNames, kAliases.value(name, name));
}

bool isAtRest(const Deployment& deployment)
{
    const bool isOver = deployment.status == DeploymentStatus::Deleted || deployment.status == DeploymentStatus::Failed;
    if (!isOver && !deployment.unconfirmed.isEmpty()) // somebody has to see to it that the provider does it
        return false;
    switch (deployment.status) {
    case DeploymentStatus::Ready:
        if (deployment.warmNextChange) // a warm time has to be opened, held or ended
            return false;
        return deployment.workers.total() == 0;
    case DeploymentStatus::WebhookFailed:
    case DeploymentStatus::Failed:
        return deployment.workers.total() == 0;
    case DeploymentStatus::Paused:
    case DeploymentStatus::Parked:
    case DeploymentStatus::Deleted:
        return true;
    default:
        return false;
    }
}

} // namespace visgate
