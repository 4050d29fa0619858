// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/storage/volume.h"

#include <algorithm>
#include <array>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1String kPrefix("visgate-cache-");

constexpr std::array kStates{std::pair{FillState::Empty, "empty"}, std::pair{FillState::Filling, "filling"},
    std::pair{FillState::Complete, "complete"}, std::pair{FillState::Failed, "failed"}};

QString withDashes(const QString& modelId)
{
    return QString(modelId).replace(u'/', "--"_L1);
}

} // namespace

QString toString(FillState state)
{
    return QString::fromLatin1(kStates.at(static_cast<std::size_t>(state)).second);
}

std::optional<FillState> fillStateFromString(const QString& text)
{
    for (const auto& [state, name] : kStates) {
        if (text == QLatin1String(name))
            return state;
    }
    return std::nullopt;
}

VolumeSpend spendOn(const QList<ModelVolume>& volumes)
{
    VolumeSpend spend;
    spend.volumes = static_cast<int>(volumes.size());
    for (const ModelVolume& volume : volumes) {
        spend.unused += volume.isUnused() ? 1 : 0;
        spend.monthlyUsd += volume.monthlyUsd;
    }
    return spend;
}

double volumeMonthlyUsd(const VolumeTerms& terms, int sizeGb)
{
    return std::min(sizeGb, terms.cheaperBeyondGb) * terms.usdPerGbMonth
        + std::max(0, sizeGb - terms.cheaperBeyondGb) * terms.usdPerGbMonthBeyond;
}

int volumeSizeGb(const VolumeTerms& terms, qint64 modelBytes)
{
    // A tenth to spare, rounded up, and one for what is kept beside it; whole numbers, so that no rounding adds
    // another.
    constexpr qint64 tenthsOfGb = 10'000'000'000;
    const qint64 wanted = (modelBytes * 11 + tenthsOfGb - 1) / tenthsOfGb + 1;
    return static_cast<int>(std::clamp<qint64>(wanted, terms.leastGb, terms.mostGb));
}

QString volumeName(const QString& modelId)
{
    return kPrefix + withDashes(modelId);
}

bool isOurVolumeName(const QString& name)
{
    return name.startsWith(kPrefix);
}

QString volumeFolder(const QString& modelId, const QString& revision)
{
    return u"huggingface-cache/hub/models--%1/snapshots/%2/"_s.arg(withDashes(modelId), revision);
}

} // namespace visgate
