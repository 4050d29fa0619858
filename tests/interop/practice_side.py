# SPDX-License-Identifier: GPL-3.0-or-later
"""What the interop scripts share: `visgatectl practice serve`, found in VISGATE_BIN."""
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

KEY = "rpa_practice_interop"
IMAGE = "visgate/practice-worker:1"


class Practice:
    """`worker` runs as the only image that the provider knows."""

    def __init__(self, worker):
        self.folder = tempfile.mkdtemp(prefix="practice-interop-")
        program = Path(os.environ["VISGATE_BIN"]) / "visgatectl"
        self.process = subprocess.Popen([str(program), "practice", "serve", "--data", self.folder, "--worker", str(worker),
                                         "--speed", "100", "--open"], stdout=subprocess.PIPE, text=True)
        self.addresses = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        ended = self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)
        assert ended == 0, f"practice ended with {ended}"

    def rest(self, method, path, body=None):
        return self._call(self.addresses["rest"] + path, method, body, {"Authorization": "Bearer " + KEY})

    def control(self, method, path, body=None):
        return self._call(self.addresses["control"] + path, method, body, {})

    @staticmethod
    def _call(url, method, body, headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers}, method=method)
        with urllib.request.urlopen(request, timeout=30) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def create(self, **changes):
        body = {"name": "interop", "type": "QUEUE", "image": IMAGE, "gpu": {"pools": ["AMPERE_24"], "count": 1},
                "workers": {"min": 0, "max": 1, "idleTimeout": 60}, "scaling": {"type": "QUEUE_DELAY", "queueDelay": 1},
                "timeout": 300000, "flashboot": "OFF", **changes}
        return self.rest("POST", "/serverless", body)["id"]


def until(condition, patience=60):
    end = time.monotonic() + 10 * patience  # a watchdog: a computer may be busy
    while not (value := condition()):
        assert time.monotonic() < end, f"not within {patience} s"
        time.sleep(0.05)
    return value


def same(found, wanted, what):
    assert found == wanted, f"{what}: found {found!r}, wanted {wanted!r}"
    print(f"ok: {what}")
