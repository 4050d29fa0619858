// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/money/history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace visgate {

namespace {

constexpr std::array<std::pair<StartStage, const char*>, 5> kNames{{{StartStage::Placement, "placement"},
    {StartStage::ImagePull, "image_pull"}, {StartStage::ModelDownload, "model_download"},
    {StartStage::ModelLoad, "model_load"}, {StartStage::Picture, "picture"}}};

// What is taken for granted until the user's own starts say otherwise. Rough figures, told apart by their width.
constexpr double kImageBytes = 6e9;
constexpr double kImageBytesPerSecond = 100e6;
constexpr double kKnownImage = 0.1; ///< of the time that a machine needs which has most layers already
constexpr double kDownloadBytesPerSecond = 200e6;
constexpr double kLoadBytesPerSecond = 1e9;
constexpr double kSecondsPerStepPerGigabyte = 0.02; ///< one step of a 1 GB denoiser at its default size

constexpr double kDemoStepSeconds = 1.0; ///< the demo model weighs a few megabytes and comes from this computer
constexpr double kDemoPictureSeconds = 2.0;

constexpr double kHereSeconds = 0.2; ///< no machine to find, no image and no download: a process starts

constexpr double kPriorSpread = 0.5;  ///< of the logarithm, from start to start
constexpr double kPriorFreedom = 3.0; ///< how many samples that is worth
constexpr double kGuessError = 1.1;   ///< of the guess itself: a factor of three either way
constexpr double kKinError = 0.35;    ///< how far one setting differs from its kin

constexpr double kCoverage = 0.8;
constexpr double kStuckShare = 0.994;
constexpr double kShortestPatience = 30.0;
constexpr double kLongestPatience = 1200.0;
constexpr double kShareOfStartLimit = 0.9;

/// Acklam's rational approximation of the normal distribution's quantile, good to nine digits.
double normalQuantile(double p)
{
    constexpr std::array<double, 6> a{-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr std::array<double, 5> b{-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
        6.680131188771972e+01, -1.328068155288572e+01};
    constexpr std::array<double, 6> c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00};
    constexpr std::array<double, 4> d{
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
    constexpr double low = 0.02425;
    if (p > 1 - low)
        return -normalQuantile(1 - p);
    if (p < low) {
        const double q = std::sqrt(-2 * std::log(p));
        return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5])
            / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
    }
    const double q = p - 0.5;
    const double r = q * q;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q
        / (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

/// Cornish and Fisher's expansion of the t distribution's quantile; fine from three degrees of freedom on.
double tQuantile(double p, double freedom)
{
    const double z = normalQuantile(p);
    const double z3 = z * z * z;
    const double z5 = z3 * z * z;
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom);
}

/// Whether a sample was taken under the same conditions, as far as they matter to the stage.
bool isOwn(StartStage stage, const StageSetting& sample, const StageSetting& asked)
{
    const bool samePool = asked.pool.isEmpty() || sample.pool == asked.pool;
    if (stage != StartStage::Picture && sample.again != asked.again)
        return false;
    switch (stage) {
    case StartStage::Placement:
        return sample.stock == asked.stock;
    case StartStage::ImagePull:
        return sample.runner == asked.runner;
    case StartStage::ModelDownload:
        return sample.modelId == asked.modelId && sample.install == asked.install;
    case StartStage::ModelLoad:
    case StartStage::Picture:
        return sample.modelId == asked.modelId && sample.runner == asked.runner && samePool;
    }
    return false;
}

struct Spread {
    double mean = 0.0;
    double squares = 0.0; ///< sum of squared distances from the mean
    int count = 0;
};

Spread spreadOf(const std::vector<double>& values)
{
    Spread spread;
    for (const double value : values) {
        ++spread.count;
        const double before = value - spread.mean;
        spread.mean += before / spread.count;
        spread.squares += before * (value - spread.mean);
    }
    return spread;
}

} // namespace

QString toString(StartStage stage)
{
    for (const auto& [known, name] : kNames) {
        if (known == stage)
            return QString::fromLatin1(name);
    }
    return {};
}

bool isPlayed(StartStage stage)
{
    return stage == StartStage::Placement || stage == StartStage::ImagePull;
}

double expectedSeconds(StartStage stage, const StageSetting& setting)
{
    if (setting.demo && !isPlayed(stage))
        return stage == StartStage::Picture ? kDemoPictureSeconds : kDemoStepSeconds;
    if (setting.target.isThisComputer() && stage < StartStage::ModelLoad)
        return kHereSeconds;
    const double bytes = static_cast<double>(setting.downloadBytes);
    switch (stage) {
    case StartStage::Placement:
        switch (setting.stock) {
        case Stock::High:
            return 5;
        case Stock::Medium:
            return 12;
        case Stock::Low:
            return 60;
        case Stock::None:
            return 300;
        case Stock::Unknown:
            return 20;
        }
        return 20;
    case StartStage::ImagePull:
        return kImageBytes / kImageBytesPerSecond * (setting.again ? kKnownImage : 1.0);
    case StartStage::ModelDownload:
        return 5 + static_cast<double>(setting.install.count()) + bytes / kDownloadBytesPerSecond;
    case StartStage::ModelLoad:
        return 10 + bytes / kLoadBytesPerSecond;
    case StartStage::Picture:
        return 2
            + std::max(0.05, bytes / 1e9 * kSecondsPerStepPerGigabyte) * std::max(1, setting.steps)
            * std::sqrt(std::max(1, setting.frames));
    }
    return 1;
}

