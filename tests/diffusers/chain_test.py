# SPDX-License-Identifier: GPL-3.0-or-later
"""From `visgatectl deploy` to the picture's own words, with real torch and diffusers and a tiny model that practice's hub gives out
under its id: on this computer, and on practice in Runpod's place with the public image's package. Nothing is stood in for but the
cloud, its GPU and the size of the model."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["VISGATE_BIN"])
MODELS = pathlib.Path(os.environ["VISGATE_TINY_MODELS"])
MODEL = "me/tiny"
OWN_SIZE = (32, 32)
PATIENCE = 900
KEY = "rpa_practice_CHAIN_5d20"
PUBLIC = json.loads((ROOT / "resources/worker/public_image.json").read_text())["image"]
# What a container of the public image has: a Python with torch, and the way to the packages that everybody here uses.
OF_THE_IMAGE = ("LD_LIBRARY_PATH", "OMP_NUM_THREADS")


class Chain(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="visgate ğ ")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "hub/me").mkdir(parents=True)
        (self.folder / "hub" / MODEL).symlink_to(MODELS / "stable_diffusion")
        image = self.folder / "image"
        self.practice = subprocess.Popen(
            [BIN / "practice_host", "--data", self.folder / "practice", "--speed", "60", "--leave-after", "60", "--hub-files",
             self.folder / "hub", "--image", f"{PUBLIC}={image}"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.practice.wait, 60)
        self.addCleanup(self.practice.terminate)
        self.addCleanup(self.practice.stdout.close)
        addresses = json.loads(self.practice.stdout.readline())
        passed = {"PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin", "VISGATE_ALLOW_CPU": "1", "HF_ENDPOINT": addresses["hub"]}
        passed.update({name: value for name, value in os.environ.items()
                       if name in OF_THE_IMAGE or name.startswith(("PIP_", "SSL_"))})
        image.write_text("#!/bin/sh\n" + "".join(f"export {name}='{value}'\n" for name, value in passed.items()) + 'exec "$@"\n')
        image.chmod(0o700)
        self.data = self.folder / "data"
        self.data.mkdir(mode=0o700)
        (self.data / "settings.ini").write_text(
            f"[hub]\nurl={addresses['hub']}\n[runpod]\nrest_url={addresses['rest']}\nqueue_url={addresses['queue']}\n"
            f"graphql_url={addresses['graphql']}\n[worker]\nregistry_url={addresses['registry']}\n"
            f"[this_computer]\npython={sys.executable}\n")

    def ctl(self, *arguments, typed=""):
        done = subprocess.run([BIN / "visgatectl", *arguments, "--data-dir", self.data], input=typed, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def draw(self, target):
        out = self.folder / "picture.png"
        made = json.loads(self.ctl("deploy", MODEL, "--target", target, "--wait", "--prompt", "bir kırmızı daire", "--out", out, "--json"))
        picture = Image.open(out)
        self.assertEqual(picture.format, "PNG")
        self.assertEqual(picture.size, OWN_SIZE, "what the model was made for, where nobody asks for another")
        self.assertEqual({name: picture.text.get(name) for name in ("prompt", "model", "runner")},
                         {"prompt": "bir kırmızı daire", "model": MODEL, "runner": "diffusers"})
        self.assertRegex(picture.text["revision"], "^[0-9a-f]{40}$")
        self.assertIn("seed", picture.text)
        self.ctl("delete", made["deployment_id"])
        return made

    def test_on_this_computer(self):
        self.draw("this-computer")
        self.assertTrue(list((self.data / "this-computer/models").rglob("*.safetensors")), "it is kept for the next worker")

    def test_on_a_public_image(self):
        self.ctl("keys", "set", "runpod", typed=KEY + "\n")
        self.draw("runpod")


if __name__ == "__main__":
    unittest.main()
