# SPDX-License-Identifier: GPL-3.0-or-later
"""What the contract tests of practice mode share: its process, a plain HTTP client, and the provider's document as judge.

Every REST reply that a test gets is checked against the OpenAPI document on the way, and every request body that the
provider accepts as well. The document is a reference that is not part of this project: without it the tests that need
it are skipped by name, the others run.
"""
import datetime
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SHARED = Path(os.environ.get("VISGATE_SHARED", ROOT.parent / "shared"))
HOST = os.environ.get("PRACTICE_HOST", str(ROOT / "build/asan/bin/practice_host"))
FAKE_WORKER = str(HERE / "fake_worker.py")
KEY = "rpa_practice_test"
IMAGE = "visgate/practice-worker:1"
SKIP = 77


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


def call(method, url, body=None, headers=None, timeout=300):
    """One request on a connection of its own. `body` is sent as JSON unless it is bytes."""
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=timeout)
    sent = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        sent.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, where.path + ("?" + where.query if where.query else ""), body, sent)
        reply = connection.getresponse()
        return Reply(reply.status, reply.headers, reply.read())
    finally:
        connection.close()


class Judge:
    """The provider's OpenAPI document."""

    def __init__(self):
        import jsonschema
        document = json.loads((SHARED / "contracts/runpod/openapi-v2.json").read_text())
        self.paths = document["paths"]
        self.document = document
        checker = jsonschema.FormatChecker(formats=())

        @checker.checks("date-time", raises=ValueError)
        def _is_time(text):  # requestUrls hold a literal {job_id}: the uri format is not checked
            if isinstance(text, str):
                datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
            return True

        resolver = jsonschema.RefResolver("", document)
        self.validator = lambda schema: jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=checker)

    def operation(self, method, path):
        for pattern, operations in self.paths.items():
            if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), path):
                return operations.get(method.lower())
        return None

    def schema(self, content, *types):
        for name in types:
            if name in content:
                return content[name].get("schema")
        return None

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node

    def problems(self, method, path, request, reply):
        operation = self.operation(method, path)
        if operation is None:
            return [] if reply.status in (401, 404, 405, 429) else [f"{method} {path} is not in the document"]
        found = []
        answers = operation["responses"]
        answer = self.resolve(answers.get(str(reply.status), answers["default"]))
        if reply.status < 400 and str(reply.status) not in answers:
            found.append(f"status {reply.status} is not in the document")
        if request is not None and reply.status < 300:
            schema = self.schema(self.resolve(operation["requestBody"])["content"], "application/json")
            found += [f"request: {e.json_path} {e.message}" for e in self.validator(schema).iter_errors(request)]
        kind = reply.headers.get("Content-Type", "").split(";")[0]
        content = answer.get("content", {})
        if reply.status == 204:
            found += ["a 204 has a body"] if reply.body else []
        elif content and kind not in content:
            found.append(f"content type {kind} of a {reply.status} is not in the document")
        elif kind.endswith("json"):
            schema = self.schema(content, kind)
            found += [f"reply: {e.json_path} {e.message}" for e in self.validator(schema).iter_errors(reply.json)]
        return found


def judge():
    """The Judge, or None where it cannot be had; `missing` says why."""
    global missing
    try:
        return Judge()
    except (OSError, ImportError) as reason:
        missing = f"the provider's OpenAPI document or jsonschema is not here: {reason}"
        return None


missing = ""
JUDGE = judge()
verdicts = 0  # replies that the document was asked about


