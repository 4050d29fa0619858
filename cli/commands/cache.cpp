// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/volumes.h"

#include <QJsonArray>

#include <chrono>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kFillPause = std::chrono::milliseconds(500);

QString stateOf(const ModelVolume& volume)
{
    if (volume.unconfirmed.contains("delete"_L1))
        return say(QT_TRANSLATE_NOOP("Cli", "deletion not confirmed yet"));
    if (volume.unconfirmed.contains("grow"_L1))
        return say(QT_TRANSLATE_NOOP("Cli", "new size not confirmed yet"));
    switch (volume.state) {
    case FillState::Empty:
        return say(QT_TRANSLATE_NOOP("Cli", "empty"));
    case FillState::Filling:
        return say(QT_TRANSLATE_NOOP("Cli", "filling, %1 of %2"))
            .arg(gigabytes(volume.bytesDone), gigabytes(volume.bytesTotal));
    case FillState::Complete:
        return say(QT_TRANSLATE_NOOP("Cli", "complete"));
    case FillState::Failed:
        return say(QT_TRANSLATE_NOOP("Cli", "failed"));
    }
    return {};
}

Outcome print(Context& context, const ModelVolume& volume)
{
    if (context.wantsJson())
        context.print(toJson(volume));
    else
        context.print(u"%1  %2 GB  %3  %4"_s.arg(QString::fromStdString(volume.id.value()))
                          .arg(volume.sizeGb)
                          .arg(volume.dataCenter, stateOf(volume)));
    return ExitCode::Ok;
}

Outcome print(Context& context, const Result<ModelVolume>& volume)
{
    if (!volume)
        return tl::unexpected(Failure(volume.error()));
    return print(context, *volume);
}

Result<QList<ModelVolume>> list(Context& context)
{
    return context.session().ask(ListVolumes{targetOf(context)});
}

Outcome runCacheList(Context& context)
{
    const auto volumes = list(context);
    if (!volumes)
        return tl::unexpected(Failure(volumes.error()));
    double monthly = 0.0;
    for (const ModelVolume& volume : *volumes)
        monthly += volume.monthlyUsd;
    if (context.wantsJson()) {
        QJsonArray array;
        for (const ModelVolume& volume : *volumes)
            array.append(toJson(volume));
        context.print(QJsonObject{{u"volumes"_s, array}, {u"monthly_usd"_s, monthly}});
        return ExitCode::Ok;
    }
    if (volumes->isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "No volume; nothing is kept near.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Volume")), say(QT_TRANSLATE_NOOP("Cli", "Size")),
        say(QT_TRANSLATE_NOOP("Cli", "Place")), say(QT_TRANSLATE_NOOP("Cli", "A month")),
        say(QT_TRANSLATE_NOOP("Cli", "State")), say(QT_TRANSLATE_NOOP("Cli", "Used by")),
        say(QT_TRANSLATE_NOOP("Cli", "Model"))}};
    for (const ModelVolume& volume : *volumes)
        table.append({QString::fromStdString(volume.id.value()), u"%1 GB"_s.arg(volume.sizeGb), volume.dataCenter,
            money(volume.monthlyUsd), stateOf(volume),
            volume.usedBy.isEmpty() ? say(QT_TRANSLATE_NOOP("Cli", "nothing")) : QString::number(volume.usedBy.size()),
            volume.modelId.isEmpty() ? volume.name : volume.modelId});
    context.print(table);
    return ExitCode::Ok;
}

Outcome runCacheCreate(Context& context)
{
    const Invocation& line = context.line;
    if (!line.has("size") || !line.has("region"))
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "A volume needs --size and --region."))));
    return print(context,
        context.session().ask(CreateVolume{targetOf(context), line.arguments.first(),
            static_cast<int>(line.integer("size", 0)), line.text("region")}));
}

/// Until the filling has ended, one way or the other.
Result<ModelVolume> waitForFill(Context& context, ModelVolume volume)
{
    while (volume.state == FillState::Filling) {
        if (!context.session().pause(kFillPause))
            return fail(ErrorCode::Cancelled);
        const auto volumes = list(context);
        if (!volumes)
            return fail(volumes.error());
        bool isThere = false;
        for (const ModelVolume& found : *volumes) {
            if (found.id != volume.id)
                continue;
            volume = found;
            isThere = true;
        }
        if (!isThere)
            return fail(Error{ErrorCode::NotFound, volume.id.value(), 0, {}, {volume.id.value()}});
    }
    if (volume.error)
        return fail(*volume.error);
    return volume;
}

