# SPDX-License-Identifier: GPL-3.0-or-later
"""The official SDK's queue client against practice mode, with the tiny worker of the contract tests."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from practice_side import KEY, Practice, same, until  # noqa: E402

FAKE_WORKER = Path(__file__).resolve().parents[1] / "contract/practice/fake_worker.py"

with Practice(FAKE_WORKER) as practice:
    os.environ["RUNPOD_ENDPOINT_BASE_URL"] = practice.addresses["queue"]  # read when the SDK is imported
    import runpod
    from runpod.http_client import ClientSession  # noqa: F401  (the asynchronous half is importable as well)

    runpod.api_key = KEY
    endpoint = runpod.Endpoint(practice.create())

    job = endpoint.run({"input": {"echo": {"picture": 1}}})
    same(job.output(timeout=60), {"picture": 1}, "run and wait for the output")
    same(job.status(), "COMPLETED", "status of a finished job")
    same(endpoint.run_sync({"input": {"echo": "now"}}, timeout=60), "now", "run_sync")

    streamed = endpoint.run({"input": {"chunks": ["a", "b", {"c": 1}]}})
    same(list(streamed.stream()), ["a", "b", {"c": 1}], "stream")

    failed = endpoint.run({"input": {"fail": "no luck"}})
    until(lambda: failed.status() == "FAILED")
    print("ok: a failed job")

    slow = endpoint.run({"input": {"sleep": 60}})
    until(lambda: slow.status() == "IN_PROGRESS")
    slow.cancel(timeout=10)
    same(slow.status(), "CANCELLED", "cancel")

    until(lambda: endpoint.health()["jobs"]["inProgress"] == 0)
    health = endpoint.health()
    same((health["jobs"]["completed"], health["jobs"]["failed"]), (3, 1), "health counts the jobs")
    endpoint.run({"input": {"sleep": 60}})
    until(lambda: endpoint.health()["jobs"]["inProgress"] == 1)
    endpoint.run({"input": {"echo": 1}})
    same(endpoint.purge_queue()["removed"], 1, "purge_queue")

    runpod.api_key = "rpa_wrong"
    try:
        runpod.Endpoint(endpoint.endpoint_id).health()
    except Exception as refusal:  # noqa: BLE001  (the SDK raises bare Exceptions too)
        print(f"ok: a wrong key is refused ({type(refusal).__name__})")
    else:
        raise AssertionError("a wrong key was accepted")
