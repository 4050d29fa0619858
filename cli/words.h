// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"

#include <QCoreApplication>
#include <QString>

namespace visgate::cli {

/// Every sentence of the command line belongs to the translation context "Cli".
[[nodiscard]] inline QString say(const char* text)
{
    return QCoreApplication::translate("Cli", text);
}

/// The words for a deployment's state, with what it waits for.
[[nodiscard]] QString stateWords(const Deployment& deployment);
[[nodiscard]] QString stateWords(JobStatus status);

/// For whom one waits.
[[nodiscard]] inline QString hubWords()
{
    return QStringLiteral("Hugging Face");
}
/// Whoever tests a key of that kind, after it was read or before it is kept.
[[nodiscard]] inline QString serviceWords(KeyKind kind)
{
    return say(QT_TRANSLATE_NOOP("Cli", "%1 or the keychain"))
        .arg(kind == KeyKind::HuggingFace ? hubWords() : QStringLiteral("Runpod"));
}

/// "May A100 be used for up to $1.23/h (+$0.50/h)?"
[[nodiscard]] QString questionWords(const DeploymentQuestion& question);
[[nodiscard]] QString money(double usd); ///< "$0.0123"
/// "Any of A40, L4; at most $1.12/h"
[[nodiscard]] QString planWords(const GpuPlan& plan, const AccountId& account);
/// Where nothing is charged: "your electricity".
[[nodiscard]] QString money(double usd, const AccountId& account);
[[nodiscard]] QString perHour(double usd, const AccountId& account);
[[nodiscard]] QString perHour(double usd);     ///< "$1.23/h"
[[nodiscard]] QString seconds(double value);   ///< "4.2 s", "3 min 05 s"
[[nodiscard]] QString gigabytes(qint64 bytes); ///< "12.3 GB"
/// "3.2 of 23.8 GB, 180 MB/s, 2 min 05 s left": as much of it as is known.
[[nodiscard]] QString downloadWords(const ModelDownload& download);
[[nodiscard]] QString localTime(TimePoint time); ///< "2026-01-31 09:41:07"

} // namespace visgate::cli
