# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells the panel what happens where it can be reached (worker/supervisor/callback.h): events in batches, and how the start ends.
Only an accelerator: nothing waits for it, what cannot be sent is dropped, and the events' numbers show the gap."""
import collections
import json
import threading
import time

from visgate_bootstrap import addresses

READY_PATH, EVENTS_PATH = "/internal/deployment-ready/", "/internal/events/"
MOST_WAITING, MOST_IN_BATCH = 1024, 128
ATTEMPTS, SEND_SECONDS = 3, 5


def callback_of(environment, events):
    """None where the panel has no address, or one that its secret must not be sent to."""
    address, secret = environment.get("VISGATE_WEBHOOK"), environment.get("VISGATE_INTERNAL_SECRET")
    if not address or not secret:
        return None
    if not addresses.is_allowed(address):
        events.log("WARN", "VISGATE_WEBHOOK is neither https nor on this computer; it is not used.")
        return None
    return Callback(address, secret)


class Callback:
    def __init__(self, address, secret):
        self._status_address = address
        self._events_address = address.replace(READY_PATH, EVENTS_PATH, 1) if READY_PATH in address else ""
        self._headers = {"Content-Type": "application/json", "X-Visgate-Internal-Secret": secret}
        self._changed = threading.Condition()
        self._events = collections.deque(maxlen=MOST_WAITING)
        self._statuses = []
        self._said_loading, self._is_idle = False, True
        threading.Thread(target=self._run, daemon=True).start()

    def add(self, event):
        """Never blocks."""
        with self._changed:
            if self._events_address:
                self._events.append(event)
            if event["type"] == "ready":
                self._statuses.append({"status": "ready"})
            elif event["type"] == "load" and not self._said_loading:
                self._said_loading = True
                self._statuses.append({"status": "loading_model"})
            elif event["type"] == "failed" and "job" not in event:
                self._statuses.append({"status": "failed", "message": event["message"]})
            self._changed.notify_all()

    def flush(self, seconds):
        """Until all is sent or given up, but no longer."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_idle and not self._events and not self._statuses, seconds)

    def _run(self):
        while True:
            with self._changed:
                self._is_idle = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._events or self._statuses)
                self._is_idle = False
                batch = [self._events.popleft() for _ in range(min(len(self._events), MOST_IN_BATCH))]
                statuses, self._statuses = self._statuses, []
            if batch:
                self._send(self._events_address, batch)
            for status in statuses:
                self._send(self._status_address, status)

    def _send(self, address, letter):
        for attempt in range(ATTEMPTS):
            try:
                status = addresses.send("POST", address, json.dumps(letter).encode(), self._headers, SEND_SECONDS)
            except OSError:
                status = 0
            if status not in (0, 429) and status < 500:
                return
            time.sleep(0.25 * 2**attempt)
