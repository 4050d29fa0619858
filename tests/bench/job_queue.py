# SPDX-License-Identifier: GPL-3.0-or-later
"""A job queue as a worker of the provider's sees it, that hands out what it is given and notes when it came back."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONG_POLL_SECONDS = 5
LIMIT_SECONDS = 240


class JobQueue(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        self.waiting, self.taken, self.done = [], {}, {}
        self.changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Desk)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def environment(self):
        base = f"http://127.0.0.1:{self.server_address[1]}/v2/bench"
        return {"RUNPOD_WEBHOOK_GET_JOB": f"{base}/job-take/$ID?gpu=bench",
                "RUNPOD_WEBHOOK_POST_OUTPUT": f"{base}/job-done/$RUNPOD_POD_ID/$ID?gpu=bench",
                "RUNPOD_WEBHOOK_POST_STREAM": f"{base}/job-stream/$RUNPOD_POD_ID/$ID?gpu=bench",
                "RUNPOD_WEBHOOK_PING": f"{base}/ping/$RUNPOD_POD_ID?gpu=bench", "RUNPOD_PING_INTERVAL": "10000",
                "RUNPOD_AI_API_KEY": "bench", "RUNPOD_POD_ID": "bench-worker", "RUNPOD_ENDPOINT_ID": "bench",
                "RUNPOD_SKIP_AUTO_SYSTEM_CHECKS": "true", "RUNPOD_SKIP_GPU_CHECK": "true"}

    def put(self, *jobs):
        with self.changed:
            self.waiting += jobs
            self.changed.notify_all()

    def wait(self, job_id):
        """(when it came back, what came back)"""
        with self.changed:
            if not self.changed.wait_for(lambda: job_id in self.done, LIMIT_SECONDS):
                raise TimeoutError(f"{job_id} was not done in {LIMIT_SECONDS} s")
            return self.done[job_id]

    def take(self):
        with self.changed:
            self.changed.wait_for(lambda: self.waiting, LONG_POLL_SECONDS)
            job = self.waiting.pop(0) if self.waiting else None
            if job:
                self.taken[job["id"]] = time.monotonic()
            return job

    def note(self, job_id, body):
        with self.changed:
            self.done[job_id] = (time.monotonic(), body)
            self.changed.notify_all()

    def close(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A worker that is killed in a long poll leaves a broken pipe, which is how each run ends."""


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, job):
        body = json.dumps(job).encode() if job else b""
        self.send_response(200 if job else 204)
        if job:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if "/job-stop/" in self.path:
            time.sleep(LONG_POLL_SECONDS)
        self.reply(self.server.take() if "/job-take/" in self.path else None)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body.get("status") != "IN_PROGRESS" and "/job-done/" in self.path:
            self.server.note(self.path.split("?")[0].split("/")[-1], body)
        self.reply(None)

    def log_message(self, *arguments):
        """Silent: the bench prints rows only."""
