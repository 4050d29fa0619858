#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest worker of the job protocol: takes a job, does what its input says, posts the result.

input: {"echo": x} -> output x; {"progress": [..]} posts each first; {"chunks": [..]} streams; {"fail": text};
{"crash": status}; {"sleep": seconds} (ended early by job-stop); {"big": bytes}; {"drop": true} says nothing more;
{"print": text}.
"""
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request

POD = os.environ["RUNPOD_POD_ID"]
KEY = os.environ["RUNPOD_AI_API_KEY"]


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Authorization": KEY})
    if data is not None:
        request.add_header("Content-Type", "application/x-www-form-urlencoded")
    try:
        with urllib.request.urlopen(request, timeout=100) as reply:
            text = reply.read()
            return reply.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, None


def template(name, job=""):
    return os.environ[name].replace("$RUNPOD_POD_ID", POD).replace("$ID", job or POD)


stopped = set()


def follow_stops():
    while True:
        status, reply = call(template("RUNPOD_WEBHOOK_GET_JOB").replace("/job-take/", "/job-stop/"))
        if status == 200:
            stopped.update(reply["jobsToStop"])
        elif status != 204:
            time.sleep(0.2)


def work(job):
    name = job["id"]
    todo = job.get("input", {})
    done = template("RUNPOD_WEBHOOK_POST_OUTPUT", name)
    if "print" in todo:
        print(todo["print"], flush=True)
    if "crash" in todo:
        os._exit(todo["crash"])
    for step in todo.get("progress", []):
        call(done + "&isStream=false", {"status": "IN_PROGRESS", "output": step})
    for chunk in todo.get("chunks", []):
        call(template("RUNPOD_WEBHOOK_POST_STREAM", name) + "&isStream=false", {"output": chunk})
    end = time.monotonic() + todo.get("sleep", 0)
    while time.monotonic() < end:
        if name in stopped:
            print("stopped " + name, flush=True)
            return
        time.sleep(0.01)
    if todo.get("drop"):
        return
    if "fail" in todo:
        call(done + "&isStream=false", {"error": todo["fail"]})
    elif "big" in todo:
        print("big", *call(done + "&isStream=false", {"output": "x" * todo["big"]}), flush=True)
    elif todo.get("chunks"):
        call(done + "&isStream=true", {"output": []})
    else:
        call(done + "&isStream=false", {"output": todo.get("echo"), **todo.get("extra", {})})
    for late in todo.get("late", []):
        call(done + "&isStream=false", {"status": "IN_PROGRESS", "output": late})


def ping(jobs):
    query = "&job_id=" + "%2C".join(jobs) if jobs else ""
    call(template("RUNPOD_WEBHOOK_PING") + query)


if __name__ == "__main__":
    print("fake worker " + POD + " starts " + " ".join(sys.argv[1:]), flush=True)
    threading.Thread(target=follow_stops, daemon=True).start()
    while True:
        status, job = call(template("RUNPOD_WEBHOOK_GET_JOB") + "&job_in_progress=0")
        if status == 200:
            work(job)
            for _ in range(job.get("input", {}).get("pings_after", 0)):
                ping([])
        elif status != 204:
            time.sleep(0.2)
