# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker beside the one of the official Python SDK: from the start of the process to its first request for a job, and
the memory it takes while it waits for one. Both are given the same environment and the same tiny job server, which answers
a take after a short wait with 204, as the queue does when it is empty."""
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import rows
import runpod_sdk
import worker_jobs
from watch_start import pss_mib

LONG_POLL_SECONDS = 1
SETTLED_SECONDS = 3
LIMIT_SECONDS = 60
SDK_WORKER = "import runpod\nrunpod.serverless.start({'handler': lambda job: {'echo': job['input']}})\n"


class JobServer(ThreadingHTTPServer):
    """Knows one moment: when the first take arrived."""
    daemon_threads = True

    def __init__(self):
        self.first_take = None
        self.taken = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request, client_address):
        """A worker that is killed in a long poll leaves a broken pipe, which is how each run ends."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        arrived = time.monotonic()
        if "/job-take/" in self.path and not self.server.taken.is_set():
            self.server.first_take = arrived
            self.server.taken.set()
        if "/job-take/" in self.path or "/job-stop/" in self.path:
            time.sleep(LONG_POLL_SECONDS)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        """Silent: the bench prints rows only."""


def once(command):
    """{take_ms, idle_mib} of one worker's start."""
    server = JobServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/v2/bench"
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "RUNPOD_WEBHOOK_GET_JOB": f"{base}/job-take/$ID?gpu=bench",
        "RUNPOD_WEBHOOK_POST_OUTPUT": f"{base}/job-done/$RUNPOD_POD_ID/$ID?gpu=bench",
        "RUNPOD_WEBHOOK_POST_STREAM": f"{base}/job-stream/$RUNPOD_POD_ID/$ID?gpu=bench",
        "RUNPOD_WEBHOOK_PING": f"{base}/ping/$RUNPOD_POD_ID?gpu=bench",
        "RUNPOD_PING_INTERVAL": "10000", "RUNPOD_AI_API_KEY": "bench", "RUNPOD_POD_ID": "bench-worker",
        "RUNPOD_ENDPOINT_ID": "bench", "RUNPOD_SKIP_AUTO_SYSTEM_CHECKS": "true", "RUNPOD_SKIP_GPU_CHECK": "true",
        "WORKER_MODE": "runpod", "VISGATE_RUNNER": "builtin", "HF_MODEL_ID": "stabilityai/sdxl-turbo",
    }
    begin = time.monotonic()
    worker = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        if not server.taken.wait(LIMIT_SECONDS):
            sys.exit(f"{command[0]} asked for no job in {LIMIT_SECONDS} s")
        time.sleep(SETTLED_SECONDS)
        if worker.poll() is not None:
            sys.exit(f"{command[0]} ended with {worker.returncode} while it should wait")
        return {"take_ms": (server.first_take - begin) * 1000, "idle_mib": pss_mib(worker.pid)}
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        server.shutdown()
        server.server_close()


def measure(build_folder):
    try:
        sdk = [runpod_sdk.python(), "-c", SDK_WORKER]
    except runpod_sdk.Unavailable as reason:
        print(reason, file=sys.stderr)
        return []
    ours = [str(build_folder / "bin/visgate-worker")]
    taken = rows.interleaved({"ours": lambda: once(ours), "sdk": lambda: once(sdk)})
    peer = f"runpod SDK {runpod_sdk.version()}"
    found = [rows.row(name, unit, [v[field] for v in taken["ours"]], peer, [v[field] for v in taken["sdk"]])
             for name, unit, field in (("worker start to first take", "ms", "take_ms"),
                                       ("worker memory while waiting for a job", "MiB", "idle_mib"))]
    try:
        return found + worker_jobs.measure(build_folder)
    except runpod_sdk.Unavailable as reason:
        print(reason, file=sys.stderr)
        return found
