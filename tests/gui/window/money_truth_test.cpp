// SPDX-License-Identifier: GPL-3.0-or-later
// The money line against practice's own books: at random moments of a busy hour every figure of money, wherever it is
// read, is the same one, and is what practice charges.
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/seed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QRegularExpression>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <gmock/gmock.h>
#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// What is shown is rounded: to cents an hour, and to a hundredth of a cent where it is small.
constexpr double kShownPerHour = 0.0051;
constexpr double kShownUsd = 0.0051;
constexpr double kShownPerCard = 0.0101; // "under $0.01" is one of a card's words
/// The bound. A container's seconds are rounded up, and it is seen to begin and to end by a look each.
constexpr double kSecondsPerContainer = 4.0;
constexpr double kDearestPerHour = 1.2;

std::vector<double> numbersOf(const QString& text)
{
    static const QRegularExpression number(u"[0-9]+(\\.[0-9]+)?"_s);
    std::vector<double> numbers;
    for (auto match = number.globalMatch(text); match.hasNext();)
        numbers.push_back(match.next().captured().toDouble());
    return numbers;
}

struct Books {
    double perHour = 0.0;
    double spent = 0.0;
};

struct Figures {
    double perHour = 0.0;
    double soFar = 0.0;
};

class MoneyTruth : public testing::Test {
protected:
    void SetUp() override
    {
        // Noon, wherever and whenever the test runs: an hour more is still today.
        const int ahead = static_cast<int>(std::time(nullptr) / 3600 % 24) - 12;
        m_zone = qgetenv("TZ");
        setZone("Etc/GMT" + QByteArray(ahead < 0 ? "-" : "+") + QByteArray::number(std::abs(ahead)));
        m_harness = std::make_unique<WindowHarness>(u"en"_s);
        m_harness->serve();
        m_harness->show();
    }

    void TearDown() override
    {
        m_harness.reset();
        setZone(m_zone);
    }

    static void setZone(const QByteArray& zone)
    {
        zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
        ::tzset();
    }

    Books books()
    {
        const QJsonObject money = m_harness->practice().state()["money"_L1].toObject();
        return {money["usdPerSecond"_L1].toDouble() * 3600.0, money["spent"_L1].toDouble()};
    }

    QString textOf(const QString& name)
    {
        const auto* const label = m_harness->window().findChild<QLabel*>(name);
        return label ? label->text() : QString();
    }

    /// "Play money: $0.58/h, today $0.012   ·   Real money: ..."
    Figures ofLine(const QString& text)
    {
        const std::vector<double> numbers = numbersOf(text.section(u"·"_s, 0, 0));
        return text.startsWith(u"Play money"_s) && numbers.size() == 2 ? Figures{numbers[0], numbers[1]} : Figures{};
    }

    Figures ofCards()
    {
        Figures sum;
        for (const auto* const label : m_harness->window().findChildren<QLabel*>(u"cardNow"_s))
            sum.perHour += numbersOf(label->text()).front();
        for (const auto* const label : m_harness->window().findChildren<QLabel*>(u"cardSoFar"_s))
            sum.soFar += label->text().startsWith(u"under"_s) ? 0.0 : numbersOf(label->text()).front();
        return sum;
    }

    Figures ofSpendPage()
    {
        const std::vector<double> now = numbersOf(textOf(u"spendNow"_s));
        const std::vector<double> counted = numbersOf(textOf(u"spendCounted"_s));
        return {now.empty() ? 0.0 : now.front(), counted.empty() ? 0.0 : counted.front()};
    }

    static Figures ofReport(const QJsonObject& report)
    {
        return {report["usd_per_hour"_L1].toDouble() + report["usd_per_hour_elsewhere"_L1].toDouble(),
            report["usd"_L1].toDouble()};
    }

