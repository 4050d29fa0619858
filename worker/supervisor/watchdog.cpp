// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/watchdog.h"

#include <algorithm>

namespace visgate::worker {
namespace {

constexpr std::size_t rememberedSteps = 200;

} // namespace

Watchdog::Limits Watchdog::Limits::slower(int times) const
{
    Limits slower = *this;
    for (std::chrono::seconds Limits::*const limit : {&Limits::load, &Limits::loadSilence, &Limits::stepLeast,
             &Limits::encodeText, &Limits::decode, &Limits::encodeFile}) {
        slower.*limit *= times;
    }
    return slower;
}

Watchdog::Watchdog(const Clock& clock, Limits limits)
    : m_clock(clock), m_limits(limits), m_since(clock.monotonic()), m_lastMove(m_since)
{
}

const char* Watchdog::complaint(Verdict verdict, Phase phase)
{
    if (verdict == Verdict::JobTimedOut) {
        return "The job took too long.";
    }
    if (verdict == Verdict::FetchTimedOut) {
        return "Nothing more came of the model's files.";
    }
    if (verdict == Verdict::LoadTimedOut) {
        return "The model did not load in time.";
    }
    switch (phase) {
    case Phase::EncodeText:
        return "Reading the prompt took too long.";
    case Phase::Decode:
        return "Decoding what was drawn took too long.";
    case Phase::EncodeFile:
        return "Writing the file took too long.";
    case Phase::Upload:
        return "The upload took too long.";
    case Phase::Step:
    case Phase::Deliver:
        break;
    }
    return "A step took too long.";
}

void Watchdog::fetchStarted()
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Fetching;
    m_since = m_lastMove = m_clock.monotonic();
}

void Watchdog::loadStarted()
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Loading;
    m_since = m_lastMove = m_clock.monotonic();
}

void Watchdog::loadMoved()
{
    const std::lock_guard lock(m_mutex);
    m_lastMove = m_clock.monotonic();
}

void Watchdog::loaded()
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Idle;
    m_since = m_clock.monotonic();
}

void Watchdog::jobStarted(std::chrono::milliseconds deadline)
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Working;
    m_since = m_lastMove = m_clock.monotonic();
    m_jobDeadline = deadline;
    m_phase = Phase::Step;
}

void Watchdog::enter(Phase phase)
{
    const std::lock_guard lock(m_mutex);
    m_phase = phase;
    m_lastMove = m_clock.monotonic();
}

Watchdog::Phase Watchdog::phase() const
{
    const std::lock_guard lock(m_mutex);
    return m_phase;
}

void Watchdog::stepDone()
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.monotonic();
    m_phase = Phase::Step;
    m_steps.push_back(now - m_lastMove);
    if (m_steps.size() > rememberedSteps) {
        m_steps.erase(m_steps.begin());
    }
    m_lastMove = now;
}

bool Watchdog::jobEnded(Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Idle;
    m_since = m_clock.monotonic();
    if (outcome == Outcome::Success) {
        m_failures = m_crashes = 0;
    } else if (outcome == Outcome::Failure || outcome == Outcome::Crash) {
        ++m_failures;
        m_crashes += outcome == Outcome::Crash ? 1 : 0;
    }
    return m_failures >= m_limits.failures || m_crashes >= m_limits.crashes;
}

bool Watchdog::wouldLeaveAfter(Outcome outcome) const
{
    const std::lock_guard lock(m_mutex);
    return m_failures + 1 >= m_limits.failures || (outcome == Outcome::Crash && m_crashes + 1 >= m_limits.crashes);
}

Watchdog::Verdict Watchdog::check() const
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.monotonic();
    switch (m_state) {
    case State::Starting:
        return Verdict::Fine;
    case State::Fetching:
        return now - m_since > m_limits.fetch || now - m_lastMove > m_limits.loadSilence ? Verdict::FetchTimedOut
                                                                                         : Verdict::Fine;
    case State::Loading:
        return now - m_since > m_limits.load || now - m_lastMove > m_limits.loadSilence ? Verdict::LoadTimedOut
                                                                                        : Verdict::Fine;
    case State::Working:
        if (m_phase == Phase::Deliver) {
            return Verdict::Fine;
        }
        if (now - m_since > m_jobDeadline) {
            return Verdict::JobTimedOut;
        }
        return now - m_lastMove > phaseLimit() ? Verdict::PhaseTimedOut : Verdict::Fine;
    case State::Idle:
        return now - m_since >= m_limits.idle ? Verdict::Idle : Verdict::Fine;
    }
    return Verdict::Fine;
}

std::chrono::nanoseconds Watchdog::phaseLimit() const
{
    switch (m_phase) {
    case Phase::EncodeText:
        return m_limits.encodeText;
    case Phase::Decode:
        return m_limits.decode;
    case Phase::EncodeFile:
        return m_limits.encodeFile;
    case Phase::Upload:
        return m_limits.upload;
    case Phase::Step:
    case Phase::Deliver:
        break;
    }
    return stepLimit();
}

std::chrono::nanoseconds Watchdog::stepLimit() const
{
    if (m_steps.empty()) {
        return m_limits.stepLeast;
    }
    auto steps = m_steps;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return std::max<std::chrono::nanoseconds>(m_limits.stepLeast, *middle * m_limits.stepFactor);
}

} // namespace visgate::worker
