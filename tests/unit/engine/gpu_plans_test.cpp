// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/gpu_plans.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

GpuPlans::Question usualQuestion()
{
    GpuPlans::Question question;
    question.offers = {{u"NVIDIA L4"_s, u"L4"_s, u"AMPERE_24"_s, 24.0, 0.69, Stock::Medium, {}},
        {u"NVIDIA A40"_s, u"A40"_s, u"AMPERE_48"_s, 48.0, 1.22, Stock::Low, {}}};
    question.neededGb = 20.0;
    return question;
}

TEST(GpuPlans, TheSameQuestionHasTheSamePlanWithoutAnother)
{
    GpuPlans plans;
    EXPECT_EQ(plans.find(usualQuestion()), nullptr);
    const GpuPlan made = plans.add(usualQuestion());
    EXPECT_EQ(made, planGpus(usualQuestion().offers, 20.0, {}));
    ASSERT_NE(plans.find(usualQuestion()), nullptr) << "equal offers need not be the same list";
    EXPECT_EQ(*plans.find(usualQuestion()), made);
}

TEST(GpuPlans, WhateverAPlanDependsOnMakesAnotherQuestion)
{
    GpuPlans plans;
    plans.add(usualQuestion());
    GpuPlans::Question dearer = usualQuestion();
    dearer.offers[0].usdPerHour = 0.70;
    EXPECT_EQ(plans.find(dearer), nullptr);
    GpuPlans::Question soldOut = usualQuestion();
    soldOut.offers[0].stock = Stock::None;
    EXPECT_EQ(plans.find(soldOut), nullptr);
    GpuPlans::Question larger = usualQuestion();
    larger.neededGb = 40.0;
    EXPECT_EQ(plans.find(larger), nullptr);
    GpuPlans::Question named = usualQuestion();
    named.tier = u"A40"_s;
    EXPECT_EQ(plans.find(named), nullptr);
    GpuPlans::Question unlucky = usualQuestion();
    unlucky.history[u"AMPERE_24"_s] = {4, 3};
    EXPECT_EQ(plans.find(unlucky), nullptr);
    EXPECT_EQ(plans.add(unlucky).pools(), (QStringList{u"AMPERE_48"_s, u"AMPERE_24"_s}));
}

TEST(GpuPlans, SeveralDeploysAtOnceKeepTheirsAndOldOnesGo)
{
    GpuPlans plans;
    const auto needing = [](double gb) {
        GpuPlans::Question question = usualQuestion();
        question.neededGb = gb;
        return question;
    };
    for (int gb = 1; gb <= 4; ++gb)
        plans.add(needing(gb));
    for (int gb = 1; gb <= 4; ++gb)
        EXPECT_NE(plans.find(needing(gb)), nullptr) << gb;
    for (int gb = 5; gb <= 40; ++gb)
        plans.add(needing(gb));
    EXPECT_EQ(plans.find(needing(1)), nullptr);
    EXPECT_NE(plans.find(needing(40)), nullptr);
}

} // namespace
} // namespace visgate
