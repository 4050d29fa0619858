// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kUsdPerGb = 0.07;
constexpr double kUsdPerGbBeyond = 0.05;
constexpr int kCheaperBeyondGb = 1000;
constexpr int kSmallestGb = 10;
constexpr int kLargestGb = 4096;
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

double volumeMonthlyUsd(int sizeGb)
{
    return std::min(sizeGb, kCheaperBeyondGb) * kUsdPerGb + std::max(0, sizeGb - kCheaperBeyondGb) * kUsdPerGbBeyond;
}

int volumeSizeGb(qint64 modelBytes)
{
    const int wanted = static_cast<int>(std::ceil(static_cast<double>(modelBytes) * 1.1 / 1e9)) + 1;
    return std::clamp(wanted, kSmallestGb, kLargestGb);
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
