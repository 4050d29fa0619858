// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/memory_need.h"
#include "core/domain/preflight/preflight_lines.h"

#include <QStringList>

#include <algorithm>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1String kAsked("GET /catalog/gpus");

/// "bf16 with model offload 24 GB, nf4 11 GB": what would fit where the full size does not.
QString savingModes(const ModelSpec& model, double memoryGb)
{
    QStringList modes;
    const auto fitting = memoryModesFor(model, memoryGb);
    for (const MemoryNeed& need : fitting) {
        const QString name = need.offload == u"none"_s
            ? need.precision
            : say(QT_TRANSLATE_NOOP("Preflight", "%1 with %2 offload")).arg(need.precision, need.offload);
        modes.append(name + u' ' + gigabytes(need.peakGb));
        if (modes.size() == 2)
            break;
    }
    return modes.join(u", "_s);
}

/// The user's GPU is too small: what it would take, and the next one up with its price.
PreflightLine tooSmall(const PreflightFacts& facts, double needed)
{
    const auto& offers = facts.offers.value();
    const TierMemory tier = tierMemory(offers, facts.request.gpuTier, needed);
    std::vector<std::string> arguments{
        QString::number(needed, 'f', 0).toStdString(), QString::number(tier.memoryGb, 'f', 0).toStdString()};
    QStringList ways;
    if (tier.next)
        ways.append(u"%1 (+%2/h)"_s.arg(
            tier.next->name, dollars(facts, std::max(0.0, tier.next->usdPerHour - tier.usdPerHour))));
    if (const ModelSpec* const known = facts.knownModel()) {
        if (const QString modes = savingModes(*known, tier.memoryGb); !modes.isEmpty())
            ways.append(modes);
    }
    return blocked(u"memory"_s, kAsked, problem(ErrorCode::OutOfGpuMemory, arguments), ways.join(u"; "_s));
}

PreflightLine stock(const PreflightFacts& facts)
{
    const auto& entries = facts.plan.entries;
    const bool isFree = std::any_of(
        entries.cbegin(), entries.cend(), [](const GpuPlanEntry& entry) { return entry.stock != Stock::None; });
    if (isFree)
        return good(u"stock"_s, kAsked);
    return warning(u"stock"_s, kAsked, say(QT_TRANSLATE_NOOP("Preflight", "No such GPU is free at the moment")),
        problem(ErrorCode::NoCapacity));
}

/// What each part takes: "transformer 23.8 GB, text_encoder_2 9.5 GB".
QString parts(const ModelSpec& model)
{
    QList<ModelComponent> components = model.components;
    std::stable_sort(components.begin(), components.end(),
        [](const ModelComponent& a, const ModelComponent& b) { return a.bytes > b.bytes; });
    QStringList texts;
    for (const ModelComponent& component : components) {
        if (texts.size() < 3 && component.bytes > 0)
            texts.append(component.name + u' ' + gigabytes(static_cast<double>(component.bytes) / 1e9));
    }
    return texts.join(u", "_s);
}

/// A refused key is refused for the list of GPUs as well; its own line says so.
bool saysTheSame(const Error* shown, const Error& error)
{
    return shown && shown->code == error.code;
}

} // namespace

QList<PreflightLine> memory(const PreflightFacts& facts)
{
    if (facts.offers.isLate())
        return {late(u"memory"_s, kAsked)};
    const ModelSpec* const known = facts.knownModel();
    // What no model is known for, no GPU can be too small for; the line "model" says why.
    if (!known && facts.model.error())
        return {};
    if (!known && facts.model.isLate())
        return {late(u"memory"_s, u"GET /api/models"_s)};
    if (const Error* const error = facts.offers.error())
        return saysTheSame(facts.endpoints.error(), *error) ? QList<PreflightLine>()
                                                            : QList{blocked(u"memory"_s, kAsked, *error)};
    if (!facts.pricesAsOf.isEmpty())
        return {warning(u"memory"_s, u"snapshot"_s,
            say(QT_TRANSLATE_NOOP("Preflight", "%1; as of %2, until the key works"))
                .arg(facts.plan.gpuNames().join(u", "_s), facts.pricesAsOf))};
    if (!facts.offers.succeeded())
        return {warning(u"memory"_s, kAsked,
            say(QT_TRANSLATE_NOOP("Preflight", "Prices and GPUs can be asked for once the key works")))};
    const QString& tier = facts.request.gpuTier;
    if (!tier.isEmpty() && !isKnownTier(facts.offers.value(), tier))
        return {
            blocked(u"memory"_s, kAsked, problem(ErrorCode::InvalidRequest, {tier.toStdString()}, "gpu_tier"), tier)};
    const double needed = known ? plannedVramGb(*known) : 0.0;
    if (facts.plan.entries.isEmpty() && !tier.isEmpty())
        return {tooSmall(facts, needed)};
    if (facts.plan.entries.isEmpty())
        return {blocked(u"memory"_s, kAsked,
            problem(ErrorCode::NoCapacity, {QString::number(needed, 'f', 0).toStdString()}), gigabytes(needed))};
    QString detail = needed > 0.0 ? gigabytes(needed) : say(QT_TRANSLATE_NOOP("Preflight", "size unknown"));
    if (const QString texts = known ? parts(*known) : QString(); !texts.isEmpty())
        detail += u" ("_s + texts + u')';
    if (!facts.isHere)
        detail += u": "_s + facts.plan.gpuNames().join(u", "_s);
    const PreflightLine fits = needed > 0.0 ? good(u"memory"_s, kAsked, detail) : warning(u"memory"_s, kAsked, detail);
    return facts.isHere ? QList{fits} : QList{fits, stock(facts)};
}

QList<PreflightLine> size(const PreflightFacts& facts)
{
    const ModelSpec* const known = facts.knownModel();
    if (!facts.request.firstInput || !known || facts.plan.entries.isEmpty())
        return {};
    const double needed = generationVramGb(*known, *facts.request.firstInput);
    const double have = facts.plan.smallestGb();
    if (needed <= have)
        return {};
    return {advice(u"size"_s, u"estimate"_s,
        problem(ErrorCode::GenerationTooLarge,
            {QString::number(needed, 'f', 0).toStdString(), QString::number(have, 'f', 0).toStdString()}))};
}

} // namespace visgate::preflight
