// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue_plan.h"

#include <algorithm>
#include <array>
#include <random>
#include <sstream>

namespace visgate::worker {
namespace {

using Random = std::mt19937_64;

std::size_t upTo(Random& random, std::size_t most)
{
    return random() % (most + 1);
}

bool happens(Random& random, unsigned percent)
{
    return random() % 100 < percent;
}

template <typename Value, std::size_t count> Value oneOf(Random& random, const std::array<Value, count>& values)
{
    return values.at(random() % count);
}

std::string drawnPrompt(Random& random)
{
    constexpr std::array prompts{"draw", "draw", "draw", "draw", "draw", "draw", "wait", "wait", "fail", ""};
    return oneOf(random, prompts);
}

QueuePlan::Job drawnJob(Random& random, std::string id)
{
    QueuePlan::Job job;
    job.id = std::move(id);
    job.prompt = drawnPrompt(random);
    constexpr std::array stops{Moment::HandedOut, Moment::Progress, Moment::Done};
    constexpr std::array early{Moment::HandedOut, Moment::Progress};
    if (job.prompt == "wait") { // it ends in no other way
        job.stopAt = oneOf(random, early);
    } else if (happens(random, 25)) {
        job.stopAt = oneOf(random, stops);
    }
    constexpr std::array faults{500, 502, 503, 429, QueuePlan::cut};
    for (std::size_t i = upTo(random, 3); i > 0 && happens(random, 60); --i) {
        job.endReplies.push_back(oneOf(random, faults));
    }
    if (happens(random, 5)) {
        job.endReplies.push_back(400);
        job.isRefused = true;
    }
    job.progressReply = happens(random, 15) ? oneOf(random, faults) : 200;
    return job;
}

void drawEmptyTakes(Random& random, std::vector<QueuePlan::Take>& takes)
{
    using Answer = QueuePlan::Answer;
    constexpr std::array empty{Answer::NoJob, Answer::BadRequest, Answer::TooMany, Answer::ServerError, Answer::NoJson,
        Answer::Broken, Answer::Cut};
    while (happens(random, 40)) {
        takes.push_back({oneOf(random, empty), {}, false});
    }
}

/// A later copy comes from a provider that has not heard of the end: it may only be of one that surely had a good one.
bool mayComeAgain(const QueuePlan::Job& job)
{
    return job.prompt == "draw" && !job.stopAt && !job.isRefused;
}

} // namespace

QueuePlan QueuePlan::drawn(std::uint64_t seed)
{
    Random random(seed);
    QueuePlan plan;
    const std::size_t count = 1 + upTo(random, 3);
    for (std::size_t i = 0; i < count; ++i) {
        plan.jobs.push_back(drawnJob(random, "run" + std::to_string(seed) + "-job" + std::to_string(i)));
    }
    for (std::size_t next = 0; next < count;) {
        drawEmptyTakes(random, plan.takes);
        Take take{Answer::Jobs, {}, happens(random, 40)};
        const std::size_t most = take.isList ? 3 : 1;
        for (; next < count && take.jobs.size() < most && (take.jobs.empty() || happens(random, 70)); ++next) {
            take.jobs.push_back(next);
        }
        if (take.isList && happens(random, 30)) {
            take.jobs.push_back(take.jobs.front());
        }
        plan.takes.push_back(take);
        if (const std::size_t again = take.jobs.front(); happens(random, 25) && mayComeAgain(plan.jobs[again])) {
            plan.takes.push_back({Answer::Jobs, {again}, happens(random, 50)});
        }
    }
    drawEmptyTakes(random, plan.takes);
    constexpr std::array moments{Moment::Loading, Moment::Taking, Moment::Taking, Moment::HandedOut, Moment::Progress,
        Moment::Done, Moment::Done, Moment::Quiet, Moment::Quiet, Moment::Quiet};
    plan.leaveAt = oneOf(random, moments);
    plan.leaveCount = plan.leaveAt == Moment::Loading || plan.leaveAt == Moment::Quiet ? 1 : 1 + upTo(random, 3);
    return plan;
}

std::string QueuePlan::text() const
{
    constexpr std::array answers{"204", "400", "429", "500", "html", "broken", "cut", "jobs"};
    constexpr std::array moments{"loading", "taking", "handed out", "progress", "done", "quiet"};
    std::ostringstream out;
    for (const Job& job : jobs) {
        out << job.id << " '" << job.prompt << '\'';
        if (job.stopAt) {
            out << ", stopped at " << moments.at(static_cast<std::size_t>(*job.stopAt));
        }
        out << ", replies to its end:";
        std::for_each(job.endReplies.begin(), job.endReplies.end(), [&out](int status) { out << ' ' << status; });
        out << '\n';
    }
    for (const Take& take : takes) {
        out << "take: " << answers.at(static_cast<std::size_t>(take.answer));
        std::for_each(take.jobs.begin(), take.jobs.end(), [&out](std::size_t job) { out << ' ' << job; });
        out << '\n';
    }
    out << "leaves at " << moments.at(static_cast<std::size_t>(leaveAt)) << ", " << leaveCount << '\n';
    return out.str();
}

} // namespace visgate::worker
