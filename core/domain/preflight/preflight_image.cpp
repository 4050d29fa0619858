// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

#include <QVersionNumber>

#include <algorithm>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

PreflightLine manifest(const PreflightFacts& facts)
{
    const QString asked = u"HEAD manifest"_s;
    if (facts.image.isEmpty())
        return blocked(u"worker_image"_s, u"settings"_s, problem(ErrorCode::WorkerImageMissing));
    if (facts.manifest.isLate())
        return late(u"worker_image"_s, asked);
    const Error* const error = facts.manifest.error();
    if (!error && facts.install > std::chrono::seconds(0))
        return good(u"worker_image"_s, asked,
            say(QT_TRANSLATE_NOOP(
                    "Preflight", "None of your own is needed: each cold start installs what draws, about %1 min (%2)"))
                .arg(minutes(facts.install))
                .arg(dollars(facts, costOf(facts.install, facts.plan))));
    if (!error)
        return good(u"worker_image"_s, asked, facts.image);
    if (error->code == ErrorCode::WorkerImageUnknown)
        return blocked(u"worker_image"_s, asked, problem(error->code, {facts.image.toStdString()}));
    // A private image answers only to its owner; a registry that is down says nothing about the provider's own access.
    return warning(u"worker_image"_s, asked,
        say(QT_TRANSLATE_NOOP("Preflight", "%1 (the registry did not let us look)")).arg(facts.image));
}

std::optional<PreflightLine> cuda(const PreflightFacts& facts)
{
    if (facts.cudaFloor.isEmpty() || !facts.offers.succeeded() || facts.plan.entries.isEmpty())
        return std::nullopt;
    const QString asked = u"GET /catalog/gpus"_s;
    const QVersionNumber floor = QVersionNumber::fromString(facts.cudaFloor);
    const QStringList pools = facts.plan.pools();
    QVersionNumber newest;
    bool isTold = false;
    for (const GpuOffer& offer : facts.offers.value()) {
        if (!pools.contains(offer.pool))
            continue;
        for (const QString& version : offer.cudaVersions) {
            isTold = true;
            newest = std::max(newest, QVersionNumber::fromString(version));
        }
    }
    if (!isTold)
        return std::nullopt; // the catalogue does not say; the floor is sent with the endpoint all the same
    if (newest >= floor)
        return good(u"cuda"_s, asked, say(QT_TRANSLATE_NOOP("Preflight", "CUDA %1 or newer")).arg(facts.cudaFloor));
    return blocked(u"cuda"_s, asked,
        problem(ErrorCode::HostDriverTooOld, {facts.cudaFloor.toStdString(), newest.toString().toStdString()}));
}

} // namespace

QList<PreflightLine> image(const PreflightFacts& facts)
{
    if (facts.isHere)
        return {}; // a program that lies beside this one
    QList<PreflightLine> lines{manifest(facts)};
    if (auto line = cuda(facts))
        lines.append(std::move(*line));
    return lines;
}

} // namespace visgate::preflight
