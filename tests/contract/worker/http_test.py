# SPDX-License-Identifier: GPL-3.0-or-later
"""The real worker in HTTP mode over real sockets: its jobs, its guards, and how it leaves. What draws is the demo model, or the
diffusers runner with a stand-in for torch and diffusers, which is as slow as a test asks it to be."""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

from http_worker import HERE, KEY, ROOT, Worker
from waiting import PATIENCE, until

SLOW = {"prompt": "sleep step", "num_inference_steps": 900, "width": 32, "height": 32}  # minutes, if it is not stopped
QUICK = {"prompt": "anything", "num_inference_steps": 1, "width": 32, "height": 32, "seed": 1}


class Case(unittest.TestCase):
    def worker(self, **named):
        worker = Worker(**named)
        self.addCleanup(worker.close)
        return worker

    def stand_in(self, load="", kind="PicturePipeline", **named):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        pathlib.Path(folder.name, "model_index.json").write_text(
            json.dumps({"_class_name": kind, "load": load}))
        return self.worker(
            VISGATE_RUNNER="diffusers", HF_MODEL_ID=folder.name, PYTHONPATH=str(HERE / "stand_in"),
            VISGATE_DIFFUSERS=str(ROOT / "worker/runners/diffusers"), PYTHONDONTWRITEBYTECODE="1", **named)


