// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace visgate::worker {

/// How far a download is, told now and then. Thread-safe.
class FetchProgress {
public:
    struct State {
        std::uint64_t bytes = 0;
        std::uint64_t total = 0; ///< 0: not known yet
        double bytesPerSecond = 0;
    };
    struct Listener {
        std::function<void(const State&)> onState; ///< at the beginning, each `interval`, and at the end
        /// Something is going on, bytes or not: whoever watches over silence need not worry. Called often.
        std::function<void()> onSign;
    };

    FetchProgress(const Clock& clock, Listener listener, std::chrono::milliseconds interval = std::chrono::seconds(2));

    /// Somebody else who is to know; empty: nobody.
    void alsoTell(std::function<void(const State&)> onState);
    /// Begins: `present` bytes of them are there already.
    void begin(std::uint64_t present, std::uint64_t total);
    void add(std::uint64_t bytes);
    /// What was added does not count: it was wrong.
    void takeBack(std::uint64_t bytes);
    void sign();
    void end();
    [[nodiscard]] State state() const;

private:
    void tell();

    const Clock& m_clock;
    const Listener m_listener;
    const std::chrono::milliseconds m_interval;
    mutable std::mutex m_mutex;
    std::function<void(const State&)> m_alsoTold;
    State m_state;
    MonotonicPoint m_told;
    std::deque<std::pair<MonotonicPoint, std::uint64_t>> m_latest; ///< what the rate is made of
    std::uint64_t m_arrived = 0;                                   ///< bytes that came over the network
};

} // namespace visgate::worker
