// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/history.h"
#include "core/engine/context/engine_context.h"
#include "core/store/history_repository.h"

#include <QHash>
#include <QList>

#include <map>
#include <optional>
#include <utility>

namespace visgate {

/// What is believed of starts and pictures, from the user's own. Engine thread only.
class StartHistory {
public:
    StartHistory(EngineContext& context, HistoryRepository& store);

    /// Seconds as they passed; kept as they would be at practice's usual pace.
    void add(QList<StageSample> samples);
    [[nodiscard]] StageBelief belief(StartStage stage, const StageSetting& setting);
    /// The stages of a start from `first` on, one after the other.
    [[nodiscard]] QList<StageBelief> start(const StageSetting& setting, StartStage first = StartStage::Placement);

private:
    [[nodiscard]] std::chrono::seconds installOf(const StageSetting& setting) const;
    const QList<StageSample>& samples(StartStage stage, AccountId target);

    EngineContext& m_context;
    HistoryRepository& m_store;
    std::map<std::pair<StartStage, AccountId>, QList<StageSample>> m_known;
};

} // namespace visgate