class Jobs(Case):
    def test_a_picture_comes_whole_by_every_way(self):
        worker = self.worker()
        wanted = {"prompt": "a large red circle on a white background", "seed": 7, "num_inference_steps": 8}
        ways = [worker.call("POST", path, {"input": wanted}) for path in ("/runsync", "/predict")]
        self.assertEqual([way.status for way in ways], [200, 200], ways)
        done = [way.json for way in ways] + [worker.until(worker.run(**wanted), "COMPLETED", "FAILED")]
        sums = set()
        for job in done:
            self.assertEqual(job["status"], "COMPLETED", job)
            self.assertLessEqual({"id", "delayTime", "executionTime", "workerId", "output"}, set(job))
            (artifact,) = job["output"]["artifacts"]
            sums.add(hashlib.sha256(base64.b64decode(artifact["data"])).hexdigest())
        self.assertEqual(sums, {done[0]["output"]["artifacts"][0]["sha256"]})
        health = worker.call("GET", "/health", key=None).json
        self.assertEqual((health["status"], health["jobs"]["completed"], health["active_jobs"]), ("ok", 3, 0))
        metrics = worker.call("GET", "/metrics")
        self.assertIn('visgate_worker_jobs_total{status="completed"} 3', metrics.body.decode())
        self.assertTrue(metrics.headers["Content-Type"].startswith("text/plain"))

    def test_progress_shows_while_a_job_is_in_hand_and_cancelling_ends_it(self):
        worker = self.stand_in()
        first, second = worker.run(**SLOW), worker.run(**SLOW)
        until(lambda: worker.status(first).get("output"))
        job = worker.status(first)
        self.assertEqual(job["status"], "IN_PROGRESS")
        self.assertGreaterEqual(job["output"]["step"], 1)
        self.assertIn("events", job["output"])
        news = worker.call("GET", f"/stream/{first}?wait=300000").json
        self.assertEqual((news["status"], len(news["stream"])), ("IN_PROGRESS", 1), news)
        self.assertEqual(worker.status(second)["status"], "IN_QUEUE")
        for _ in range(2):  # twice is once
            self.assertEqual(worker.call("POST", f"/cancel/{second}").json, {"id": second, "status": "CANCELLED"})
            self.assertEqual(worker.call("POST", f"/cancel/{first}").json, {"id": first, "status": "CANCELLED"})
        third = worker.until(worker.run(**QUICK), "COMPLETED", "FAILED")
        self.assertEqual(third["status"], "COMPLETED", third)
        self.assertEqual([worker.status(job)["status"] for job in (first, second)], ["CANCELLED"] * 2)

    def test_a_job_that_cannot_be_done_fails_with_its_fields(self):
        worker = self.worker()
        failed = worker.call("POST", "/runsync", {"input": {"prompt": "", "width": 1000}}).json
        self.assertEqual((failed["status"], failed["error"]["code"]), ("FAILED", "E_INPUT"))
        self.assertLessEqual({"prompt", "width"}, {field["name"] for field in failed["error"]["fields"]})
        debug = worker.call("POST", "/runsync", {"input": {"debug": True}}).json
        self.assertEqual(debug["output"]["state"], "loaded")

    def test_a_video_is_an_mp4_where_there_is_ffmpeg_and_moves_without(self):
        ffmpeg = os.environ.get("VISGATE_FFMPEG") or shutil.which("ffmpeg")
        wanted = {"prompt": "anything", "num_frames": 5, "fps": 8, "width": 32, "height": 32, "num_inference_steps": 1, "seed": 1}
        for kind, path in (("video/mp4", ffmpeg), ("image/webp", None)):
            with self.subTest(kind):
                if kind == "video/mp4" and not ffmpeg:
                    self.skipTest("ffmpeg is not installed")
                worker = self.stand_in(kind="VideoPipeline", VISGATE_FFMPEG=path, **({} if path else {"PATH": "/nonexistent"}))
                job = worker.call("POST", "/runsync?wait=300000", {"input": wanted}).json
                self.assertEqual(job["status"], "COMPLETED", job)
                (artifact,) = job["output"]["artifacts"]
                self.assertEqual((artifact["content_type"], artifact["frames"], artifact["fps"]), (kind, 5, 8), job["output"].get("notes"))
                data = base64.b64decode(artifact["data"])
                self.assertEqual(hashlib.sha256(data).hexdigest(), artifact["sha256"])
                self.assertEqual("notes" in job["output"], path is None)
        worker = self.stand_in(kind="VideoPipeline")
        refused = worker.call("POST", "/runsync", {"input": {**wanted, "format": "jpeg"}}).json
        self.assertEqual(refused["error"]["fields"][0]["name"], "format")

    def test_a_picture_may_be_of_another_format(self):
        worker = self.stand_in()
        for asked, kind in (("png", "image/png"), ("webp", "image/webp"), ("jpeg", "image/jpeg")):
            job = worker.call("POST", "/runsync?wait=300000", {"input": {**QUICK, "format": asked}}).json
            self.assertEqual(job["output"]["artifacts"][0]["content_type"], kind)

    def test_many_clients_each_get_their_own(self):
        worker = self.stand_in()
        answers = {}

        def one(seed):
            answers[seed] = worker.call("POST", "/runsync?wait=300000", {"input": {**QUICK, "seed": seed}})

        clients = [threading.Thread(target=one, args=(seed,)) for seed in range(200)]
        for client in clients:
            client.start()
        for client in clients:
            client.join(PATIENCE)
        kinds = {status: [s for s, answer in answers.items() if answer.status == status] for status in (200, 429)}
        self.assertEqual(len(kinds[200]) + len(kinds[429]), 200, {s: a for s, a in answers.items() if a.status not in kinds})
        self.assertGreaterEqual(len(kinds[200]), 100)
        for seed in kinds[200]:
            self.assertEqual(answers[seed].json["output"]["seed"], seed)
        for seed in kinds[429]:
            self.assertIn("Retry-After", answers[seed].headers)

    def test_jobs_wait_while_the_model_loads(self):
        worker = self.stand_in(load="hang load")
        until(lambda: worker.call("GET", "/health", key=None).json["model_state"] == "loading")
        self.assertEqual(worker.call("GET", "/ready", key=None).status, 503)
        job = worker.run(**QUICK)
        waited = worker.call("POST", "/runsync?wait=1", {"input": QUICK}).json
        self.assertEqual((waited["status"], worker.status(job)["status"]), ("IN_QUEUE", "IN_QUEUE"))
        health = worker.call("GET", "/health", key=None).json
        self.assertEqual((health["status"], health["active_jobs"]), ("loading", 2))
        self.assertEqual(worker.call("POST", f"/cancel/{job}").json["status"], "CANCELLED")
        worker.process.terminate()
        self.assertEqual(worker.wait(), 0, worker.output())

    def test_whoever_waits_for_a_model_that_does_not_load_hears_why(self):
        answers = []
        worker = self.stand_in(load="memory load")  # its import takes a moment: the job is there before
        try:
            answers.append(worker.call("POST", "/runsync", {"input": QUICK}))
        except OSError:
            answers = []  # it was gone already
        self.assertEqual(worker.wait(), 1, worker.output())
        self.assertEqual(worker.event("failed")["code"], "E_OUT_OF_MEMORY")
        for answer in answers:
            self.assertIn(answer.status, (200, 503))
            if answer.status == 200:
                self.assertEqual(answer.json["error"]["code"], "E_LOAD")


