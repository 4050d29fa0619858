# SPDX-License-Identifier: GPL-3.0-or-later
"""Each family of models, by its tiny stand-in with random weights: every task that it can do, steps, seeds, a cancel in each
phase, and a model that is there again after its process was killed. What is real is everything around the weights."""
import json
import os
import pathlib
import signal
import sys
import unittest

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract/worker"))
from diffusers_runner import Runner  # noqa: E402

MODELS = pathlib.Path(os.environ["VISGATE_TINY_MODELS"])
OF_THE_JOB = ("prompt", "negative_prompt", "width", "height", "num_inference_steps", "num_frames", "image",
              "guidance_scale", "true_cfg_scale")
STEPS = 3


class Families(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        passed = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "OMP_NUM_THREADS") if name in os.environ}
        cls.runner = Runner(modules=(), **passed)
        cls.addClassCleanup(cls.runner.close)
        Image.new("RGB", (40, 40), (230, 40, 40)).save(pathlib.Path(cls.runner.folder.name, "image"), "PNG")
        Image.new("L", (40, 40), 255).save(pathlib.Path(cls.runner.folder.name, "mask"), "PNG")

    def load(self, family):
        call = json.loads((MODELS / family / "call.json").read_text())
        arguments = {name: value for name, value in call.items() if name not in OF_THE_JOB}
        answer = self.runner.load(MODELS / family, arguments=arguments)
        self.assertEqual(answer["type"], "loaded", answer)
        return answer["capabilities"]

    def job(self, family, task, **changes):
        side = 64 if family.startswith("flux2") else 32  # it takes no smaller pictures
        job = {"task": task, "width": side, "height": side, "steps": STEPS, **changes}
        if task in ("image-to-image", "inpaint", "image-to-video"):
            job.update(image="image", strength=1.0)
        if task == "inpaint":
            job["mask"] = "mask"
        if task.endswith("video"):
            job.update(frames=9, fps=8)
        return job

    def draw(self, family, task, **changes):
        answer, news = self.runner.draw(**self.job(family, task, **changes))
        self.assertEqual(answer["type"], "result", answer)
        return self.runner.pixels(answer), answer["files"], [m["i"] for m in news if m["type"] == "step"]

    def check_tasks(self, family, tasks):
        for task in tasks:
            with self.subTest(family=family, task=task):
                pixels, files, steps = self.draw(family, task)
                self.assertEqual(steps, list(range(1, STEPS + 1)))
                self.assertEqual(files[0]["frames"], 9 if task.endswith("video") else 1)
                self.assertEqual(self.draw(family, task)[0], pixels, "the same seed draws the same")
                self.assertNotEqual(self.draw(family, task, seed=8)[0], pixels, "another seed draws something else")

    def check_cancels(self, family, task):
        for phase in ("encode_text", "step", "decode"):
            with self.subTest(family=family, cancelled=phase):
                self.runner.start(**self.job(family, task))
                answer, _ = self.runner.answer(lambda m, p=phase: self.runner.cancel() if m.get("phase") == p else None)
                # So small a picture may be done before the cancel has come.
                self.assertIn(answer["type"], ("cancelled", "result"), answer)
                self.draw(family, task)

    def check_death(self, family, task):
        with self.subTest(family=family, killed=True):
            pixels = self.draw(family, task)[0]
            (copy,) = self.runner.copies()
            os.kill(copy, signal.SIGKILL)
            self.assertEqual(self.runner.receive()["status"], 128 + signal.SIGKILL)
            self.load(family)
            self.assertEqual(self.draw(family, task)[0], pixels)

    def test_every_family(self):
        families = sorted(path.name for path in MODELS.iterdir())
        self.assertEqual(len(families), 15)
        for family in families:
            tasks = self.load(family)["tasks"]
            print(family, *tasks, flush=True)
            self.check_tasks(family, tasks)
            self.check_cancels(family, tasks[0])
            self.check_death(family, tasks[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
