# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever has no key does not get in, as the program itself starts practice: a worker is a process of the user's, so a
stranger who may create an endpoint would run programs as the user."""
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from practice import FAKE_WORKER, HOST, Practice, call, endpoint_body, main, until  # noqa: E402
from storage_test import Client  # noqa: E402

VISGATECTL = str(Path(HOST).parent / "visgatectl")
NOBODY = 65534
STRANGERS_KEYS = (None, "rpa_practice_x", "rpa_practice_visgate_play_money", "rpa_practice_")

# What a stranger may try at each door: method, where, path behind it, body.
DOORS = [("GET", "rest", "/serverless", None), ("POST", "rest", "/serverless", endpoint_body()),
         ("GET", "rest", "/network-volumes", None), ("GET", "rest", "/nothing", None),
         ("POST", "queue", "/x/run", {"input": {}}), ("GET", "queue", "/x/health", None),
         ("GET", "queue", "/x/job-take/y", None), ("GET", "queue", "/x/ping/y", None),
         ("POST", "graphql", "", {"query": "{ myself { id } }"}),
         ("GET", "control", "/ping", None), ("GET", "control", "/state", None), ("GET", "control", "/requests", None),
         ("POST", "control", "/faults", {"path": "*", "effect": "hang"}), ("POST", "control", "/shutdown", {}),
         ("POST", "control", "/account", {"credit": 1e6}), ("GET", "control", "/nothing", None)]


class Guarded(Practice):
    def __init__(self, *options, **how):
        super().__init__("--guarded", "yes", *options, **how)

    def start(self):
        super().start()
        self.key = self.addresses["api_key"]
        self.root = f"http://127.0.0.1:{self.addresses['port']}"

    def rest(self, method, path, body=None, key=None, headers=None, judged=True):
        return super().rest(method, path, body, key or self.key, headers, judged)

    def queue(self, method, path, body=None, key=None, timeout=60):
        return super().queue(method, path, body, key or self.key, timeout)

    def control(self, method, path, body=None):
        return call(method, self.control_base + path, body, {"Authorization": "Bearer " + self.addresses["token"]}).json


class Guard(unittest.TestCase):
    def setUp(self):
        self.p = Guarded()
        self.addCleanup(self.p.close)

    def test_no_door_opens_without_a_key(self):
        p = self.p
        for method, where, path, body in DOORS:
            for key in STRANGERS_KEYS:
                for scheme in ("Bearer ", ""):
                    headers = {"Authorization": scheme + key} if key else {}
                    reply = call(method, p.addresses[where] + path, body, headers)
                    self.assertIn(reply.status, (401, 404) if "/x/" in path else (401,), (method, where, path, key, reply))
        for path in ("/hub/api/models", "/hub/api/models/stabilityai/sdxl-turbo", "/hub/api/whoami-v2",
                     "/registry/v2/visgate/practice-worker/manifests/1", "/0123456789abcdef/hub/api/models", "/", "/x"):
            self.assertEqual(call("GET", p.root + path, None, {"Authorization": "Bearer hf_practice_x"}).status, 401, path)
        self.assertEqual((p.state()["endpoints"], p.state()["faults"], p.state()["money"]["credit"]), ([], [], 25))

    def test_the_volumes_take_no_well_known_secret(self):
        p = self.p
        for place, bucket in (("bucket", "practice-pictures"), ("eu-ro-1", "volume")):
            base = p.addresses["volumes"].replace("%1", place)
            for method in ("GET", "PUT"):
                self.assertEqual(Client(base, place, bucket).ask(method, "a", b"x" if method == "PUT" else b"").status, 403)
            self.assertEqual(call("PUT", Client(base, place, bucket).presigned("PUT", "a"), b"x").status, 403)
        own = Client(p.addresses["volumes"].replace("%1", "bucket"), "bucket", "practice-pictures",
                     p.addresses["storage_secret"], p.addresses["storage_key_id"])
        self.assertEqual((own.ask("PUT", "a", b"x").status, own.ask("GET", "a").body), (200, b"x"))

    def test_who_has_the_key_is_served_as_ever(self):
        p = self.p
        endpoint = p.create()
        job = p.run(endpoint, echo="hello")
        self.assertEqual(p.finished(endpoint, job)["output"], "hello")
        self.assertEqual(call("GET", p.addresses["hub"] + "/api/models/stabilityai/sdxl-turbo").status, 200)
        self.assertEqual(call("GET", p.addresses["registry"] + "/v2/visgate/practice-worker/manifests/1").status, 200)
        moved = call("GET", p.addresses["hub"] + "/api/models?limit=1")
        self.assertIn(p.addresses["hub"], moved.headers["Link"])
        self.assertEqual(call("POST", p.addresses["graphql"], {"query": "{ myself { id } }"},
                              {"Authorization": "Bearer " + p.key}).status, 200)
        # What was asked at the hub is told without the key that its address carries.
        self.assertTrue(any(r["target"].startswith("/hub/") for r in p.control("GET", "/requests")))

    def test_the_keys_are_in_a_file_of_the_owners_alone_and_stay_the_same(self):
        p = self.p
        file = Path(p.folder, "practice.json")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        secrets = [p.addresses[name] for name in ("token", "api_key", "storage_secret")] + [p.addresses["hub"]]
        for secret in secrets:
            self.assertNotIn(secret, p.said)
            self.assertNotIn(secret, Path(f"/proc/{p.process.pid}/cmdline").read_text())
        before = (p.key, p.addresses["storage_secret"])
        p.end()
        p.start()
        self.assertEqual((p.key, p.addresses["storage_secret"]), before)
        other = Guarded()
        self.addCleanup(other.close)
        self.assertNotEqual(other.key, p.key)

    @unittest.skipUnless(os.geteuid() == 0, "only root can act as another user")
    def test_another_user_of_this_computer_gets_nowhere(self):
        p = self.p
        attack = f"""
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, {str(Path(__file__).resolve().parent)!r})
from practice import call
found = []
for name in ("practice.json", "account.jsonl", "logs", "volumes", "workers"):
    try:
        open({p.folder!r} + "/" + name).read()
        found.append(name)
    except IsADirectoryError:
        found.append(name)
    except PermissionError:
        pass
