# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker in HTTP mode, as whoever starts it has it: a process, what it prints, and a port of this computer."""
import http.client
import json
import os
import pathlib
import subprocess
import tempfile
import threading

from waiting import PATIENCE, until

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PROGRAM = os.environ.get("VISGATE_WORKER", str(ROOT / "build/asan/bin/visgate-worker"))
KEY = "a-key-of-this-test-0123456789"


class Reply:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:500]!r}"


class Worker:
    """`stdin`: whether the worker is held by its standard input."""

    def __init__(self, holds=False, listens=True, **environment):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [PROGRAM], stdin=subprocess.PIPE if holds else subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace",
            env={"PATH": os.environ["PATH"], "TMPDIR": self.folder.name, "WORKER_MODE": "http",
                 "HTTP_ADDRESS": "127.0.0.1", "HTTP_PORT": "0", "VISGATE_HTTP_KEY": KEY, "VISGATE_RUNNER": "builtin",
                 "HF_MODEL_ID": "stabilityai/sdxl-turbo", **({"VISGATE_LEAVE_WITH_STDIN": "1"} if holds else {}),
                 **{name: value for name, value in environment.items() if value is not None}})
        self.lines, self.changed = [], threading.Condition()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.port = self.event("listening")["port"] if listens else None

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.lines.append(None)
            self.changed.notify_all()

    def events(self):
        found = []
        for line in self.lines:
            if line and line.startswith("{"):
                event = json.loads(line)
                if event.get("visgate") == 1:
                    found.append(event)
        return found

    def event(self, kind):
        """The first of its kind, waited for."""
        with self.changed:
            self.changed.wait_for(lambda: None in self.lines or any(e["type"] == kind for e in self.events()), PATIENCE)
            found = [event for event in self.events() if event["type"] == kind]
            assert found, self.lines
            return found[0]

    def output(self):
        return "\n".join(line for line in self.lines if line)

    def wait(self):
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        self.process.stdout.close()
        if self.process.stdin:
            self.process.stdin.close()
        self.folder.cleanup()

    def call(self, method, path, body=None, key=KEY, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {**({"Authorization": f"Bearer {key}"} if key else {}), **(headers or {})}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        try:
            connection.request(method, path, body, sent)
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def run(self, **inputs):
        reply = self.call("POST", "/run", {"input": inputs})
        assert reply.status == 200 and reply.json["status"] == "IN_QUEUE", reply
        return reply.json["id"]

    def status(self, job):
        reply = self.call("GET", f"/status/{job}")
        assert reply.status == 200, reply
        return reply.json

    def until(self, job, *states):
        until(lambda: self.status(job)["status"] in states)
        return self.status(job)
