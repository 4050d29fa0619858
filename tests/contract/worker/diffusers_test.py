# SPDX-License-Identifier: GPL-3.0-or-later
"""The diffusers runner against a stand-in for torch and diffusers (stand_in/), over its own protocol. The real ones take
gigabytes: `./test --group diffusers` installs them."""
import json
import os
import pathlib
import signal
import tempfile
import unittest

from diffusers_runner import Runner


class Diffusers(unittest.TestCase):
    def setUp(self):
        self.models = tempfile.TemporaryDirectory()
        self.addCleanup(self.models.cleanup)
        self.runner = Runner()
        self.addCleanup(self.runner.close)

    def model(self, kind="PicturePipeline", index="model_index.json", **more):
        folder = pathlib.Path(self.models.name, kind + str(len(more)))
        folder.mkdir(exist_ok=True)
        (folder / index).write_text(json.dumps({"_class_name": kind, **more}))
        return folder

    def loaded(self, *arguments, **named):
        answer = self.runner.load(self.model(*arguments, **named))
        self.assertEqual(answer["type"], "loaded", answer)
        return answer["capabilities"]

    def test_says_hello_before_its_imports_and_what_the_model_can_do(self):
        self.assertEqual((self.runner.hello["runner"], self.runner.hello["protocol"]), ("diffusers", 1))
        can = self.loaded()
        self.assertEqual(can["tasks"], ["text-to-image", "image-to-image"])
        self.assertEqual(can["steps"]["standard"], 20)
        self.assertEqual(can["guidance"]["standard"], 3.5)
        self.assertEqual(can["width"]["standard"], 32)
        self.assertTrue(can["negative"])

    def test_what_a_model_was_made_for_goes_before_what_its_class_takes(self):
        for standards, wanted in (({"steps": 1, "guidance": 0.0}, (1, 0.0)), ({"steps": 4}, (4, 3.5)), ({}, (20, 3.5))):
            can = self.runner.load(self.model(), standards=standards)["capabilities"]
            self.assertEqual((can["steps"]["standard"], can["guidance"]["standard"]), wanted)

    def test_draws_what_the_seed_says_and_tells_each_step(self):
        self.loaded()
        answer, news = self.runner.draw()
        self.assertEqual(answer["type"], "result", answer)
        first = self.runner.pixels(answer)
        self.assertEqual([(m["i"], m["n"]) for m in news if m["type"] == "step"], [(1, 3), (2, 3), (3, 3)])
        self.assertEqual([m["phase"] for m in news if m["type"] == "phase"], ["encode_text", "step", "decode"])
        self.assertEqual(self.runner.pixels(self.runner.draw()[0]), first)
        self.assertEqual(self.runner.pixels(self.runner.draw(prompt="with a bar")[0]), first)
        other = self.runner.pixels(self.runner.draw(seed=8)[0])
        self.assertNotEqual(other, first)
        answer, news = self.runner.draw(count=2)
        self.assertEqual(self.runner.pixels(answer), first + other)
        self.assertEqual([m["i"] for m in news if m["type"] == "step"], [1, 2, 3, 4, 5, 6])

    def test_video_comes_frame_by_frame_in_one_file(self):
        can = self.loaded("VideoPipeline")
        self.assertEqual(can["tasks"], ["text-to-video"])
        self.assertEqual(can["frames"]["standard"], 9)
        answer, _ = self.runner.draw(task="text-to-video", frames=5, fps=8)
        (file,) = answer["files"]
        self.assertEqual(file["frames"], 5)
        self.runner.pixels(answer)

    def test_a_modular_model_loads_by_its_parts(self):
        self.assertIn("text-to-image", self.loaded("PicturePipeline", index="modular_model_index.json", own=1)["tasks"])
        self.assertEqual(self.runner.draw()[0]["type"], "result")

    def test_a_cancel_in_every_phase_leaves_the_model(self):
        self.loaded()
        for phase, at in (("encode", "encode_text"), ("step", "step"), ("decode", "decode")):
            self.runner.start(prompt=f"sleep {phase}")
            answer, _ = self.runner.answer(lambda m, at=at: self.runner.cancel() if m.get("phase") == at else None)
            self.assertEqual(answer["type"], "cancelled", phase)
            self.assertEqual(self.runner.draw()[0]["type"], "result", phase)

    def test_a_cancel_while_it_loads(self):
        self.runner.ask({"type": "load", "model": {"folder": str(self.model(load="sleep load"))}})
        answer, _ = self.runner.answer(lambda message: self.runner.cancel())
        self.assertEqual(answer["type"], "cancelled")
        self.loaded()

    def test_a_copy_that_dies_costs_one_job_and_no_import(self):
        self.loaded()
        for prompt, number in (("killed encode", 9), ("killed step", 9), ("killed decode", 9)):
            answer, _ = self.runner.draw(prompt=prompt)
            self.assertEqual((answer["type"], answer["status"]), ("died", 128 + number), prompt)
            self.loaded()
            self.assertEqual(self.runner.draw()[0]["type"], "result", prompt)
        self.assertIsNone(self.runner.process.poll(), "what has imported everything is the same process")

    def test_one_that_hangs_is_ended_by_the_end_request(self):
        self.loaded()
        self.runner.start(prompt="hang step")
        answer, _ = self.runner.answer(
            lambda m: os.kill(self.runner.process.pid, signal.SIGTERM) if m.get("phase") == "step" else None)
        self.assertEqual((answer["type"], answer["status"]), ("died", 128 + 9))
        self.loaded()
        self.assertEqual(self.runner.draw()[0]["type"], "result")

    def test_says_what_went_wrong_with_the_workers_codes(self):
        self.loaded()
        answer, _ = self.runner.draw(prompt="memory step")
        self.assertEqual((answer["type"], answer["code"]), ("failed", "E_OUT_OF_MEMORY"))
        for prompt in ("nan", "black"):
            answer, _ = self.runner.draw(prompt=prompt)
            self.assertEqual((answer["type"], answer["code"]), ("failed", "E_RUNTIME"), prompt)
        self.assertEqual(self.runner.draw()[0]["type"], "result")
        self.assertEqual(self.runner.load("/nonexistent")["code"], "E_MODEL_NOT_FOUND")
        self.assertEqual(self.runner.load(self.models.name)["code"], "E_LOAD")

    def test_ends_when_it_is_told_to_and_with_the_worker(self):
        self.loaded()
        self.runner.ask({"type": "health"})
        self.assertTrue(self.runner.answer()[0]["loaded"])
        self.runner.ask({"type": "unload"})
        self.assertEqual(self.runner.process.wait(30), 0)
        orphan = Runner()
        self.addCleanup(orphan.folder.cleanup)
        self.assertEqual(orphan.load(self.model())["type"], "loaded")
        orphan.channel.close()
        orphan.process.wait(30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
