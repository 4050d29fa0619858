# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker on a public image, from its arguments to its end (bootstrap_worker.py). The provider's SDK is a stand-in where
Python has none; tests/interop runs the same with the real one."""
import base64
import gzip
import importlib.util
import io
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import unittest

from bootstrap_worker import BOOTSTRAP, HERE, HUB_TOKEN, KEY, Place, Provider, Worker, make_package
from waiting import until

FIXTURES = HERE.parents[1] / "contract/fixtures"
sys.path[:0] = [str(BOOTSTRAP), str(BOOTSTRAP.parent / "runners/diffusers")]
from visgate_bootstrap import addresses, cache, callback, events, failure, fetching, job_input, jobs, limits, masking, settings, upload, wheels  # noqa: E402

MOST_PACKAGE_BYTES = 60_000
CAN = {"tasks": ["text-to-image", "image-to-image"], "negative": False, "pictures": 4,
       "width": {"least": 64, "most": 512, "standard": 256, "step": 16}, "height": {"least": 64, "most": 512, "standard": 256, "step": 16},
       "steps": {"least": 1, "most": 50, "standard": 20}, "guidance": {"least": 0, "most": 10, "standard": 3.5},
       "strength": {"least": 0.01, "most": 1, "standard": 0.8}}

DRIVER = """
#include <stddef.h>
#include <string.h>
int cuInit(unsigned flags) { return 0; }
int cuDeviceGetCount(int *count) { *count = 1; return 0; }
int cuDeviceGet(int *device, int number) { *device = number; return 0; }
int cuDeviceGetName(char *name, int size, int device) { strncpy(name, "Stand-in GPU", size); return 0; }
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = (size_t)48 << 30; return 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = attribute == 75 ? 8 : 9; return 0; }
"""


def fixture(name):
    return json.loads((FIXTURES / name).read_text())


class Bootstrap(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.cleanup)
        self.provider = Provider()
        self.addCleanup(self.provider.server_close)
        self.addCleanup(self.provider.shutdown)

    def start(self, **changes):
        worker = Worker(self.place.path, self.provider, **changes)
        self.addCleanup(worker.close)
        return worker

    def ready(self, **changes):
        worker = self.start(**changes)
        worker.wait_for("ready")
        return worker

    def outcome(self, job_id, **fields):
        self.provider.give(job_id, **fields)
        return self.provider.end(job_id)

    def check_works(self, job_id):
        self.assertIn("output", self.outcome(job_id))

    def failed(self, **changes):
        """How a worker that cannot start says so."""
        worker = self.start(**changes)
        self.assertEqual(worker.ended(), 1, "\n".join(worker.lines))
        self.assertEqual(worker.events()[-1]["type"], "leaving")
        (event,) = worker.events("failed")
        return event

    def refuse_secrets(self, worker, *more):
        text = "\n".join(worker.lines)
        for secret in (HUB_TOKEN, KEY, *more):
            self.assertNotIn(secret, text)
            self.assertNotIn(base64.b64encode(secret.encode()).decode().rstrip("=")[:-1], text)


class Starts(Bootstrap):
    def test_installs_fetches_loads_and_draws(self):
        worker = self.ready(VISGATE_WEBHOOK=f"{self.provider.base}/internal/deployment-ready/dep_1",
                            VISGATE_INTERNAL_SECRET="callback-PLANTED")
        kinds = [event["type"] for event in worker.events()]
        self.assertEqual([event["seq"] for event in worker.events()], list(range(1, len(kinds) + 1)))
        self.assertEqual((kinds[0], kinds[-1]), ("provisioning", "ready"))
        self.assertLess(kinds.index("download"), kinds.index("load"))
        last = worker.events("download")[-1]
        self.assertEqual(last["bytes"], last["total"])
        self.provider.give("j1", prompt="ein schöner Kreis", num_images=2)
        output = self.provider.end("j1")["output"]
        self.assertEqual((output["model_id"], output["runner"], output["label"], output["demo"], output["seed"]),
                         ("org/model", "diffusers", "org/model", False, 7))
        self.assertEqual(set(output["timings"]), {"queue", "load", "first_step", "step", "decode", "steps", "encode", "upload"})
        self.assertEqual([picture["seed"] for picture in output["artifacts"]], [7, 8])
        data = base64.b64decode(output["artifacts"][0]["data"])
        self.assertTrue(data.startswith(b"\x89PNG"))
        self.assertIn("ein schöner Kreis".encode(), data)
        self.assertIn(b"model\0org/model", data)
        self.assertEqual([(e["i"], e["n"]) for e in worker.events("step")], [(i, 6) for i in range(1, 7)])
        (made,) = worker.wait_for("result")
        self.assertEqual((made["job"], made["artifacts"]), ("j1", 2))
        for news in self.provider.news("j1"):
            self.assertEqual((news["steps"], set(news)), (6, {"step", "steps", "eta_s", "events"}))
        with self.provider.lock:
            of_the_job = [body for job, body in self.provider.posts if job == "j1"]  # callbacks are lists of events
            self.assertNotEqual(of_the_job[-1].get("status"), "IN_PROGRESS", "no progress after the end")
        self.refuse_secrets(worker, "callback-PLANTED")
        until(lambda: {"status": "ready"} in self.provider.letters("/internal/deployment-ready/dep_1"), "the panel was not told")

    def test_what_was_installed_and_fetched_is_there_for_the_next(self):
        self.ready().close()
        worker = self.ready()
        self.assertEqual(len(worker.pip_log.read_text().splitlines()), 1)
        self.assertEqual(worker.events("load")[0]["phase"], "volume")
        self.assertEqual(worker.events("download"), [])
        fetched = {file.name for file in (self.place.path / "volume/visgate/models").rglob("*") if file.is_symlink()}
        self.assertEqual(fetched, {"model_index.json", "config.json", "diffusion_pytorch_model.safetensors", "vocab.json"})

    def test_two_at_once_and_one_that_was_killed_leave_whole_modules(self):
        killed = self.start(VISGATE_STAND_IN_PIP="hangs")
        until(killed.pip_log.exists, "pip was not asked")
        killed.close()
        both = [self.start(), self.start()]
        for worker in both:
            worker.wait_for("ready")
        (folder,) = [path for path in (self.place.path / "volume/visgate/wheels").iterdir() if not path.name.startswith(".")]
        self.assertEqual((folder / wheels.MARKER).read_text(), folder.name)
        self.assertTrue((folder / "huggingface_hub/errors.py").is_file())

    def test_without_a_volume_the_containers_disk_does(self):
        worker = self.ready(VISGATE_VOLUME="/nonexistent")
        self.assertTrue(list((self.place.path / "tmp/visgate-wheels").iterdir()))
        self.check_works("j1")
        worker.close()

    def test_the_providers_cache_comes_first(self):
        snapshot = self.place.path / "volume/huggingface-cache/hub/models--org--model/snapshots/abc"
        snapshot.mkdir(parents=True)
        (snapshot / "model_index.json").write_text((self.place.model / "model_index.json").read_text())
        worker = self.ready()
        self.assertEqual(worker.events("load")[0]["phase"], "volume")
        self.check_works("j1")

    def test_says_why_it_cannot_start(self):
        self.assertEqual(self.failed(VISGATE_STAND_IN_PIP="fails")["code"], "E_NO_RUNTIME")
        self.assertEqual(self.failed(VISGATE_STAND_IN_PIP="full")["code"], "E_DISK_FULL")
        self.assertIn("TASK", self.failed(TASK="sing")["message"])
        self.assertIn("HF_MODEL_ID", self.failed(HF_MODEL_ID=None)["message"])
        self.assertEqual(self.failed(HF_MODEL_ID="org/none")["code"], "E_MODEL_NOT_FOUND")
        self.assertEqual(self.failed(TASK="t2v")["code"], "E_TASK")
        until(lambda: [ping for ping in self.provider.pings if "status=unhealthy" in ping], "the provider was not told")
        (self.place.model / "GATED").touch()
        (self.place.path / "volume/visgate/models").rename(self.place.path / "elsewhere")
        self.assertEqual(self.failed()["code"], "E_GATED")

    def test_no_secret_of_a_network_failure_is_said(self):
        (self.place.model / "BROKEN").touch()
        worker = self.start()
        self.assertEqual(worker.ended(), 1)
        self.assertIn("cannot connect", worker.events("failed")[0]["message"])
        self.refuse_secrets(worker)

    @unittest.skipIf(pathlib.Path("/proc/driver/nvidia").exists(), "this computer has a GPU")
    def test_never_draws_on_a_processor_that_is_paid_for_as_a_gpu(self):
        event = self.failed(VISGATE_ALLOW_CPU=None)
        self.assertEqual(event["code"], "E_NO_RUNTIME")
        self.assertIn("GPU", event["message"])

    def test_takes_the_python_that_has_torch(self):
        folder = self.place.path / "bin"
        folder.mkdir()
        stand_ins = f"{HERE}/stand_in:{HERE}/stand_in_image"
        for name, paths in (("python3", "${PYTHONPATH%%:*}"), ("python", "$PYTHONPATH:" + stand_ins)):
            program = folder / name
            program.write_text(f'#!/bin/sh\nPYTHONPATH="{paths}" exec {sys.executable} "$@"\n')
            program.chmod(0o755)
        worker = self.ready(PATH=f"{folder}:/usr/bin:/bin", PYTHONPATH=None)
        self.assertEqual(worker.events()[0]["type"], "provisioning")
        (folder / "python").unlink()
        self.assertIn("without torch", self.failed(PATH=f"{folder}:/bin", PYTHONPATH=None)["message"])

    @unittest.skipUnless(shutil.which("cc"), "there is no C compiler to make a GPU driver's stand-in with")
    def test_a_gpu_that_torch_cannot_use_is_no_reason_for_the_processor(self):
        source = self.place.path / "cuda.c"
        source.write_text(DRIVER)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.place.path / "libcuda.so.1", source], check=True)
        worker = self.start(VISGATE_ALLOW_CPU=None, LD_LIBRARY_PATH=str(self.place.path))
        self.assertEqual(worker.ended(), 1)
        (gpu,) = worker.events("gpu")
        self.assertEqual((gpu["name"], gpu["vram"], gpu["compute"]), ("Stand-in GPU", 48 << 30, "8.9"))
        self.assertEqual(worker.events("failed")[0]["code"], "E_NO_RUNTIME")
        self.assertIn("driver", worker.events("failed")[0]["message"])

    def test_leaves_when_asked_to_while_it_starts(self):
        worker = self.start(VISGATE_STAND_IN_PIP="hangs")
        until(worker.pip_log.exists, "pip was not asked")
        worker.process.send_signal(signal.SIGTERM)
        self.assertEqual(worker.ended(), 0)
        self.assertEqual(worker.events()[-1]["reason"], "asked to")
        self.assertFalse(list((self.place.path / "volume/visgate/wheels").glob("[!.]*")))


class Work(Bootstrap):
    def test_bad_input_is_named_and_costs_nothing(self):
        worker = self.ready(VISGATE_FAILURE_THRESHOLD="1", VISGATE_STANDARD_STEPS="1", VISGATE_STANDARD_GUIDANCE="0.5")
        error = self.outcome("j1", prompt="", width=33, seed=-1, image="https://elsewhere/x.png")["error"]
        self.assertEqual(error["code"], "E_INPUT")
        self.assertEqual([field["name"] for field in error["fields"]], ["prompt", "width", "seed", "image"])
        self.assertIn("base64", error["fields"][3]["message"])
        self.assertEqual(worker.wait_for("failed")[0]["job"], "j1")
        self.check_works("j2")
        told = self.outcome("j3", debug=True)["output"]
        self.assertEqual((told["debug"], told["loaded"], told["runner"]), (True, True, "diffusers"))
        self.assertEqual(told["defaults"], {"num_inference_steps": 1, "guidance_scale": 0.5})

    def test_a_picture_to_start_from_comes_in_the_job(self):
        self.ready()
        picture = base64.b64encode(b"\x89PNG\r\n\x1a\n not really").decode()
        outcome = self.outcome("j1", image=picture, strength=0.5)
        self.assertEqual(outcome["error"]["code"], "E_RUNTIME", "the runner, not the check, found it broken")

    def test_pictures_go_where_the_job_says(self):
        worker = self.ready()
        address = f"{self.provider.base}/bucket/a.png?X-Amz-Signature=0123456789abcdefPLANTED"
        (picture,) = self.outcome("j1", upload_urls=[address])["output"]["artifacts"]
        self.assertEqual(picture["url"], f"{self.provider.base}/bucket/a.png")
        self.assertNotIn("data", picture)
        ((path, kind, data),) = self.provider.puts
        self.assertEqual((kind, len(data)), ("image/png", picture["bytes"]))
        self.provider.put_status = 307
        output = self.outcome("j2", upload_urls=[address])["output"]
        self.assertIn("data", output["artifacts"][0])
        self.assertEqual(output["upload_error"], "status 307")
        self.refuse_secrets(worker, "0123456789abcdefPLANTED")

    def test_secrets_of_a_job_are_masked(self):
        worker = self.ready()
        self.outcome("j1", s3Config={"accessSecret": "PLANTED-in-the-job"}, prompt=f"{HUB_TOKEN} says")
        self.refuse_secrets(worker, "PLANTED-in-the-job")

    def test_a_video_is_a_film(self):
        (self.place.model / "model_index.json").write_text(json.dumps({"_class_name": "VideoPipeline", "unet": ["a", "b"]}))
        self.ready()
        (film,) = self.outcome("j1", num_frames=5, fps=8)["output"]["artifacts"]
        self.assertIn(film["content_type"], ("video/mp4", "image/webp"))
        self.assertEqual((film["frames"], film["fps"]), (5, 8))

    def test_what_is_too_large_is_said(self):
        self.ready()
        error = self.outcome("j1", width=2048, height=2048)["error"]
        self.assertEqual(error["code"], "E_OUTPUT_TOO_LARGE")
        self.check_works("j2")

    def test_a_crash_costs_one_job_and_two_the_worker(self):
        worker = self.ready()
        first = self.outcome("j1", prompt="killed step")
        self.assertEqual((first["error"]["code"], "stopPod" in first), ("E_RUNTIME", False))
        self.check_works("j2")
        self.outcome("j3", prompt="killed decode")
        last = self.outcome("j4", prompt="killed encode")
        self.assertTrue(last["stopPod"])
        self.assertEqual(worker.ended(), 1)
        self.assertEqual(worker.events()[-1]["reason"], "too many failures in a row")

    def test_the_whole_runner_killed_in_a_job(self):
        worker = self.ready()
        self.provider.give("j1", prompt="hang step")
        until(lambda: self.provider.taken and len(worker.runners()) > 1, "not begun")
        for number in worker.runners():
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.assertEqual(self.provider.end("j1")["error"]["code"], "E_RUNTIME")
        worker.wait_for("ready", 2)
        self.check_works("j2")
        self.assertEqual(len(self.provider.ends("j1")), 1)

    def test_a_hang_ends_with_its_deadline(self):
        worker = self.ready()
        self.provider.give("j1", prompt="hang step", policy={"executionTimeout": 1000})
        self.assertEqual(self.provider.end("j1")["error"]["code"], "E_TIMEOUT")
        worker.wait_for("ready", 2)
        self.check_works("j2")

    def test_a_cancelled_job_has_no_end(self):
        worker = self.ready()
        self.provider.give("j1", prompt="sleep step", num_inference_steps=100)
        worker.wait_for("step")
        self.provider.stops.append("j1")
        self.check_works("j2")
        self.assertEqual(self.provider.ends("j1"), [])
        self.assertEqual((len(worker.events("ready")), worker.events("failed")), (1, []))

    def test_failures_in_a_row_end_the_worker(self):
        worker = self.ready()
        ends = [self.outcome(f"j{n}", prompt="memory step") for n in range(3)]
        self.assertEqual([end["error"]["code"] for end in ends], ["E_OUT_OF_MEMORY"] * 3)
        self.assertEqual([end.get("stopPod", False) for end in ends], [False, False, True])
        self.assertEqual(worker.ended(), 1)

    def test_asked_to_leave_it_finishes_what_is_in_hand(self):
        worker = self.ready()
        self.provider.give("j1", prompt="sleep step", num_inference_steps=8)
        worker.wait_for("step")
        worker.process.send_signal(signal.SIGTERM)
        self.assertIn("output", self.provider.end("j1"))
        self.assertEqual(worker.ended(), 0)
        self.assertEqual(worker.events()[-1]["reason"], "asked to")
        self.assertEqual(worker.runners(), [])

    def test_asked_to_leave_and_idle(self):
        worker = self.ready()
        self.check_works("j1")
        worker.process.send_signal(signal.SIGTERM)
        self.assertEqual(worker.ended(), 0)
        quiet = self.ready(VISGATE_IDLE_TIMEOUT_SECONDS="1")
        self.assertEqual(quiet.ended(), 0)
        self.assertEqual(quiet.events()[-1]["reason"], "idle")


class Package(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.cleanup)

    def refused(self, package):
        worker = Worker(self.place.path, package=package)
        self.addCleanup(worker.close)
        self.assertEqual(worker.ended(), 1)
        event = worker.events()[-1]
        self.assertEqual((event["type"], event["code"]), ("failed", "E_CONFIG"))
        self.assertIn("VISGATE_PACKAGE_0", event["message"])

    def test_is_small_and_the_same_each_time(self):
        maker = make_package()
        package = maker.make()
        self.assertEqual(package, maker.make())
        self.assertLess(sum(map(len, maker.pieces(package))), MOST_PACKAGE_BYTES)
        with tarfile.open(fileobj=io.BytesIO(package)) as tar:
            names = tar.getnames()
        self.assertEqual(names, sorted(names))
        self.assertLessEqual({"requirements.txt", "visgate_bootstrap/__main__.py", "visgate_diffusers/table.json"}, set(names))

    def test_comes_in_pieces_where_one_is_too_small(self):
        text = base64.b64encode(make_package().make()).decode()
        worker = Worker(self.place.path, package=[text[:1001], text[1001:30_003], text[30_003:]], HF_MODEL_ID=None)
        self.addCleanup(worker.close)
        self.assertEqual(worker.ended(), 1)
        self.assertEqual(worker.events("provisioning")[0]["seq"], 1)

    def test_missing_or_damaged_is_said(self):
        good = base64.b64encode(make_package().make()).decode()
        for package in ([], ["%%% no base64"], [good[:2000]], [base64.b64encode(b"no archive").decode()]):
            with self.subTest(package=str(package)[:40]):
                self.refused(package)

    def test_leaves_its_folder_alone(self):
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w") as tar:
            for name in ("../escaped", "/escaped"):
                tar.addfile(tarfile.TarInfo(name))
        self.refused([base64.b64encode(gzip.compress(plain.getvalue())).decode()])
        self.assertFalse((self.place.path / "tmp/escaped").exists())
        self.assertFalse(pathlib.Path("/escaped").exists())

    def test_arguments_are_one_line_for_a_shell(self):
        text = (BOOTSTRAP / "args.txt").read_text()
        self.assertEqual(text.count("\n"), 1)
        words = shlex.split(text)
        self.assertEqual((words[:2], len(words)), (["bash", "-c"], 3))
        self.assertNotIn("'", words[2], "what is inside one pair of quotes stays as it is, whoever splits it")

    def test_requirements_are_pinned_whole_and_bring_no_torch(self):
        lines = [line for line in (BOOTSTRAP / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
        for line in lines:
            self.assertRegex(line, r"^[A-Za-z0-9._-]+==[0-9a-z.]+( --hash=sha256:[0-9a-f]{64})+$")
        names = [line.partition("==")[0].lower() for line in lines]
        self.assertNotIn("torch", names)
        tested = {line.strip() for line in (HERE.parents[2] / "packaging/packages/python-diffusers.txt").read_text().splitlines()}
        for name in ("diffusers", "transformers", "accelerate", "safetensors", "tokenizers", "huggingface_hub"):
            (pin,) = [line.split()[0] for line in lines if line.startswith(name + "==")]
            self.assertIn(pin, tested, "what is tested with the real torch is what is installed")


class Wires(unittest.TestCase):
    """What both sides of a wire read from the same file."""

    def test_events_are_those_of_the_other_worker(self):
        told, wanted = [], fixture("events_batch.json")
        stream = events.Events(masking.Redactor())
        for event in wanted:
            stream.emit(event["type"], **{name: value for name, value in event.items() if name not in ("visgate", "seq", "ts", "type")})
        for mine, theirs in zip(stream.window(), wanted):
            self.assertRegex(mine["ts"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
            told.append({**mine, "ts": theirs["ts"]})
        self.assertEqual(told, wanted)

    def test_callbacks_are_those_of_the_other_worker(self):
        provider = Provider()
        self.addCleanup(provider.server_close)
        self.addCleanup(provider.shutdown)
        events_log = events.Events(masking.Redactor())
        self.assertIsNone(callback.callback_of({"VISGATE_WEBHOOK": "http://10.0.0.1/internal/deployment-ready/d"}, events_log))
        self.assertIsNone(callback.callback_of({"VISGATE_WEBHOOK": "ftp://a/", "VISGATE_INTERNAL_SECRET": "s"}, events_log))
        panel = callback.callback_of({"VISGATE_WEBHOOK": f"{provider.base}/internal/deployment-ready/dep_1",
                                      "VISGATE_INTERNAL_SECRET": "callback-secret"}, events_log)
        wanted = fixture("events_batch.json")
        for event in wanted:
            panel.add(event)
        panel.flush(600)
        told = [event for body in provider.letters("/internal/events/dep_1") for event in body]
        self.assertEqual(told, wanted)
        self.assertEqual(provider.letters("/internal/deployment-ready/dep_1"),
                         [fixture("status_loading.json"), fixture("status_ready.json"), fixture("status_failed.json")])
        self.assertEqual(provider.secrets, {"callback-secret"})

    def test_jobs_are_understood(self):
        for job in [fixture("take_one.json"), *fixture("take_several.json")]:
            asked = job_input.read(job, CAN, lambda: 5)
            self.assertEqual((asked.bad, asked.job["prompt"]), ([], job["input"]["prompt"]))
            self.assertEqual(asked.job["seed"], job["input"].get("seed", 5))
            self.assertEqual(asked.deadline, 600)

    def test_ends_have_the_form_of_the_other_worker(self):
        work = jobs.Jobs(settings.read({"HF_MODEL_ID": "a/b"}), None, None, {}, events.Events(masking.Redactor()),
                         masking.Redactor(), most_bytes=1000)
        output = fixture("done_output.json")["output"]
        self.assertEqual(work._measured("j1", output, 1), output)
        filler = "x" * (2013 - len(json.dumps({"output": {"artifacts": [], "x": ""}})))
        self.assertEqual(work._measured("j1", {"artifacts": [], "x": filler}, 1), fixture("done_fault.json"))


class Parts(unittest.TestCase):
    def test_every_bad_field_is_named_in_the_other_workers_words(self):
        asked = job_input.read({"input": {"prompt": "a\x07", "num_inference_steps": True, "guidance_scale": 11, "num_images": 2.5,
                                          "width": 250, "strength": 0.5, "format": "gif", "upload_urls": ["ftp://x/"]},
                                "policy": {"executionTimeout": 0}}, CAN, lambda: 1)
        self.assertEqual(dict(asked.bad), {
            "strength": "is not for text-to-image", "prompt": "holds the control character U+0007",
            "width": "must be from 64 to 512 pixels; the nearest that this model can do is 256",
            "num_inference_steps": "must be a whole number from 1 to 50", "guidance_scale": "must be a number from 0.0 to 10.0",
            "num_images": "must be a whole number from 1 to 4", "format": "this worker writes png only",
            "upload_urls": "must be a list of https addresses",
            "executionTimeout": "must be a whole number from 1 to 604800000"})
        for given, what in ((None, "must be an object"), ([], "must be an object")):
            self.assertEqual(job_input.read({"input": given}, CAN, lambda: 1).bad, [("input", what)])
        inpaint = job_input.read({"input": {"prompt": "a", "mask": "x"}}, CAN, lambda: 1)
        self.assertEqual(inpaint.bad, [("mask", "this model cannot do inpaint")])
        self.assertEqual(job_input.read({"input": {"prompt": "a", "negative_prompt": "b"}}, CAN, lambda: 1).ignored, ["negative_prompt"])
        bomb = {"prompt": "a", "width": float("nan"), "height": float("inf"), "seed": 10**400}
        self.assertEqual([name for name, _ in job_input.read({"input": bomb}, CAN, lambda: 1).bad], ["width", "height", "seed"])

    def test_addresses_that_may_be_written_to(self):
        for address in ("https://s3.example.org/a?b=c", "http://127.0.0.1:9/a"):
            self.assertTrue(addresses.is_allowed(address), address)
        for address in ("ftp://a/b", "https://user@a/b", "https:///b", "file:///etc/passwd", "https://a b/", 7, "https://[::1"):
            self.assertFalse(addresses.is_allowed(address), address)

        class File:
            data, content_type, url = b"x", "image/png", ""

        for address in ("https://127.0.0.1:1/a", "https://10.0.0.1/a", "https://169.254.169.254/latest", "https://[::1]/a",
                        "https://[::ffff:10.0.0.1]/a", "http://10.0.0.1/a"):
            self.assertIn("may not be written to", upload.put_all([File()], [address], lambda: None), address)

    def test_the_files_that_an_index_names(self):
        index = {"_class_name": "P", "unet": ["diffusers", "U"], "text": ["transformers", "T"], "../out": ["a", "b"], "none": [None, None]}
        shards = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
        names = ["model_index.json", "unet/config.json", "unet/m.safetensors", "unet/m.fp16.safetensors", "unet/m.bin", "unet/m.py",
                 "text/model.safetensors.index.json", "text/model-00001-of-00002.safetensors", "text/model-00002-of-00002.safetensors",
                 "text/pytorch_model.bin", "other/m.safetensors", "text/model.fp16.safetensors.index.json", "README.md"]
        chosen = fetching.choose(dict.fromkeys(names, 1), lambda name: index if name == "model_index.json" else shards)
        self.assertEqual(chosen, sorted(["model_index.json", "unet/config.json", "unet/m.safetensors", "text/model.safetensors.index.json",
                                         "text/model.fp16.safetensors.index.json", "text/model-00001-of-00002.safetensors",
                                         "text/model-00002-of-00002.safetensors"]))
        for names in (["a.safetensors"], ["model_index.json", "unet/m.bin"]):
            with self.assertRaises(failure.Failure) as caught:
                fetching.choose(dict.fromkeys(names, 1), lambda name: index)
            self.assertEqual(caught.exception.code, "E_LOAD")

    def test_ids_do_not_lead_elsewhere(self):
        for bad in ("../x", "/etc", "a\\b"):
            self.assertFalse(cache.stays_inside(bad))

    def test_masks_in_every_spelling(self):
        secret = 'geheim/"+ä=7'
        redactor = masking.Redactor([secret, "abc"])
        for padding in ("", "x", "xy"):
            self.assertNotIn("Z2VoZWlt", redactor.redact(base64.b64encode((padding + secret).encode()).decode()))
        for text in (secret, json.dumps(secret), "geheim%2F%22%2B%C3%A4%3D7", repr(secret)):
            self.assertIn(masking.MASK, redactor.redact(f"a {text} b"), text)
        for text, wanted in (("Authorization: Bearer abcdef123456", "Authorization: Bearer ***"), ("abc", "abc"),
                             ("hf_abcdefghijklmnopqrst", "***"), ("https://me:pw1234@host/x", "https://***@host/x"),
                             ("X-Amz-Signature=0123456789&b", "X-Amz-Signature=***&b"), ("the token count: many", "the token count: many")):
            self.assertEqual(redactor.redact(text), wanted)
        written = io.StringIO()
        stream = masking.MaskedStream(written, redactor)
        for piece in (secret[:4], secret[4:], "\nrest"):
            stream.write(piece)
        stream.finish()
        self.assertEqual(written.getvalue(), "***\nrest\n")

    def test_each_phase_has_its_deadline(self):
        now, steps = [0.0], []
        deadlines = limits.Deadlines(steps, 1000, lambda: now[0])
        now[0] = 60.5
        self.assertEqual(deadlines.complaint(), "A step took too long.")
        deadlines.enter("encode_text")
        now[0] += 179
        self.assertEqual(deadlines.complaint(), "")
        now[0] += 2
        self.assertEqual(deadlines.complaint(), "Reading the prompt took too long.")
        deadlines.enter("step")
        now[0] += 10
        deadlines.step_done(False)
        now[0] += 199  # twenty times the median of the steps
        self.assertEqual(deadlines.complaint(), "")
        deadlines.step_done(True)
        now[0] += 181
        self.assertEqual(deadlines.complaint(), "Decoding what was drawn took too long.")
        now[0] = 1001
        self.assertEqual(deadlines.complaint(), "The job took too long.")


if __name__ == "__main__":
    print("the provider's SDK:", "real" if importlib.util.find_spec("runpod") else "stand-in", flush=True)
    unittest.main(verbosity=2)
