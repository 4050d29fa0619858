// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"

#include <QList>
#include <QString>

namespace visgate {

/// The plans that were made lately. A quote, the last look before a creation and the creation itself ask the same
/// question; only the first of them computes. A question is the same if everything that a plan depends on is: offers
/// whose price or stock has changed, or a pool that was refused meanwhile, make another one. Engine thread only.
class GpuPlans {
public:
    /// Everything that a plan depends on.
    struct Question {
        QList<GpuOffer> offers;
        double neededGb = 0.0;
        QString tier;
        PoolHistory history;
        bool operator==(const Question&) const = default;
    };
    /// Null where it was not asked of late. The pointer is good until the next add().
    [[nodiscard]] const GpuPlan* find(const Question& question) const;
    /// planGpus() for a question that find() does not know, kept for the next who asks.
    GpuPlan add(Question question);

private:
    struct Made {
        Question question;
        GpuPlan plan;
    };
    QList<Made> m_made; ///< the latest first
};

} // namespace visgate