    static Figures ofList(const QJsonObject& list)
    {
        Figures sum;
        const QJsonArray deployments = list["deployments"_L1].toArray();
        for (const QJsonValue& deployment : deployments) {
            sum.perHour += deployment["cost"_L1]["usd_per_hour"_L1].toDouble();
            sum.soFar += deployment["cost"_L1]["usd"_L1].toDouble();
        }
        return sum;
    }

    /// Practice's rate is not the same before and after a read while something begins or ends just then.
    bool agrees(const std::function<Figures()>& read, double slackPerHour, QString* found)
    {
        const Books before = books();
        const Figures figures = read();
        const Books after = books();
        *found = u"shown $%1/h $%2, books $%3/h $%4"_s.arg(figures.perHour)
                     .arg(figures.soFar)
                     .arg(after.perHour)
                     .arg(after.spent);
        return before.perHour == after.perHour && std::abs(figures.perHour - after.perHour) <= slackPerHour
            && std::abs(figures.soFar - after.spent)
            <= kShownUsd + m_containers * kSecondsPerContainer * kDearestPerHour / 3600.0;
    }

    void expectTruth(const char* where, const std::function<Figures()>& read, double slackPerHour)
    {
        QString found;
        EXPECT_TRUE(waitUntil([&] { return agrees(read, slackPerHour, &found); }, 60s))
            << where << ": " << found.toStdString() << '\n'
            << QJsonDocument(m_harness->get("/v1/spend?target=practice")).toJson().toStdString();
    }

    std::unique_ptr<WindowHarness> m_harness;
    QByteArray m_zone;
    int m_containers = 0; ///< that may have been begun so far
};