Outcome runCacheFill(Context& context)
{
    const Invocation& line = context.line;
    KeepNear wish;
    wish.target = targetOf(context);
    wish.modelId = line.arguments.first();
    wish.revision = line.text("revision");
    wish.dataCenter = line.text("region");
    wish.volume = VolumeId(line.text("volume").toStdString());
    auto volume = context.session().ask(KeepModelNear{wish});
    // The filling lives in this process unless another owns the data folder: it is waited for.
    if (volume)
        volume = waitForFill(context, *volume);
    return print(context, volume);
}

Outcome runCacheGrow(Context& context)
{
    const Invocation& line = context.line;
    if (!line.has("size"))
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "Say how large with --size."))));
    return print(context,
        context.session().ask(GrowVolume{targetOf(context), VolumeId(line.arguments.first().toStdString()),
            static_cast<int>(line.integer("size", 0))}));
}

Outcome runCacheDelete(Context& context)
{
    const VolumeId id(context.line.arguments.first().toStdString());
    const auto deleted = context.session().ask(DeleteVolume{targetOf(context), id});
    if (!deleted)
        return tl::unexpected(Failure(deleted.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"volume_id"_s, context.line.arguments.first()}, {u"deleted"_s, true}});
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Deleted; it costs nothing any more.")));
    return ExitCode::Ok;
}

Outcome runCacheKey(Context& context)
{
    auto typed = context.terminal.readSecret(
        say(QT_TRANSLATE_NOOP("Cli", "Secret key (it is not shown):")), context.session().interrupt());
    if (!typed)
        return tl::unexpected(Failure(typed.error()));
    if (typed->isEmpty())
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "No key came on standard input."))));
    const StorageKeys keys{context.line.arguments.first(), std::make_shared<const Secret>(*std::move(typed))};
    const auto kept = context.session().ask(SetVolumeKeys{keys, false, targetOf(context)});
    if (!kept)
        return tl::unexpected(Failure(kept.error()));
    if (context.wantsJson())
        context.print(QJsonObject{{u"access_key_id"_s, keys.accessKeyId}, {u"stored"_s, true}});
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "The key is stored.")));
    return ExitCode::Ok;
}

Option sizeOption()
{
    return {.name = "size",
        .value = "GB",
        .summary = QT_TRANSLATE_NOOP("Cli", "Size of the volume; it can grow, never shrink"),
        .kind = ValueKind::Integer,
        .low = 10,
        .high = 4096};
}

Option regionOption()
{
    return {.name = "region",
        .value = "PLACE",
        .summary = QT_TRANSLATE_NOOP("Cli", "Data center, such as EU-RO-1"),
        .kind = ValueKind::Text};
}

} // namespace

QList<Command> cacheCommands()
{
    return {
        {.name = u"cache list"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "List the volumes at the provider, what they cost and what is in them"),
            .options = {targetOption()},
            .examples = {u"visgatectl cache list --json"_s},
            .run = runCacheList},
        {.name = u"cache create"_s,
            .arguments = u"NAME"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Create a volume; it costs money until it is deleted"),
            .options = {targetOption(), sizeOption(), regionOption()},
            .examples = {u"visgatectl cache create models --size 50 --region EU-RO-1"_s},
            .run = runCacheCreate},
        {.name = u"cache fill"_s,
            .arguments = u"MODEL"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Keep a model near: copy it into a volume where it runs"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "Without --volume one is made for the model, near its GPUs and you. Every byte passes this computer.\n"
                "What was copied before is not copied again. Deployments then load the model from there."),
            .options = {targetOption(), regionOption(),
                {.name = "volume",
                    .value = "ID",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Into this volume"),
                    .kind = ValueKind::Text},
                {.name = "revision",
                    .value = "REV",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Branch, tag or commit of the model"),
                    .kind = ValueKind::Text}},
            .examples = {u"visgatectl cache fill stabilityai/sdxl-turbo"_s},
            .run = runCacheFill},
        {.name = u"cache grow"_s,
            .arguments = u"ID"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Make a volume larger"),
            .options = {targetOption(), sizeOption()},
            .run = runCacheGrow},
        {.name = u"cache delete"_s,
            .arguments = u"ID"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Delete a volume and what is in it"),
            .options = {targetOption()},
            .run = runCacheDelete},
        {.name = u"cache key"_s,
            .arguments = u"KEY_ID"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Store the S3 key of the provider's volumes, which filling needs"),
            .description
            = QT_TRANSLATE_NOOP("Cli", "The secret half is typed without being shown, or read from standard input."),
            .options = {targetOption()},
            .run = runCacheKey},
    };
}

} // namespace visgate::cli
