// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/practice_process.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace visgate::test {

/// How one life of engine_host ended.
struct Ending {
    int exitCode = 0; ///< -1: it did not end in time and was stopped
    bool wasKilled = false;
    QStringList accepted;     ///< ids of the deployments and jobs it said yes to, in order
    QStringList found;        ///< ids of the deployments that the restart found in the store
    QStringList states;       ///< of the deployments: once all was settled, before they were deleted
    QStringList volumes;      ///< that the provider has then: "NAME GB USD a month"
    double volumesUsd = -1.0; ///< what all of them cost a month, by the report on money; below 0: not said
    QList<QJsonObject> shown; ///< what everybody sees of them then
    QMap<QString, QString>
        wishes; ///< the last value of each kind that was kept; none where another was asked for since
};

struct HostRun {
    QString folder;
    QString key; ///< of practice's account: one a case, so that names of endpoints never meet
    QStringList arguments;
    std::optional<std::chrono::milliseconds> killAfter; ///< SIGKILL from outside, at any moment
};

/// The engine in a process of its own, over this practice, until it ends by itself or is killed.
[[nodiscard]] Ending runHost(const PracticeProcess& practice, const HostRun& run);

/// Where what is shown as confirmed is not so at practice, or a wish that was kept is not fulfilled; empty: nowhere.
[[nodiscard]] QStringList untruths(
    const PracticeProcess& practice, const Ending& settled, const QMap<QString, QString>& wishes);

/// The largest number of endpoints at practice that carry one name.
[[nodiscard]] int mostOfOneName(const PracticeProcess& practice);

} // namespace visgate::test