for where, path in {[(where, path) for method, where, path, body in DOORS if method == "GET"]!r}:
    reply = call("GET", json.loads({json.dumps(p.addresses)!r})[where] + path, None, {{"Authorization": "Bearer rpa_practice_x"}})
    if reply.status not in (401, 404):
        found.append(path)
print(json.dumps(found))
"""
        done = subprocess.run([sys.executable, "-c", attack], capture_output=True, text=True, user=NOBODY, group=NOBODY,
                              extra_groups=[], cwd="/", env={"PATH": "/usr/bin:/bin"})
        self.assertEqual((done.stdout.strip(), done.stderr), ("[]", ""))

    def test_an_endpoint_cannot_make_the_demo_worker_run_or_write_what_it_likes(self):
        p = self.p
        marks = Path(tempfile.mkdtemp())
        hostile = {"LD_PRELOAD": str(marks / "evil.so"), "LD_AUDIT": str(marks / "evil.so"), "PYTHONPATH": str(marks),
                   "PYTHONSTARTUP": "/x", "BASH_ENV": "/x", "PATH": str(marks), "HOME": str(marks), "TMPDIR": str(marks),
                   "OPENSSL_CONF": "/x", "GCONV_PATH": "/x", "SSL_CERT_FILE": "/x", "HTTPS_PROXY": "http://127.0.0.1:1",
                   "VISGATE_SHAPES_WEIGHTS": "/etc/passwd", "VISGATE_CACHE_DIRS": "/runpod-volume/../../../etc",
                   "RUNPOD_WEBHOOK_GET_JOB": "http://127.0.0.1:1/", "RUNPOD_AI_API_KEY": "mine", "RUNPOD_POD_ID": "mine"}
        wanted = {"HF_MODEL_ID": "a/b", "TASK": "text-to-image", "RUNPOD_INIT_TIMEOUT": "99",
                  "VISGATE_INTERNAL_SECRET": "planted-callback-secret-1", "HF_TOKEN": "hf_practice_planted_2"}
        endpoint = p.create(env={**hostile, **wanted}, args=f"--out {marks}/written --once x")
        p.run(endpoint, sleep=60)
        worker = until(lambda: [w for w in p.state()["workers"] if w["status"] == "RUNNING"])[0]
        pid = next(int(e) for e in os.listdir("/proc") if e.isdigit() and environ(e).get("RUNPOD_POD_ID") == worker["id"])
        env = environ(pid)
        for name, value in hostile.items():
            self.assertNotEqual(env.get(name), value, name)
        self.assertFalse(set(env) - set(worker["env"]))
        for name in ("LD_PRELOAD", "LD_AUDIT", "PYTHONPATH", "BASH_ENV", "HTTPS_PROXY", "VISGATE_CACHE_DIRS"):
            self.assertNotIn(name, env)
        for name, value in wanted.items():
            self.assertEqual(env[name], value)
        self.assertEqual(Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[2:], [b""])
        self.assertEqual(list(marks.iterdir()), [])
        marks.rmdir()

    def test_state_tells_no_secret_even_to_who_has_the_key(self):
        p = self.p
        endpoint = p.create(env={"HF_TOKEN": "hf_practice_planted_2", "VISGATE_INTERNAL_SECRET": "planted-callback-3",
                                 "ANYTHING": "planted-value-4", "HF_ENDPOINT": p.addresses["hub"]})
        job = p.run(endpoint, echo="planted prompt 5", prompt=["planted prompt 6"],
                    _job={"webhook": "http://127.0.0.1:9/planted-hook-7"})
        p.finished(endpoint, job)
        worker = until(lambda: [w for w in p.state()["workers"] if w["status"] == "IDLE"])[0]
        pid = next(int(e) for e in os.listdir("/proc") if e.isdigit() and environ(e).get("RUNPOD_POD_ID") == worker["id"])
        state = json.dumps(p.state())
        self.assertNotIn("planted", state)
        for secret in (environ(pid)["RUNPOD_AI_API_KEY"], p.key, p.addresses["token"], p.addresses["hub"]):
            self.assertNotIn(secret, state)


@unittest.skipUnless(os.access(VISGATECTL, os.X_OK), "visgatectl is not built")
class CommandLine(unittest.TestCase):
    def serve(self, *options):
        folder = tempfile.mkdtemp(prefix="practice-")
        process = subprocess.Popen([VISGATECTL, "practice", "serve", "--data", folder, "--worker", FAKE_WORKER, *options],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said = json.loads(process.stdout.readline())

        def end():
            process.terminate()
            self.assertEqual(process.wait(30), 0)
            process.stdout.close()
            process.stderr.close()
        self.addCleanup(end)
        return process, said, json.loads(Path(folder, "practice.json").read_text())

    def test_other_programs_get_the_keys_when_they_are_asked_for(self):
        _, said, file = self.serve()
        self.assertFalse({"token", "api_key", "storage_secret", "hub"} & set(said))
        self.assertEqual(call("GET", said["rest"] + "/serverless", None, {"Authorization": "Bearer rpa_practice_x"}).status, 401)
        _, told, file = self.serve("--print-keys")
        self.assertEqual(told, file)
        self.assertEqual(
            call("GET", told["rest"] + "/serverless", None, {"Authorization": "Bearer " + told["api_key"]}).status, 200)
        self.assertEqual(
            call("GET", told["control"] + "/state", None, {"Authorization": "Bearer " + told["token"]}).status, 200)

    def test_an_open_one_takes_any_practice_key_and_says_what_that_means(self):
        process, said, _ = self.serve("--open")
        self.assertIn("every program on this computer", process.stderr.readline())
        self.assertEqual(call("GET", said["rest"] + "/serverless", None, {"Authorization": "Bearer rpa_practice_x"}).status, 200)
        self.assertEqual(call("GET", said["control"] + "/state").status, 200)
        self.assertEqual(call("GET", said["hub"] + "/api/models?limit=1").status, 200)
        bucket = Client(said["volumes"].replace("%1", "bucket"), "bucket", "practice-pictures")
        self.assertEqual(bucket.ask("PUT", "a", b"x").status, 200)


def environ(pid):
    try:
        pairs = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return {}
    return dict(pair.decode(errors="replace").split("=", 1) for pair in pairs if b"=" in pair)


if __name__ == "__main__":
    main()