class Guards(Case):
    @classmethod
    def setUpClass(cls):
        cls.shared = Worker(HTTP_BASE_PATH="/models/dep_1")

    @classmethod
    def tearDownClass(cls):
        cls.shared.close()

    def test_a_key_is_asked_for_and_looked_at(self):
        call = self.shared.call
        for method, path in (("POST", "/run"), ("POST", "/runsync"), ("POST", "/predict"), ("GET", "/status/x"),
                             ("GET", "/stream/x"), ("POST", "/cancel/x"), ("GET", "/metrics")):
            missing, wrong = call(method, path, key=None), call(method, path, key="wrong")
            self.assertEqual((missing.status, wrong.status), (401, 403), path)
            self.assertEqual(missing.headers["WWW-Authenticate"], "Bearer")
            self.assertIn("error", missing.json)
        for path in ("/health", "/ready"):
            self.assertIn(call("GET", path, key=None).status, (200, 503))
        unknown = "/status/x"
        for headers in ({"X-API-Key": KEY}, {"Authorization": f"bEaReR {KEY}"}, {"X-API-Key": KEY, "Authorization": "Bearer other"}):
            self.assertEqual(call("GET", unknown, key=None, headers=headers).status, 404, headers)
        for headers in ({"X-API-Key": KEY[:-1]}, {"X-API-Key": KEY + "x"}, {"Authorization": f"Bearer{KEY}", "X-API-Key": "é"},
                        {"X-API-Key": "ключ".encode()}):
            self.assertEqual(call("GET", unknown, key=None, headers=headers).status, 403, headers)
        self.assertEqual(call("GET", unknown, key=None, headers={"Authorization": f"Basic {KEY}"}).status, 401)

    def test_what_is_not_there_or_not_so_is_told_apart(self):
        call = self.shared.call
        for method, path, status in (
                ("GET", "/", 404), ("GET", "/status", 404), ("GET", "/status/unknown", 404), ("POST", "/cancel/unknown", 404),
                ("GET", "/stream/unknown", 404), ("GET", "/status/a/b", 404), ("GET", "/run", 405), ("POST", "/health", 405),
                ("DELETE", "/status/x", 405), ("GET", "/status/%00%ff", 404), ("HEAD", "/health", 200)):
            self.assertEqual(call(method, path).status, status, (method, path))
        self.assertEqual(call("GET", "/run").headers["Allow"], "POST")
        for body in (b"", b"{", b"[]", b"null", b"{}", b'{"input":1}', b'{"input":{},"policy":1}', b"\xff\xfe", b"[" * 100_000):
            refused = call("POST", "/run", body)
            self.assertEqual(refused.status, 400, body[:40])
            self.assertIn("error", refused.json)

    def test_the_path_of_an_ingress_may_stand_before_each(self):
        call = self.shared.call
        self.assertEqual(call("GET", "/models/dep_1/health", key=None).status, 200)
        self.assertEqual(call("GET", "/models/dep_1/status/x").status, 404)
        self.assertIn("job not found", str(call("GET", "/models/dep_1/status/x").body))
        self.assertEqual(call("GET", "/models/dep_1", key=None).status, 404)
        self.assertEqual(call("GET", "/models/dep_12/health", key=None).status, 404)

    def raw(self, *pieces):
        """What comes back for bytes that no client of a library would send."""
        with socket.create_connection(("127.0.0.1", self.shared.port), timeout=PATIENCE) as connection:
            for piece in pieces:
                connection.sendall(piece)
            data = b""
            while True:
                try:
                    more = connection.recv(65536)
                except ConnectionResetError:
                    return data
                if not more:
                    return data
                data += more

    def test_a_body_of_a_gigabyte_is_refused_by_its_head(self):
        head = f"POST /run HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {2 ** 30}\r\n\r\n".encode()
        self.assertIn(b" 413 ", self.raw(head, b'{"input"'))
        endless = f"POST /run HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        self.assertIn(b" 413 ", self.raw(endless, *[b"100000\r\n" + b"x" * 0x100000 + b"\r\n"] * 17), "one MiB too many")
        stranger = b"POST /run HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
        self.assertIn(b" 413 ", self.raw(stranger))
        self.assertIn(b" 431 ", self.raw(b"GET /health HTTP/1.1\r\nX: " + b"x" * 100_000))

    def test_a_head_that_drips_costs_one_connection_and_nobody_else(self):
        drips = [socket.create_connection(("127.0.0.1", self.shared.port)) for _ in range(50)]
        for drip in drips:
            drip.sendall(b"GET /health HTTP/1.1\r\nHost:")
        self.assertEqual(self.shared.call("GET", "/health", key=None).status, 200)
        for drip in drips:
            drip.settimeout(PATIENCE)
            try:
                drip.recv(1)  # cut off in the end
            except ConnectionResetError:
                pass
            drip.close()

    def test_the_key_is_in_nothing_it_says(self):
        self.shared.call("POST", "/run", {"input": {"prompt": KEY, "api_key": "planted-secret-in-a-job"}})
        until(lambda: self.shared.call("GET", "/health", key=None).json["active_jobs"] == 0)
        self.assertNotIn(KEY, self.shared.output())
        self.assertNotIn("planted-secret-in-a-job", self.shared.output())


