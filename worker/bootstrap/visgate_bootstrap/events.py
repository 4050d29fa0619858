# SPDX-License-Identifier: GPL-3.0-or-later
"""What the worker says of itself: events in the form of core/foundation/worker_protocol/worker_event.h, and ordinary lines in
that of the provider's SDK."""
import collections
import datetime
import json
import sys
import threading

FORMAT = 1
WINDOW = 24  # of the latest events, which a job's progress carries
LONGEST_MESSAGE = 4096
PATIENCE_AT_END_SECONDS = 2


class Events:
    def __init__(self, redactor):
        self._redactor = redactor
        self._lock = threading.Lock()
        self._last = 0
        self._window = collections.deque(maxlen=WINDOW)
        self.callback = None  # hears every event as well

    def emit(self, kind, **body):
        with self._lock:  # held while writing: lines leave in the order of their numbers
            self._last += 1
            now = datetime.datetime.now(datetime.timezone.utc)
            event = {"visgate": FORMAT, "seq": self._last, "ts": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "type": kind}
            for name, value in body.items():  # masked before it is JSON, so that it stays JSON
                event[name] = self._redactor.redact(value) if isinstance(value, str) else value
            self._window.append(event)
            print(json.dumps(event), flush=True)
            if self.callback:
                self.callback.add(event)

    def failed(self, code, message, job=None):
        self.emit("failed", code=code, message=message, **({"job": job} if job else {}))

    def window(self):
        with self._lock:
            return list(self._window)

    def log(self, level, message, job=None):
        # Masked before it is split, so that no secret hides across the seam.
        rest = self._redactor.redact(str(message))
        while rest:
            piece, rest = rest[:LONGEST_MESSAGE], rest[LONGEST_MESSAGE:]
            print(json.dumps({"requestId": job, "message": piece, "level": level}), flush=True)

    def finish(self):
        if self.callback:
            self.callback.flush(PATIENCE_AT_END_SECONDS)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "finish"):
                stream.finish()
