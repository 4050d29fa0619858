// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/start_history.h"

namespace visgate {

StartHistory::StartHistory(EngineContext& context, HistoryRepository& store) : m_context(context), m_store(store) { }

const QList<StageSample>& StartHistory::samples(StartStage stage, AccountId target)
{
    const auto key = std::pair(stage, target);
    const auto known = m_known.find(key);
    if (known != m_known.end())
        return known->second;
    auto read = m_store.newest(stage, target);
    // Without its history the program knows what it knew on its first day.
    return m_known.emplace(key, read.value_or(QList<StageSample>())).first->second;
}

void StartHistory::add(QList<StageSample> samples)
{
    for (StageSample& sample : samples)
        sample.seconds *= isPlayed(sample.stage) ? sample.setting.speed : 1.0;
    if (samples.isEmpty() || !m_context.stored(m_store.add(samples)))
        return;
    for (const StageSample& sample : samples)
        m_known.erase({sample.stage, sample.setting.target});
}

/// The public image is the only one that holds no picture engine.
std::chrono::seconds StartHistory::installOf(const StageSetting& setting) const
{
    const PublicImage& image = m_context.config.publicImage;
    return !setting.runner.isEmpty() && setting.runner == image.reference ? image.install : std::chrono::seconds(0);
}

StageBelief StartHistory::belief(StartStage stage, const StageSetting& asked)
{
    StageSetting setting = asked;
    setting.install = installOf(asked);
    QList<StageSample> known = samples(stage, setting.target);
    for (StageSample& sample : known) {
        sample.setting.demo = setting.demo; // seen with the same eyes as what is asked
        sample.setting.install = installOf(sample.setting);
    }
    const StageBelief belief = learn(stage, setting, known);
    return isPlayed(stage) ? belief.faster(setting.speed) : belief;
}

QList<StageBelief> StartHistory::start(const StageSetting& setting, StartStage first)
{
    QList<StageBelief> stages;
    for (const StartStage stage :
        {StartStage::Placement, StartStage::ImagePull, StartStage::ModelDownload, StartStage::ModelLoad}) {
        if (stage >= first)
            stages.append(belief(stage, setting));
    }
    return stages;
}

} // namespace visgate