class Practice:
    """A practice process of its own, with a folder of its own."""

    def __init__(self, *options, worker=FAKE_WORKER, speed=200, folder=None):
        self.folder = folder or tempfile.mkdtemp(prefix="practice-")
        self.options = [*options, "--worker", worker, "--speed", str(speed)]
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen([HOST, "--data", self.folder, *self.options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("practice_host did not start")
        self.said = line
        self.addresses = json.loads(Path(self.folder, "practice.json").read_text())
        self.rest_base, self.queue_base = self.addresses["rest"], self.addresses["queue"]
        self.hub_base, self.control_base = self.addresses["hub"], self.addresses["control"]

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def close(self):
        status = self.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        if status != 0:
            raise RuntimeError(f"practice_host ended with {status}")

    # -- the four parts -------------------------------------------------------------------------------------------
    def rest(self, method, path, body=None, key=KEY, headers=None, judged=True):
        global verdicts
        sent = {**({"Authorization": "Bearer " + key} if key else {}), **(headers or {})}
        reply = call(method, self.rest_base + path, body, sent)
        if JUDGE and judged:
            verdicts += 1
            request = body if isinstance(body, dict) else None
            problems = JUDGE.problems(method, "/v2" + path.split("?")[0], request, reply)
            if problems:
                raise AssertionError(f"{method} {path}: {reply}: " + "; ".join(problems))
        return reply

    def queue(self, method, path, body=None, key=KEY, timeout=300):
        return call(method, self.queue_base + path, body, {"Authorization": key} if key else {}, timeout)

    def hub(self, method, path, token=None):
        return call(method, self.hub_base + path, None, {"Authorization": "Bearer " + token} if token else {})

    def control(self, method, path, body=None):
        reply = call(method, self.control_base + path, body)
        if reply.status != 200:
            raise AssertionError(f"control {method} {path}: {reply}")
        return reply.json

    def state(self):
        return self.control("GET", "/state")

    # -- what many tests do ---------------------------------------------------------------------------------------
    def create(self, **changes):
        reply = self.rest("POST", "/serverless", endpoint_body(**changes))
        if reply.status != 201:
            raise AssertionError(f"create: {reply}")
        return reply.json["id"]

    def run(self, endpoint, **todo):
        extra = todo.pop("_job", {})
        reply = self.queue("POST", f"/{endpoint}/run", {"input": todo, **extra})
        if reply.status != 200:
            raise AssertionError(f"run: {reply}")
        return reply.json["id"]

    def status(self, endpoint, job):
        return self.queue("GET", f"/{endpoint}/status/{job}").json

    def finished(self, endpoint, job, patience=30):
        return until(lambda: (s := self.status(endpoint, job)).get("status") not in ("IN_QUEUE", "IN_PROGRESS") and s,
                     patience)

    def workers(self, endpoint):
        return self.rest("GET", f"/serverless/{endpoint}/workers").json["workers"]

    def advance(self, seconds):
        self.control("POST", "/time", {"advance_seconds": seconds})


def endpoint_body(**changes):
    body = {"name": "test", "type": "QUEUE", "image": IMAGE, "gpu": {"pools": ["AMPERE_24"], "count": 1},
            "workers": {"min": 0, "max": 1, "idleTimeout": 5}, "scaling": {"type": "QUEUE_DELAY", "queueDelay": 1},
            "timeout": 300000, "flashboot": "OFF"}
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}


def until(condition, patience=30):
    """Waits for a true value and returns it."""
    end = time.monotonic() + 10 * patience  # a watchdog: a computer may be busy
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience} s; last: {value!r}")
        time.sleep(0.02)


class Stream:
    """A server-sent event stream, read in the background."""

    def __init__(self, practice, path, headers=None):
        where = urllib.parse.urlsplit(practice.rest_base + path)
        self.connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        self.connection.request("GET", where.path + ("?" + where.query if where.query else ""),
                                headers={"Authorization": "Bearer " + KEY, **(headers or {})})
        self.socket = self.connection.sock  # a reply without an end takes it over
        self.reply = self.connection.getresponse()
        self.events, self.ended = [], False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        event = {}
        try:
            for raw in self.reply:
                line = raw.decode().rstrip("\n")
                if not line and event:
                    self.events.append(event)
                    event = {}
                elif line:
                    name, _, value = line.partition(": ")
                    event[name] = value
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            return  # cut by close(), or by the server
        self.ended = True

    def lines(self, source=None):
        data = [json.loads(event["data"]) for event in list(self.events)]
        return [entry["line"] for entry in data if source in (None, entry["source"])]

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the server was first
        self.thread.join(10)
        self.reply.close()


class Case(unittest.TestCase):
    """A test with a practice process of its own: self.p."""
    options, speed = (), 200

    def setUp(self):
        self.p = Practice(*self.options, speed=self.speed)
        self.addCleanup(self.p.close)

    def refused(self, reply, status, *words):
        self.assertEqual(reply.status, status, reply)
        text = json.dumps(reply.json)
        for word in words:
            self.assertIn(word, text)


def main():
    if os.environ.get("PRACTICE_NEEDS_DOCUMENT") and not JUDGE:
        print("SKIPPED: " + missing)
        sys.exit(SKIP)
    result = unittest.main(verbosity=2, exit=False).result
    print(f"{verdicts} REST replies held against the provider's document")
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