TEST_F(MoneyTruth, EveryFigureIsThatOfTheBooksAtAnyMomentOfABusyHour)
{
    WindowHarness& harness = *m_harness;
    const int moments = test::isLong() ? 200 : 40;
    std::mt19937 random(static_cast<unsigned>(test::seed()));
    const auto upTo = [&random](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    harness.practice().control("POST", u"/account"_s, {{u"quota"_s, 60}, {u"credit"_s, 1000}});
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    QList<DeploymentId> living;
    const auto deploy = [&] {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        request.practiceSpeed = 200.0;
        request.limits.idleTimeout = 3600s;
        request.force = upTo(4) != 0; // else it shares an endpoint with another one
        request.firstInput = JobInput();
        request.firstInput->prompt = u"a red circle"_s;
        const auto created = await(harness.service().call(CreateDeployment{request}));
        ASSERT_TRUE(created) << created.error().detail;
        ++m_containers;
        living.append(created->id);
    };
    deploy();
    int billing = 0;
    for (int moment = 0; moment < moments && !HasFailure(); ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment) + ", seed " + std::to_string(test::seed()));
        const DeploymentId some = living.at(upTo(static_cast<int>(living.size())));
        switch (upTo(8)) {
        case 0:
            if (living.size() < 4)
                deploy();
            break;
        case 1:
            static_cast<void>(await(harness.service().call(PauseDeployment{some})));
            break;
        case 2:
            static_cast<void>(await(harness.service().call(ResumeDeployment{some})));
            ++m_containers;
            break;
        case 3: {
            JobInput input;
            input.prompt = u"a blue square"_s;
            ++m_containers;
            static_cast<void>(await(harness.service().call(SubmitJob{some, input})));
            break;
        }
        case 4:
            if (living.size() > 1) {
                static_cast<void>(await(harness.service().call(DeleteDeployment{some})));
                living.removeAll(some);
                deploy();
            }
            break;
        default:
            break;
        }
        for (int step = 0; step < 3; ++step)
            harness.pass(std::chrono::seconds(upTo(13)));
        harness.click(moment % 2 == 0 ? u"navHome"_s : u"navSpend"_s);
        expectTruth(
            "status line", [&] { return ofLine(textOf(u"statusMoney"_s)); }, kShownPerHour);
        expectTruth(
            "Home", [&] { return ofLine(textOf(u"homeMoney"_s)); }, kShownPerHour);
        expectTruth(
            "Spend", [&] { return ofSpendPage(); }, kShownPerHour);
        expectTruth(
            "API", [&] { return ofReport(harness.get("/v1/spend?target=practice")); }, 1e-9);
        EXPECT_EQ(textOf(u"statusMoney"_s), textOf(u"homeMoney"_s));
        EXPECT_EQ(ofSpendPage().perHour, ofLine(textOf(u"statusMoney"_s)).perHour);
        EXPECT_EQ(ofSpendPage().soFar, ofLine(textOf(u"statusMoney"_s)).soFar);
        // A card each, and one place to round in each.
        EXPECT_TRUE(waitUntil(
            [&] {
                const Books now = books();
                return std::abs(ofCards().perHour - now.perHour) <= kShownPerHour * static_cast<double>(living.size());
            },
            60s));
        if (test::isLong() || moment % 5 == 0) {
            expectTruth(
                "visgatectl spend",
                [&] {
                    return ofReport(harness.ctl(
                        {u"spend"_s, u"--target"_s, u"practice"_s, u"--period"_s, u"today"_s, u"--json"_s}));
                },
                1e-9);
            QString found;
            EXPECT_TRUE(waitUntil(
                [&] {
                    const Books before = books();
                    const Figures listed = ofList(harness.ctl({u"list"_s, u"--json"_s}));
                    found = QString::number(listed.perHour);
                    return before.perHour == books().perHour && std::abs(listed.perHour - before.perHour) < 1e-9;
                },
                60s))
                << "visgatectl list: " << found.toStdString();
            EXPECT_TRUE(waitUntil(
                [&] {
                    const double shown = ofCards().soFar;
                    const double listed = ofList(harness.ctl({u"list"_s, u"--json"_s})).soFar;
                    found = u"cards $%1, list $%2"_s.arg(shown).arg(listed);
                    return std::abs(shown - listed) <= kShownPerCard * static_cast<double>(living.size());
                },
                60s))
                << found.toStdString();
        }
        billing += books().perHour > 0.0 ? 1 : 0;
    }
    EXPECT_GT(billing, moments / 4) << "an hour in which nothing costs proves nothing";
    std::printf("%d moments, something was billed in %d of them; $%.4f charged\n", moments, billing, books().spent);
}

TEST_F(MoneyTruth, WhatOthersKeepRunningIsPartOfTheLine)
{
    WindowHarness& harness = *m_harness;
    ASSERT_TRUE(await(harness.service().call(ListGpuOffers{AccountId::practice()}))) << "the account is open";
    harness.practice().makeElsewhere(u"somebody-elses"_s, 1, 1);
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    ASSERT_TRUE(waitUntil([&] { return books().perHour > 0.0; }, 60s)) << "it bills";
    const double charged = books().perHour;
    ASSERT_TRUE(await(harness.service().call(ListEndpoints{true})));
    const auto isTold = [&](double shown) { return std::abs(shown - charged) <= kShownPerHour; };
    EXPECT_TRUE(waitUntil([&] { return isTold(ofLine(textOf(u"statusMoney"_s)).perHour); }, 60s))
        << textOf(u"statusMoney"_s).toStdString() << " but " << charged;
    EXPECT_TRUE(waitUntil([&] { return isTold(ofSpendPage().perHour); }, 60s));
    EXPECT_TRUE(harness.says(u"Nothing of Visgate is running; another endpoint costs money"_s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.words().contains(u"Nothing is running"_s));
    EXPECT_TRUE(isTold(ofReport(harness.get("/v1/spend?target=practice")).perHour));
    EXPECT_TRUE(isTold(ofReport(harness.ctl({u"spend"_s, u"--target"_s, u"practice"_s, u"--json"_s})).perHour));
}

} // namespace
} // namespace visgate::ui
