// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/gpu_plans.h"

#include <algorithm>
#include <utility>

namespace visgate {

namespace {

constexpr int kPoolsOfPlan = 3;
/// More deploys than this are hardly under way at once; beyond them a plan is just computed again.
constexpr qsizetype kKeptPlans = 8;

} // namespace

const GpuPlan* GpuPlans::find(const Question& question) const
{
    const auto made = std::find_if(
        m_made.cbegin(), m_made.cend(), [&question](const Made& one) { return one.question == question; });
    return made == m_made.cend() ? nullptr : &made->plan;
}

GpuPlan GpuPlans::add(Question question)
{
    GpuPlan plan = planGpus(question.offers, question.neededGb, question.tier, kPoolsOfPlan, question.history);
    m_made.prepend({std::move(question), plan});
    if (m_made.size() > kKeptPlans)
        m_made.removeLast();
    return plan;
}

} // namespace visgate
