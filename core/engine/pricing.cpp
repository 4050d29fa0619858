// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/pricing.h"

#include <algorithm>
#include <cmath>

namespace visgate {

using std::chrono::seconds;

namespace {

constexpr double kDownloadBytesPerSecond = 200e6;
constexpr double kLoadBytesPerSecond = 1e9;
constexpr double kSecondsPerStepPerGigabyte = 0.02; ///< one step of a 1 GB denoiser at its default size
constexpr seconds kStartOverhead{20};
constexpr seconds kDecode{2};

seconds wholeSeconds(double value)
{
    return seconds(static_cast<std::chrono::seconds::rep>(std::ceil(value)));
}

double cost(double usdPerHour, seconds time)
{
    return usdPerHour * std::chrono::duration<double, std::ratio<3600>>(time).count();
}

} // namespace

ExpectedTimes expectedTimes(const ModelSpec& model)
{
    const double bytes = static_cast<double>(model.downloadBytes);
    ExpectedTimes times;
    times.coldStart = kStartOverhead + wholeSeconds(bytes / kDownloadBytesPerSecond + bytes / kLoadBytesPerSecond);
    const double perStep = std::max(0.05, bytes / 1e9 * kSecondsPerStepPerGigabyte);
    const int frames = std::max(1, model.defaults.frames.value_or(1));
    times.picture = kDecode + wholeSeconds(perStep * std::max(1, model.defaults.steps) * std::sqrt(frames));
    return times;
}

PriceQuote quotePrice(const ModelSpec& model, const GpuPlan& plan, const EndpointLimits& limits)
{
    PriceQuote quote;
    quote.usdPerHour = plan.ceilingUsdPerHour();
    const ExpectedTimes times = expectedTimes(model);
    const int workers = std::max(1, limits.workersMax);
    quote.firstPicture = cost(quote.usdPerHour, times.coldStart + times.picture + limits.idleTimeout);
    quote.nextPicture = cost(quote.usdPerHour, times.picture);
    quote.idlePerDay = cost(quote.usdPerHour, std::chrono::hours(24)) * limits.workersMin;
    quote.worstCase
        = cost(quote.usdPerHour, limits.initTimeout + limits.executionTimeout + limits.idleTimeout) * workers
        + quote.idlePerDay;
    return quote;
}

} // namespace visgate
