// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// What a worker is at when the provider does something to it.
enum class Moment { Loading, Taking, HandedOut, Progress, Done, Quiet };

/// What goes wrong, and when, in one run of a worker: drawn by lot from a number, the same each time.
struct QueuePlan {
    enum class Answer { NoJob, BadRequest, TooMany, ServerError, NoJson, Broken, Cut, Jobs };
    static constexpr int cut = 0; ///< in place of a status: the message is taken, its answer is lost

    struct Job {
        std::string id;
        std::string prompt; ///< for ObedientRunner; empty: bad input
        std::optional<Moment> stopAt;
        std::vector<int> endReplies; ///< to its last word, one try after the other; 200 after them
        int progressReply = 200;
        bool isRefused = false; ///< one of those replies is final
    };
    struct Take {
        Answer answer = Answer::NoJob;
        std::vector<std::size_t> jobs; ///< by number; one may be there twice
        bool isList = false;
    };

    std::vector<Job> jobs;
    std::vector<Take> takes; ///< after them takes wait, as a long poll does
    Moment leaveAt = Moment::Quiet;
    std::size_t leaveCount = 1; ///< so many such moments are let pass, this one included

    [[nodiscard]] static QueuePlan drawn(std::uint64_t seed);
    /// For whoever reads of a failure.
    [[nodiscard]] std::string text() const;
};

} // namespace visgate::worker
