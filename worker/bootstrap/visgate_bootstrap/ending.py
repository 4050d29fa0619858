# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker's end, at once: what else runs in this process waits for answers that nobody needs."""
import multiprocessing
import os
import threading

_once = threading.Lock()


def end(events, runner, reason, status):
    """Does not come back."""
    _once.acquire()  # whoever comes second waits for the end of the process
    events.emit("leaving", reason=reason)
    if runner is not None:
        runner.end()
    for process in multiprocessing.active_children():  # the SDK's heart-beat
        process.kill()
    events.finish()
    os._exit(status)
