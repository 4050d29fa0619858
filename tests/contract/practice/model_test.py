# SPDX-License-Identifier: GPL-3.0-or-later
"""A model of this computer on practice's hub, and our worker that fetches it from there and draws with it. Only torch and
diffusers are stand-ins; the worker runs as an image of its own, because practice's draws the demo model alone."""
import hashlib
import json
import os
import stat
import sys
import tempfile
from pathlib import Path

import practice
from practice import ROOT, SKIP, Practice, main

WORKER = os.environ.get("VISGATE_WORKER", "")
MODEL = "me/pictures"
WEIGHTS = "unet/diffusion_pytorch_model.fp16.safetensors"
IMAGE = "test/diffusers:1"
VARIABLES = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "tests/contract/worker/stand_in"),
             "VISGATE_DIFFUSERS": str(ROOT / "worker/runners/diffusers"), "VISGATE_RUNNER": "diffusers"}


def git_sum(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Model(practice.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="practice-hub-")
        self.addCleanup(self.folder.cleanup)
        self.files = {
            "model_index.json": json.dumps({"_class_name": "PicturePipeline", "unet": ["diffusers", "U"]}).encode(),
            "unet/config.json": b"{}", WEIGHTS: bytes(range(256)) * 400}
        for name, data in self.files.items():
            file = Path(self.folder.name, "hub", MODEL, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        starter = Path(self.folder.name, "worker")
        words = "".join(f"export {name}='{value}'\n" for name, value in VARIABLES.items())
        starter.write_text(f"#!/bin/sh\n{words}exec '{WORKER}'\n")
        starter.chmod(starter.stat().st_mode | stat.S_IXUSR)
        self.p = Practice("--hub-files", str(Path(self.folder.name, "hub")), "--image", f"{IMAGE}={starter}")
        self.addCleanup(self.p.close)

    def test_the_hub_gives_out_what_lies_in_its_folder(self):
        info = self.p.hub("GET", f"/api/models/{MODEL}?blobs=true").json
        sizes = {file["rfilename"]: file["size"] for file in info["siblings"]}
        self.assertEqual(sizes, {name: len(data) for name, data in self.files.items()})
        tree = {entry["path"]: entry for entry in self.p.hub("GET", f"/api/models/{MODEL}/tree/main").json}
        self.assertEqual(tree["unet/config.json"]["oid"], git_sum(b"{}"))
        self.assertEqual(tree[WEIGHTS]["lfs"]["oid"], hashlib.sha256(self.files[WEIGHTS]).hexdigest())
        self.assertEqual(self.p.hub("GET", f"/{MODEL}/resolve/main/unet/config.json").body, b"{}")
        moved = self.p.hub("GET", f"/{MODEL}/resolve/{info['sha']}/{WEIGHTS}")
        self.assertEqual((moved.status, moved.headers["X-Linked-Size"]), (302, str(len(self.files[WEIGHTS]))))
        part = practice.call("GET", moved.headers["Location"], headers={"Range": "bytes=1000-1999"})
        self.assertEqual((part.status, part.body), (206, self.files[WEIGHTS][1000:2000]))

    def test_the_worker_fetches_it_and_draws(self):
        cache = Path(self.folder.name, "cache")
        env = {"HF_MODEL_ID": MODEL, "HF_ENDPOINT": self.p.hub_base, "VISGATE_CACHE_DIRS": str(cache)}
        endpoint = self.p.create(image=IMAGE, env=env, workers={"max": 1, "idleTimeout": 300})
        done = self.p.finished(endpoint, self.p.run(endpoint, prompt="x", width=48, height=32, num_inference_steps=2), 120)
        self.assertEqual(done["status"], "COMPLETED", done)
        sha = self.p.hub("GET", f"/api/models/{MODEL}").json["sha"]
        self.assertEqual((done["output"]["runner"], done["output"]["revision"]), ("diffusers", sha))
        snapshot = cache / "models--me--pictures/snapshots" / sha
        self.assertEqual((snapshot / WEIGHTS).read_bytes(), self.files[WEIGHTS])
        self.assertIn('"type":"download"', "\n".join(self.p.state()["workers"][0]["log"]))


if __name__ == "__main__":
    if not WORKER:
        print("SKIPPED: VISGATE_WORKER names no worker")
        sys.exit(SKIP)
    main()