class Leaving(Case):
    def test_asked_to_end_it_finishes_the_job_in_hand_and_takes_no_more(self):
        worker = self.stand_in()
        done = []
        steps = {**SLOW, "num_inference_steps": 12}
        waiting = threading.Thread(target=lambda: done.append(worker.call("POST", "/runsync?wait=300000", {"input": steps})))
        waiting.start()
        until(lambda: worker.call("GET", "/health", key=None).json["jobs"]["inProgress"] == 1)
        queued = worker.run(**QUICK)
        worker.process.terminate()
        until(lambda: worker.call("GET", "/ready", key=None).json["status"] == "leaving")
        late = worker.call("POST", "/run", {"input": QUICK})
        self.assertEqual(late.status, 503, late)
        lost = worker.status(queued)
        self.assertEqual((lost["status"], lost["error"]["code"]), ("FAILED", "E_RUNTIME"))
        waiting.join(PATIENCE)
        self.assertEqual(done[0].json["status"], "COMPLETED", done)
        self.assertEqual(worker.wait(), 0, worker.output())
        self.assertEqual(worker.event("leaving")["reason"], "asked to")

    def test_a_result_is_there_until_it_was_asked_for(self):
        worker = self.stand_in()
        job = worker.run(**{**SLOW, "num_inference_steps": 6})
        worker.until(job, "IN_PROGRESS")
        worker.process.terminate()
        done = worker.until(job, "COMPLETED", "FAILED")
        self.assertEqual(done["status"], "COMPLETED")
        self.assertEqual(worker.wait(), 0)

    def test_a_job_that_takes_too_long_does_not_hold_it(self):
        worker = self.stand_in(VISGATE_DRAIN_SECONDS="1")
        job = worker.run(**SLOW)
        worker.until(job, "IN_PROGRESS")
        worker.process.terminate()
        failed = worker.until(job, "FAILED", "COMPLETED")
        self.assertEqual(failed["error"]["code"], "E_TIMEOUT")
        self.assertIn("had to leave", failed["error"]["message"])
        self.assertEqual(worker.wait(), 0, worker.output())

    def test_it_leaves_with_whoever_holds_its_input(self):
        for state in ("idle", "loading", "working"):
            with self.subTest(state):
                worker = self.stand_in(load="hang load" if state == "loading" else "", holds=True)
                if state == "idle":
                    worker.event("ready")
                if state == "working":
                    worker.until(worker.run(**SLOW), "IN_PROGRESS")
                worker.process.stdin.write("what it is told does not matter\n")
                worker.process.stdin.close()
                self.assertEqual(worker.wait(), 0, worker.output())
                self.assertIn("gone", worker.event("leaving")["reason"])
                with self.assertRaises(OSError):
                    worker.call("GET", "/health", key=None)

    def test_nobody_wants_anything_for_long_enough(self):
        worker = self.worker(VISGATE_IDLE_TIMEOUT_SECONDS="1")
        self.assertEqual(worker.wait(), 0)
        self.assertEqual(worker.event("leaving")["reason"], "idle")

    def test_what_cannot_be_is_said_at_once(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            for environment, words in (({"HTTP_PORT": port}, f"Port {port} on 127.0.0.1 is taken"), ({"HTTP_PORT": "abc"}, "HTTP_PORT"),
                                       ({"HTTP_ADDRESS": "localhost"}, "HTTP_ADDRESS localhost"),
                                       ({"VISGATE_HTTP_KEY": ""}, "VISGATE_HTTP_KEY"), ({"VISGATE_HTTP_KEY": "ü" * 20}, "VISGATE_HTTP_KEY"),
                                       ({"WORKER_MODE": "both"}, "WORKER_MODE")):
                worker = self.worker(listens=False, **environment)
                self.assertEqual(worker.wait(), 2, environment)
                self.assertIn(words, worker.output())
                self.assertEqual(worker.event("failed")["code"], "E_CONFIG")
        gone = subprocess.run([worker.process.args[0]], env={"WORKER_MODE": "http", "VISGATE_HTTP_KEY": KEY, "HF_MODEL_ID": "a/b"},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(gone.returncode, 1)
        self.assertIn("E_NO_RUNTIME", gone.stdout)


if __name__ == "__main__":
    if os.name != "posix":
        print("starts processes as POSIX does")
        raise SystemExit(77)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    unittest.main()
