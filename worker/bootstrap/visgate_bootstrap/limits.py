# SPDX-License-Identifier: GPL-3.0-or-later
"""The deadlines of a job, phase by phase, and when a worker that keeps failing is to leave: worker/supervisor/watchdog.h."""
import statistics
import time

PHASES = {"encode_text": (180, "Reading the prompt took too long."), "decode": (180, "Decoding what was drawn took too long.")}
LEAST_STEP_SECONDS, STEP_FACTOR, REMEMBERED_STEPS = 60, 20, 200
MOST_CRASHES = 2


class Deadlines:
    """Of one job. `steps`, which the worker keeps, is how long the latest steps took, over all jobs."""

    def __init__(self, steps, seconds, clock=time.monotonic):
        self._steps, self._seconds, self._clock = steps, seconds, clock
        self._began = self._moved = clock()
        self._phase = "step"

    def enter(self, phase):
        self._phase, self._moved = phase, self._clock()

    def step_done(self, is_last):
        now = self._clock()
        self._steps.append(now - self._moved)
        del self._steps[:-REMEMBERED_STEPS]
        self._phase, self._moved = "decode" if is_last else "step", now

    def complaint(self):
        """What took too long; empty if nothing did."""
        now = self._clock()
        if now - self._began > self._seconds:
            return "The job took too long."
        usual = STEP_FACTOR * statistics.median(self._steps) if self._steps else 0
        most, words = PHASES.get(self._phase, (max(LEAST_STEP_SECONDS, usual), "A step took too long."))
        return words if now - self._moved > most else ""


class Failures:
    """Those in a row. Bad input and stopped jobs are none."""

    def __init__(self, most):
        self._most = most
        self._failures = self._crashes = 0

    def success(self):
        self._failures = self._crashes = 0

    def failed(self, is_crash):
        """Whether it was one too many."""
        self._failures += 1
        self._crashes += is_crash
        return self._failures >= self._most or self._crashes >= MOST_CRASHES
