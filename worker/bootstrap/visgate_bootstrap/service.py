# SPDX-License-Identifier: GPL-3.0-or-later
"""The provider's own SDK takes the jobs and posts their ends. What it leaves open is decided here: no progress after a job's
end, nothing posted of a stopped job, an end at once where nothing is in hand."""
import asyncio
import concurrent.futures
import signal
import sys
import threading
import time

from visgate_bootstrap.ending import end
from visgate_bootstrap.failure import Unwanted

BEAT_SECONDS = 0.2
LONGEST_PROGRESS_SECONDS = 60


class Service:
    def __init__(self, jobs, settings, events):
        self._jobs, self._settings, self._events = jobs, settings, events
        self._thread = concurrent.futures.ThreadPoolExecutor(1, "jobs")
        self._progress = _Progress()
        jobs.progress = self._progress.put
        self._in_hand = None  # jobs that the SDK has taken and not yet posted the end of
        self._is_asked_to_leave = False
        self._idle_since = time.monotonic()

    def run(self):
        """Does not come back: the process ends."""
        import runpod
        from runpod.serverless.modules.worker_state import JobsProgress

        self._in_hand = JobsProgress()
        threading.Thread(target=self._watch, daemon=True).start()
        sys.argv = sys.argv[:1]  # the SDK reads options of its own
        runpod.serverless.start({"handler": self._handle, "concurrency_modifier": self._before_take})
        end(self._events, self._jobs.runner, "asked to", 0)

    def _before_take(self, concurrency):
        """The SDK calls this before it asks for a job: how many at once. None while the model is lost, or this worker leaves;
        but with a job in hand never none, or the SDK would not begin it."""
        # Its own answer to SIGTERM would wait for the end of a long poll, longer than the provider waits.
        signal.signal(signal.SIGTERM, self._on_end_request)
        is_able = self._jobs.runner.is_loaded and not self._jobs.leaving and not self._is_asked_to_leave
        return 1 if is_able or self._in_hand.get_job_count() > 0 else 0

    def _on_end_request(self, number, frame):
        self._is_asked_to_leave = True

    async def _handle(self, document):
        stopped = threading.Event()
        work = asyncio.get_running_loop().run_in_executor(
            self._thread, self._jobs.do, document, lambda: Unwanted() if stopped.is_set() else None)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stopped.set()
            while not work.done():  # the runner has a moment to stop; the next job waits for it
                try:
                    await asyncio.wait({work})
                except asyncio.CancelledError:
                    continue
            work.exception()  # Unwanted; whatever it is, nobody waits for it
            raise
        finally:
            await asyncio.get_running_loop().run_in_executor(None, self._progress.finish, document["id"])
            self._idle_since = time.monotonic()
            if not self._jobs.runner.is_loaded and not self._jobs.leaving:
                self._thread.submit(self._jobs.load_again)

    def _watch(self):
        while True:
            time.sleep(BEAT_SECONDS)
            if self._in_hand.get_job_count() > 0:
                self._idle_since = time.monotonic()
            elif self._is_asked_to_leave:
                end(self._events, self._jobs.runner, "asked to", 0)
            elif self._jobs.leaving:
                end(self._events, self._jobs.runner, *self._jobs.leaving)
            elif time.monotonic() - self._idle_since >= self._settings.idle_seconds:
                end(self._events, self._jobs.runner, "idle", 0)


class _Progress:
    """One after the other, the latest instead of those that wait, and none after the job's end. The SDK's own call gives each
    a thread of its own, which may come after the result."""

    def __init__(self):
        self._changed = threading.Condition()
        self._waiting = None
        self._sending = None
        threading.Thread(target=self._run, daemon=True).start()

    def put(self, document, body):
        with self._changed:
            self._waiting = (document, body)
            self._changed.notify_all()

    def finish(self, job_id):
        with self._changed:
            if self._waiting and self._waiting[0]["id"] == job_id:
                self._waiting = None
            self._changed.wait_for(lambda: self._sending != job_id, LONGEST_PROGRESS_SECONDS)

    def _run(self):
        from runpod.serverless.modules import rp_progress

        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                document, body = self._waiting
                self._waiting, self._sending = None, document["id"]
            try:
                rp_progress._thread_target(document, body)  # what progress_update() starts
            except Exception:  # the next one replaces it
                continue
            finally:
                with self._changed:
                    self._sending = None
                    self._changed.notify_all()