StageBelief::StageBelief(double location, double scale, double freedom, int ownSamples)
    : m_location(location), m_scale(scale), m_freedom(freedom), m_ownSamples(ownSamples)
{
}

StageBelief StageBelief::faster(double factor) const
{
    return {m_location - std::log(factor), m_scale, m_freedom, m_ownSamples};
}

double StageBelief::quantile(double p) const
{
    return std::exp(m_location + m_scale * tQuantile(p, m_freedom));
}

StageBelief learn(StartStage stage, const StageSetting& setting, const QList<StageSample>& samples)
{
    // Two rounds of the same arithmetic (normal with unknown mean and variance, conjugate prior): first how far the
    // guess is off for everybody's settings, then for this one.
    std::vector<double> kin;
    std::vector<double> own;
    for (const StageSample& sample : samples) {
        if (sample.stage != stage || sample.seconds <= 0.0 || sample.setting.target != setting.target)
            continue;
        const double off = std::log(sample.seconds / expectedSeconds(stage, sample.setting));
        (isOwn(stage, sample.setting, setting) ? own : kin).push_back(off);
    }
    double center = 0.0;
    double centerVariance = kGuessError * kGuessError;
    double freedom = kPriorFreedom;
    double squares = freedom * kPriorSpread * kPriorSpread;
    if (!kin.empty()) {
        const Spread spread = spreadOf(kin);
        const double certainty = spread.count * centerVariance / (spread.count * centerVariance + squares / freedom);
        center += certainty * (spread.mean - center);
        centerVariance = centerVariance * (1 - certainty) + kKinError * kKinError;
        // The kin's spread holds their differences as well, so it counts for little.
        const double weight = std::min(1.0, 3.0 / spread.count);
        squares += weight * spread.squares;
        freedom += weight * spread.count;
    }
    const Spread spread = spreadOf(own);
    const double before = squares / freedom / centerVariance; // what the belief so far is worth, in samples
    const double worth = before + spread.count;
    const double distance = spread.mean - center;
    squares += spread.squares + before * spread.count / worth * distance * distance;
    freedom += spread.count;
    center += spread.count / worth * distance;
    const double scale = std::sqrt(squares / freedom * (worth + 1) / worth);
    return {std::log(expectedSeconds(stage, setting)) + center, scale, freedom, spread.count};
}

std::optional<TimeRange> remaining(const QList<StageBelief>& stages, double elapsed)
{
    if (stages.isEmpty())
        return TimeRange{};
    // Fixed draws, spread evenly over each stage and paired by steps that have no common measure: the same question
    // always has the same answer.
    constexpr int draws = 1024;
    constexpr std::array<double, 5> steps{
        0.6180339887498949, 0.4142135623730951, 0.7320508075688772, 0.3166247903553998, 0.6457513110645906};
    constexpr std::size_t fewest = 8;
    std::vector<double> totals;
    for (int i = 0; i < draws; ++i) {
        double total = 0.0;
        bool isPast = false;
        for (qsizetype stage = 0; stage < stages.size(); ++stage) {
            const double share = std::fmod((i + 0.5) * steps[static_cast<std::size_t>(stage) % steps.size()], 1.0);
            const double seconds = stages.at(stage).quantile(std::clamp(share, 0.0005, 0.9995));
            isPast = isPast || (stage == 0 && seconds <= elapsed);
            total += seconds - (stage == 0 ? elapsed : 0.0);
        }
        if (!isPast)
            totals.push_back(total);
    }
    if (totals.size() < fewest)
        return std::nullopt;
    std::sort(totals.begin(), totals.end());
    const auto at = [&](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(totals.size() - 1));
        return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(std::llround(totals[index])));
    };
    TimeRange range{at((1 - kCoverage) / 2), at(0.5), at((1 + kCoverage) / 2), stages.constFirst().ownSamples()};
    for (const StageBelief& stage : stages)
        range.ownSamples = std::min(range.ownSamples, stage.ownSamples());
    return range;
}

double stuckAfter(StartStage stage, const StageBelief& belief, std::chrono::seconds initTimeout)
{
    // No machine being free is no fault: it may take as long as it takes before anybody is told.
    const double share = stage == StartStage::Placement ? 0.998 : kStuckShare;
    const bool isInContainer = stage == StartStage::ModelDownload || stage == StartStage::ModelLoad;
    const double most
        = isInContainer ? kShareOfStartLimit * static_cast<double>(initTimeout.count()) : kLongestPatience;
    return std::clamp(belief.quantile(share), kShortestPatience, std::max(kShortestPatience, most));
}

} // namespace visgate
