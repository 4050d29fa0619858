# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker on a public image with nothing stood in for but the GPU and the provider: the image is a Python with torch alone, pip
installs what requirements.txt pins, the hub's own client fetches a tiny model from a small hub, diffusers draws it, and the
provider's SDK delivers."""
import base64
import io
import os
import pathlib
import shutil
import sys
import sysconfig
import unittest

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract/worker"))
from bootstrap_worker import HUB_TOKEN, KEY, Place, Provider, Worker  # noqa: E402
from small_hub import COMMIT, SmallHub  # noqa: E402

MODELS = pathlib.Path(os.environ["VISGATE_TINY_MODELS"])
OF_THE_IMAGE = ("torch", "torchgen", "functorch", "torchvision", "sympy", "mpmath", "networkx", "jinja2", "markupsafe")


class Real(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.cleanup)
        self.provider = Provider()
        self.addCleanup(self.provider.server_close)
        self.addCleanup(self.provider.shutdown)
        self.hub = SmallHub(self.place.path / "hub", gated=["org/model"])
        self.addCleanup(self.hub.server_close)
        self.addCleanup(self.hub.shutdown)
        shutil.copytree(MODELS / "stable_diffusion", self.place.path / "hub/tiny/sd")
        self.image = self.place.path / "image"
        self.image.mkdir()
        for path in pathlib.Path(sysconfig.get_path("purelib")).iterdir():
            if path.name.lower().partition("-")[0].removesuffix(".libs") in OF_THE_IMAGE:
                (self.image / path.name).symlink_to(path)

    def start(self, **changes):
        passed = {name: value for name, value in os.environ.items()
                  if name in ("LD_LIBRARY_PATH", "OMP_NUM_THREADS") or name.startswith(("PIP_", "SSL_"))}
        worker = Worker(self.place.path, self.provider, PYTHONPATH=str(self.image), PATH="/usr/bin:/bin",
                        HF_ENDPOINT=self.hub.base, **{**passed, **changes})
        self.addCleanup(worker.close)
        return worker

    def test_from_the_arguments_to_the_picture(self):
        worker = self.start(HF_MODEL_ID="tiny/sd")
        worker.wait_for("ready")
        self.provider.give("j1", prompt="ein schöner Kreis", width=64, height=64)
        output = self.provider.end("j1").get("output")
        self.assertTrue(output, "\n".join(worker.lines[-40:]))
        (artifact,) = output["artifacts"]
        picture = Image.open(io.BytesIO(base64.b64decode(artifact["data"])))
        self.assertEqual((picture.format, picture.size, picture.text["prompt"], picture.text["model"]),
                         ("PNG", (64, 64), "ein schöner Kreis", "tiny/sd"))
        self.assertEqual([event["i"] for event in worker.events("step")], [1, 2, 3])
        self.assertEqual({pathlib.Path(name).suffix for name in self.hub.fetched} - {".json", ".txt"}, {".safetensors"})
        self.assertTrue(list((self.place.path / "volume/visgate/models/models--tiny--sd/snapshots" / COMMIT).glob(".visgate-complete")))
        self.provider.give("j2", prompt="a circle", image=artifact["data"], strength=1.0, width=64, height=64)
        self.assertIn("output", self.provider.end("j2"))
        text = "\n".join(worker.lines)
        for secret in (HUB_TOKEN, KEY):
            self.assertNotIn(secret, text)
        refused = self.start(HF_MODEL_ID="org/model")
        self.assertEqual(refused.ended(), 1)
        self.assertEqual(refused.events("failed")[0]["code"], "E_GATED")


if __name__ == "__main__":
    unittest.main(verbosity=2)
