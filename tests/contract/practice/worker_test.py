# SPDX-License-Identifier: GPL-3.0-or-later
"""Our real worker as practice mode's worker: a picture, a cancelled one, and nothing left behind."""
import base64
import json
import os
import signal
import struct
import sys
import zlib

import practice
from practice import KEY, SKIP, Practice, main, until

WORKER = os.environ.get("VISGATE_WORKER", "")
MODEL = "stabilityai/sdxl-turbo"


class Worker(practice.Case):
    def setUp(self):
        self.p = Practice(worker=WORKER)
        self.addCleanup(self.p.close)
        self.id = self.p.create(env={"HF_MODEL_ID": MODEL, "TASK": "text2img"}, workers={"max": 1, "idleTimeout": 300})

    def events(self, worker):
        lines = [line.removeprefix("container: ") for line in worker["log"] if line.startswith("container: {")]
        return [event for event in map(json.loads, lines) if event.get("visgate") == 1]

    def test_a_picture(self):
        p = self.p
        done = p.finished(self.id, p.run(self.id, prompt="a large red circle on a white background", seed=7), 120)
        self.assertEqual(done["status"], "COMPLETED", done)
        (picture,) = done["output"]["artifacts"]
        data = base64.b64decode(picture["data"])
        self.assertEqual(struct.unpack(">II", data[16:24]), (256, 256))
        red, green, blue = centre(data)
        self.assertTrue(red > 150 and green < 110 and blue < 110, (red, green, blue))
        worker = p.state()["workers"][0]
        self.assertEqual(done["output"]["gpu"], worker["gpuTypeId"])
        self.assertIn("ready", [event["type"] for event in self.events(worker)])
        self.assertNotIn(KEY, json.dumps(p.state()["workers"]))

    def test_cancel_frees_the_worker(self):
        p = self.p
        job = p.run(self.id, prompt="a blue square", num_inference_steps=50)
        until(lambda: p.status(self.id, job)["status"] == "IN_PROGRESS")
        p.queue("POST", f"/{self.id}/cancel/{job}")
        after = p.finished(self.id, p.run(self.id, prompt="a green triangle"), 120)
        self.assertEqual((p.status(self.id, job)["status"], after["status"]), ("CANCELLED", "COMPLETED"))

    def test_a_runner_that_is_killed_costs_one_job(self):
        p = self.p
        first = p.finished(self.id, p.run(self.id, prompt="a green triangle"), 120)
        self.assertEqual(first["status"], "COMPLETED", first)
        job = p.run(self.id, prompt="a blue square", num_inference_steps=50, num_images=4)
        until(lambda: p.status(self.id, job)["status"] == "IN_PROGRESS")
        worker = p.state()["workers"][0]["id"]
        (runner,) = runners_of(worker)
        os.kill(runner, signal.SIGKILL)
        lost = p.finished(self.id, job, 120)
        self.assertEqual(lost["status"], "FAILED", lost)
        self.assertIn("137", json.dumps(lost["error"]))
        after = p.finished(self.id, p.run(self.id, prompt="a green triangle"), 120)
        self.assertEqual(after["status"], "COMPLETED", after)
        self.assertEqual([entry["id"] for entry in p.state()["workers"]], [worker])
        self.assertEqual(len(runners_of(worker)), 1)
        p.rest("DELETE", f"/serverless/{self.id}")
        until(lambda: not runners_of(worker))

    def test_a_bad_job_fails_and_the_endpoint_leaves_nothing(self):
        p = self.p
        self.assertEqual(p.finished(self.id, p.run(self.id, prompt=7), 120)["status"], "FAILED")
        p.rest("DELETE", f"/serverless/{self.id}")
        state = p.state()
        self.assertEqual((state["endpoints"], state["workers"], state["processes"]), ([], [], 0))


def runners_of(worker):
    """Processes that draw for this worker."""
    found = []
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            with open(f"{entry.path}/cmdline", "rb") as file:
                command = file.read().split(b"\0")
            with open(f"{entry.path}/environ", "rb") as file:
                environment = file.read().split(b"\0")
        except OSError:
            continue  # gone meanwhile, or somebody else's
        is_ours = any(value.startswith(b"HOME=") and value.endswith(worker.encode()) for value in environment)
        if is_ours and b"--runner" in command:
            found.append(int(entry.name))
    return found


def centre(png):
    """The pixel in the middle of an 8-bit RGB picture."""
    at, packed = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", png[at + 8:at + 18])
        if kind == b"IDAT":
            packed += png[at + 8:at + 8 + length]
        at += 12 + length
    assert (depth, colour) == (8, 2), (depth, colour)
    raw, stride, above = zlib.decompress(packed), width * 3, bytearray(width * 3)
    for y in range(height // 2 + 1):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - 3] if x >= 3 else 0
            corner = above[x - 3] if x >= 3 else 0
            if kind == 1:
                row[x] = (row[x] + left) & 255
            elif kind == 2:
                row[x] = (row[x] + above[x]) & 255
            elif kind == 3:
                row[x] = (row[x] + (left + above[x]) // 2) & 255
            elif kind == 4:
                guess = left + above[x] - corner
                distances = [(abs(guess - value), order, value) for order, value in enumerate((left, above[x], corner))]
                row[x] = (row[x] + min(distances)[2]) & 255
        above = row
    middle = width // 2 * 3
    return tuple(above[middle:middle + 3])


if __name__ == "__main__":
    if not WORKER:
        print("SKIPPED: VISGATE_WORKER names no worker")
        sys.exit(SKIP)
    main()
