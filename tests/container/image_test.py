# SPDX-License-Identifier: GPL-3.0-or-later
"""One of the worker's images (WORKER_IMAGE), as a cloud has it: started, asked to check itself, given a job by practice's queue from
`visgatectl deploy` on, stopped, pushed to a registry and known there by its digest. Prints figures; nothing is stood in for but the
cloud, its GPU and, in the full image, the size of the model."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

BIN = pathlib.Path(os.environ["VISGATE_BIN"])
IMAGE, TARGET = os.environ["WORKER_IMAGE"], os.environ["WORKER_TARGET"]
PODMAN = ["podman", "--runtime", "runc"]
RUN = [*PODMAN, "run", "--rm", "--network", "host", "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]
PATIENCE = 900
KEY = "rpa_practice_IMAGE_81c4"
MODEL = "me/tiny"
FAMILY = "stable_diffusion"
PROMPT = "a red circle"
GRACE = 10  # seconds that a cloud gives a worker to leave
# As a cloud starts a worker: by the image's name, with the environment, held by the process that was started.
WORKER = """#!/usr/bin/python3
import os
names = [name for name in os.environ if name.startswith(("RUNPOD_", "HF_", "VISGATE_", "TASK"))]
options = [option for name in names for option in ("--env", name)]
os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
command = {run!r} + options + [{image!r}]
os.execvp(command[0], command)
"""


def podman(*arguments, **options):
    done = subprocess.run([*PODMAN, *arguments], capture_output=True, text=True, timeout=PATIENCE, **options)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout.strip()


def figure(what, value):
    print(f"figure: {what}: {value}", flush=True)


class Image(unittest.TestCase):
    def test_checks_itself(self):
        done = subprocess.run([*RUN, IMAGE, "--self-test"], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_has_a_size_and_a_digest(self):
        figure(f"{TARGET} unpacked", f"{int(podman('image', 'inspect', '--format', '{{.Size}}', IMAGE)) / 1e6:.0f} MB")
        copied = subprocess.run(["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"containers-storage:{IMAGE}", f"docker://{IMAGE}"],
                                capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(copied.returncode, 0, copied.stderr)
        told = json.loads(subprocess.run(["skopeo", "inspect", "--tls-verify=false", f"docker://{IMAGE}"], check=True,
                                         capture_output=True, text=True, timeout=PATIENCE).stdout)
        self.assertRegex(told["Digest"], "^sha256:[0-9a-f]{64}$")
        figure(f"{TARGET} digest", told["Digest"])
        figure(f"{TARGET} compressed", f"{sum(layer['Size'] for layer in told['LayersData']) / 1e6:.0f} MB")

    def test_leaves_when_it_is_told_to(self):
        options = ["--env", "WORKER_MODE=http", "--env", "HTTP_ADDRESS=127.0.0.1", "--env", "HTTP_PORT=0", "--env",
                   "VISGATE_HTTP_KEY=a-key-of-this-test-0123456789", "--env", "VISGATE_RUNNER=builtin"]
        with subprocess.Popen([*RUN, "--name", f"leaver-{TARGET}", *options, IMAGE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True) as worker:
            for line in worker.stdout:
                if '"listening"' in line:
                    break
            else:
                self.fail("it never listened")
            begin = time.monotonic()
            worker.terminate()
            worker.stdout.read()
            worker.wait(PATIENCE)
            took = time.monotonic() - begin
        self.assertLess(took, GRACE)
        figure(f"{TARGET} stops in", f"{took:.2f} s")
        self.assertEqual(podman("ps", "--all", "--quiet"), "", "and nothing of it is left")


class Chain(unittest.TestCase):
    """From the command that deploys to the picture's own words."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="visgate-image ")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.image = self.folder / "worker"
        self.image.write_text(WORKER.format(run=RUN, image=IMAGE))
        self.image.chmod(0o700)
        self.data = self.folder / "data"
        self.data.mkdir(mode=0o700)

    def practise(self, *options):
        practice = subprocess.Popen([BIN / "practice_host", "--data", self.folder / "practice", "--speed", "60", "--leave-after", "600",
                                     *options], stdout=subprocess.PIPE, text=True)
        self.addCleanup(practice.wait, PATIENCE)
        self.addCleanup(practice.terminate)
        self.addCleanup(practice.stdout.close)
        addresses = json.loads(practice.stdout.readline())
        (self.data / "settings.ini").write_text(
            f"[hub]\nurl={addresses['hub']}\n[runpod]\nrest_url={addresses['rest']}\nqueue_url={addresses['queue']}\n"
            f"graphql_url={addresses['graphql']}\n[worker]\nregistry_url={addresses['registry']}\nimage={IMAGE}\n")
        return addresses

    def ctl(self, *arguments, typed=""):
        done = subprocess.run([BIN / "visgatectl", *arguments, "--data-dir", self.data], input=typed, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def draw(self, model):
        self.ctl("keys", "set", "runpod", typed=KEY + "\n")
        out = self.folder / "picture.png"
        begin = time.monotonic()
        made = json.loads(self.ctl("deploy", model, "--target", "runpod", "--wait", "--prompt", PROMPT, "--out", out, "--json"))
        figure(f"{TARGET} from the command to the picture", f"{time.monotonic() - begin:.1f} s")
        words = out.read_bytes()
        self.assertTrue(words.startswith(b"\x89PNG\r\n"))
        self.ctl("delete", made["deployment_id"])
        self.assertEqual(podman("ps", "--all", "--quiet"), "", "no container is left when the deployment is deleted")
        return words

    @unittest.skipUnless(TARGET == "native", "the demo model's image")
    def test_draws_with_the_demo_model(self):
        self.image.write_text(self.image.read_text().replace("names = [", "os.environ['VISGATE_RUNNER'] = 'builtin'\nnames = ["))
        self.practise("--image", f"{IMAGE}={self.image}")
        self.assertIn(b"builtin", self.draw("stabilityai/sdxl-turbo"))

    @unittest.skipUnless(TARGET == "full", "the image that holds diffusers")
    def test_draws_with_a_model_of_the_hub(self):
        models = self.folder / "models"
        models.mkdir()
        podman("run", "--rm", "--network", "none", "--volume", f"{os.environ['RECIPES']}:/recipes:ro", "--volume", f"{models}:/models",
               "--env", "OMP_NUM_THREADS=1", "--entrypoint", "/opt/picture-engine/bin/python3", IMAGE, "/recipes/tiny_pipelines.py",
               "make", "/models/all")
        hub = self.folder / "hub"
        (hub / "me").mkdir(parents=True)
        (hub / MODEL).symlink_to(models / "all" / FAMILY)
        addresses = self.practise("--hub-files", hub, "--image", f"{IMAGE}={self.image}")
        patched = f"os.environ['HF_ENDPOINT'] = {addresses['hub']!r}\nos.environ['VISGATE_PATIENCE'] = '30'\nnames = ["
        self.image.write_text(self.image.read_text().replace("names = [", patched))
        words = self.draw(MODEL)
        for word in (b"diffusers", MODEL.encode(), PROMPT.encode()):
            self.assertIn(word, words)


if __name__ == "__main__":
    sys.exit(not unittest.main(exit=False).result.wasSuccessful())
