// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate::cli {

/// What `deploy --wait --json` prints: the deployment as the API has it, and beside it `stages` (each with its
/// seconds), `job`, `artifact` (path), `label` and `unknown_words`.
[[nodiscard]] QJsonObject deploymentReport(
    const Deployment& deployment, const std::optional<Job>& job, const QString& artifactPath);

/// The same for people: two columns.
[[nodiscard]] QList<QStringList> deploymentTable(
    const Deployment& deployment, const std::optional<Job>& job, const QString& artifactPath);

} // namespace visgate::cli
