// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/provider/provider_descriptor.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// How much of a model lies in a volume. Complete only with the marker, which is written last.
enum class FillState { Empty, Filling, Complete, Failed };

[[nodiscard]] QString toString(FillState state); ///< "empty", "filling" ...
[[nodiscard]] std::optional<FillState> fillStateFromString(const QString& text);

/// A volume at the provider, and the model that is kept in it.
struct ModelVolume {
    AccountId target = AccountId::practice();
    VolumeId id;
    QString name;
    int sizeGb = 0;
    QString dataCenter;
    double monthlyUsd = 0.0; ///< what keeping it costs, used or not
    QString modelId;         ///< empty: none that we know of
    QString revision;
    FillState state = FillState::Empty;
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0;
    std::optional<Error> error; ///< why filling stopped
    QStringList usedBy;         ///< endpoints that mount it
    QStringList unconfirmed;    ///< asked for, not yet confirmed by the provider: "grow", "delete"
    bool ours = false;          ///< made by a program with our naming

    /// It costs money and nothing mounts it.
    [[nodiscard]] bool isUnused() const { return usedBy.isEmpty() && state != FillState::Filling; }
    bool operator==(const ModelVolume&) const = default;
};

/// The wish to keep a model near. Unset values are chosen: a volume of its own, where the model would run.
struct KeepNear {
    AccountId target = AccountId::practice();
    QString modelId;
    QString revision;
    VolumeId volume;
    QString dataCenter;
    bool operator==(const KeepNear&) const = default;
};

/// What volumes cost together, and how many of them for nothing.
struct VolumeSpend {
    int volumes = 0;
    int unused = 0;
    double monthlyUsd = 0.0;
    bool operator==(const VolumeSpend&) const = default;
};

[[nodiscard]] VolumeSpend spendOn(const QList<ModelVolume>& volumes);
/// USD a month for so many GB.
[[nodiscard]] double volumeMonthlyUsd(const VolumeTerms& terms, int sizeGb);
/// GB for so many bytes of a model with a tenth to spare, within what the provider sells.
[[nodiscard]] int volumeSizeGb(const VolumeTerms& terms, qint64 modelBytes);
/// "visgate-cache-org--model"
[[nodiscard]] QString volumeName(const QString& modelId);
[[nodiscard]] bool isOurVolumeName(const QString& name);

/// Where a model's files lie in a volume: the hub's own cache layout, which the worker searches.
[[nodiscard]] QString volumeFolder(const QString& modelId, const QString& revision);
/// The file whose presence says that the folder is whole.
inline constexpr const char* kVolumeMarker = ".visgate-complete";

} // namespace visgate
