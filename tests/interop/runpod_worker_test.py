# SPDX-License-Identifier: GPL-3.0-or-later
"""The official SDK's serverless worker as a worker of practice mode: its image is a script that starts it."""
import json
import shlex
import sys
import tempfile
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from practice_side import KEY, Practice, same, until  # noqa: E402

HANDLER = '''
import asyncio
import os
import runpod


async def handler(job):
    todo = job["input"]
    if "progress" in todo:
        runpod.serverless.progress_update(job, todo["progress"])
        await asyncio.sleep(1.5)
    if todo.get("crash"):
        os._exit(7)
    if "raise" in todo:
        raise ValueError(todo["raise"])
    if "error" in todo:
        return {"error": todo["error"]}
    await asyncio.sleep(todo.get("sleep", 0))
    if todo.get("refresh"):
        return {"refresh_worker": True, "echo": todo["echo"]}
    return todo["echo"]


async def chunks(job):
    for part in job["input"]["chunks"]:
        yield part

if os.environ.get("TASK") == "stream":
    runpod.serverless.start({"handler": chunks, "return_aggregate_stream": True})
else:
    runpod.serverless.start({"handler": handler})
'''

# Its own health checks look for a GPU and call a server outside; practice has neither to offer. Of an endpoint's own
# variables only those of the demo worker, in whose place it stands, reach it.
QUIET = "export RUNPOD_SKIP_AUTO_SYSTEM_CHECKS=true RUNPOD_SKIP_GPU_CHECK=true"

with tempfile.TemporaryDirectory() as folder:
    script = Path(folder, "handler.py")
    script.write_text(HANDLER, encoding="utf-8")
    program = Path(folder, "worker")
    program.write_text(f"#!/bin/sh\n{QUIET}\nexec {shlex.quote(sys.executable)} {shlex.quote(str(script))}\n", encoding="utf-8")
    program.chmod(0o755)

    with Practice(program) as practice:
        def queue(method, path, body=None):
            data = None if body is None else json.dumps(body).encode()
            request = urllib.request.Request(f"{practice.addresses['queue']}/{path}", data, {"Authorization": KEY}, method=method)
            with urllib.request.urlopen(request, timeout=120) as reply:
                return json.loads(reply.read())

        def run(endpoint, **todo):
            return queue("POST", f"{endpoint}/run", {"input": todo})["id"]

        def finished(endpoint, job):
            return until(lambda: (s := queue("GET", f"{endpoint}/status/{job}"))["status"] not in ("IN_QUEUE", "IN_PROGRESS") and s)

        def worker():
            return practice.control("GET", "/state")["workers"][0]

        endpoint = practice.create()
        same(finished(endpoint, run(endpoint, echo={"a": 1}))["output"], {"a": 1}, "a job from take to done")

        job = run(endpoint, progress="half", echo="end")
        until(lambda: queue("GET", f"{endpoint}/status/{job}").get("output") == "half")
        same(finished(endpoint, job)["output"], "end", "progress, then the output")

        raised = finished(endpoint, run(endpoint, **{"raise": "bad luck"}))
        same(raised["status"], "FAILED", "an exception fails the job")
        told = json.loads(raised["error"])
        same((told["error_message"], told["worker_id"]), ("bad luck", worker()["id"]), "the SDK's error document")
        same(finished(endpoint, run(endpoint, error="refused"))["error"], "refused", "an error returned by the handler")

        slow = run(endpoint, sleep=100, echo=1)
        until(lambda: queue("GET", f"{endpoint}/status/{slow}")["status"] == "IN_PROGRESS")
        queue("POST", f"{endpoint}/cancel/{slow}")
        same(finished(endpoint, run(endpoint, echo="after"))["output"], "after", "a cancelled job frees the worker")
        same(queue("GET", f"{endpoint}/status/{slow}")["status"], "CANCELLED", "the cancelled job stays cancelled")

        pings = lambda: [r for r in practice.control("GET", "/requests") if "/ping/" in r["target"]]
        same({r["status"] for r in until(pings)}, {200}, "pings are answered")

        before = worker()["id"]
        same(finished(endpoint, run(endpoint, refresh=True, echo="bye"))["output"], {"echo": "bye"}, "refresh_worker's result")
        until(lambda: before not in [w["id"] for w in practice.control("GET", "/state")["workers"]])
        print("ok: refresh_worker ends the worker")

        crashed = finished(endpoint, run(endpoint, crash=True))
        same((crashed["status"], crashed["retries"]), ("FAILED", 1), "a crashed worker's job is delivered once more")
        practice.rest("DELETE", f"/serverless/{endpoint}")

        streaming = practice.create(env={"TASK": "stream"})
        job = run(streaming, chunks=["a", "b"])
        same(finished(streaming, job)["output"], ["a", "b"], "a generator's aggregate")
        same([part["output"] for part in queue("GET", f"{streaming}/stream/{job}")["stream"]], ["a", "b"], "its stream")
        practice.rest("DELETE", f"/serverless/{streaming}")
        same(practice.control("GET", "/state")["processes"], 0, "nothing is left running")
