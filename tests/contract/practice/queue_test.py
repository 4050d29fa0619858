# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue API and the worker-job protocol (facts 3 and 4), with a tiny worker of our own."""
import http.server
import json
import threading
import time

from practice import Case, main, until


class Queue(Case):
    def setUp(self):
        super().setUp()
        self.id = self.p.create()

    def post(self, path, body=None):
        return self.p.queue("POST", f"/{self.id}/{path}", body)

    def get(self, path):
        return self.p.queue("GET", f"/{self.id}/{path}")

    def hold(self):
        """A job that keeps the only worker busy."""
        job = self.p.run(self.id, sleep=60)
        until(lambda: self.p.status(self.id, job)["status"] == "IN_PROGRESS")
        return job

    def test_keys(self):
        for key, status in ((None, 401), ("rpa_wrong", 401), ("rpa_practice_x", 200), ("Bearer rpa_practice_x", 200)):
            self.assertEqual(self.p.queue("GET", f"/{self.id}/health", key=key).status, status, key)
        self.assertEqual(self.p.queue("GET", "/nope/health").status, 404)
        self.assertEqual(self.get("status/nope").status, 404)
        self.assertEqual(self.get("run").status, 405)

    def test_bad_bodies(self):
        for body in (b"{", [], {}, {"input": "text"}, {"input": {}, "policy": {"ttl": 9999}},
                     {"input": {}, "policy": {"executionTimeout": 4999}}, {"input": {}, "policy": {"lowPriority": 1}},
                     {"input": {}, "webhook": 1}):
            with self.subTest(str(body)):
                self.assertEqual(self.post("run", body).status, 400)
        self.assertEqual(self.post("run", {"input": {"x": "y" * (10 * 1024 * 1024)}}).status, 400)

    def test_other_members_reach_the_worker(self):
        job = self.p.run(self.id, echo=1, _job={"s3Config": {"accessId": "a"}, "mine": [1]})
        self.p.finished(self.id, job)
        kept = next(j for j in self.p.state()["jobs"] if j["id"] == job)["request"]
        self.assertEqual((kept["s3Config"], kept["mine"]), ({"accessId": "a"}, [1]))

    def test_progress_then_output(self):
        job = self.p.run(self.id, progress=[{"n": 1}], sleep=1, echo="end")
        until(lambda: self.p.status(self.id, job).get("output") == {"n": 1})
        self.assertEqual(self.p.finished(self.id, job)["output"], "end")

    def test_late_progress_opens_the_job_again(self):
        job = self.p.run(self.id, echo="end", late=["late"])  # facts 4.7: so does the live service
        until(lambda: self.p.status(self.id, job) | {} if self.p.status(self.id, job).get("output") == "late" else None)
        self.assertEqual(self.p.status(self.id, job)["status"], "IN_PROGRESS")

    def test_failure_and_retry(self):
        job = self.p.run(self.id, fail="out of luck")
        done = self.p.finished(self.id, job)
        self.assertEqual((done["status"], done["error"]), ("FAILED", "out of luck"))
        again = self.post("retry/" + job).json
        self.assertEqual(again, {"id": job, "status": "IN_QUEUE"})
        self.assertEqual(self.p.finished(self.id, job)["status"], "FAILED")
        good = self.p.run(self.id, echo=1)
        self.p.finished(self.id, good)
        self.assertEqual(self.post("retry/" + good).status, 400)

    def test_runsync(self):
        done = self.post("runsync", {"input": {"echo": [1]}}).json
        self.assertTrue(done["id"].startswith("sync-"))
        self.assertEqual((done["status"], done["output"]), ("COMPLETED", [1]))
        slow = self.post("runsync?wait=1000", {"input": {"sleep": 3}}).json
        self.assertIn(slow["status"], ("IN_QUEUE", "IN_PROGRESS"))
        self.assertEqual(self.p.finished(self.id, slow["id"])["status"], "COMPLETED")
        self.p.advance(61)
        until(lambda: self.get("status/" + slow["id"]).status == 404)  # a runsync result is kept for a minute

    def test_stream(self):
        job = self.p.run(self.id, chunks=["a", {"b": 1}], sleep=0.5)
        seen = []
        while True:
            reply = self.get(f"stream/{job}?wait=5000").json
            seen += [chunk["output"] for chunk in reply["stream"]]
            if reply["status"] not in ("IN_QUEUE", "IN_PROGRESS"):
                break
        self.assertEqual(seen, ["a", {"b": 1}])

    def test_cancel_waiting_and_running(self):
        running = self.hold()
        waiting = self.p.run(self.id, echo=1)
        self.assertEqual(self.post("cancel/" + waiting).json, {"id": waiting, "status": "CANCELLED"})
        self.assertEqual(self.post("cancel/" + running).json["status"], "CANCELLED")
        after = self.p.run(self.id, echo=2)  # the worker was told to stop, and is free again
        self.assertEqual(self.p.finished(self.id, after)["output"], 2)
        worker = self.p.state()["workers"][0]
        self.assertIn("container: stopped " + running, worker["log"])
        self.assertEqual(self.p.status(self.id, running)["status"], "CANCELLED")

    def test_a_worker_that_missed_a_cancellation_is_told_again(self):
        running = self.hold()
        worker = self.p.state()["workers"][0]
        self.post("cancel/" + running)
        until(lambda: any("/job-stop/" in r["target"] and r["status"] == 200 for r in self.p.control("GET", "/requests")))
        stop = f"/{self.id}/job-stop/{worker['id']}?gpu=x"
        key = worker["env"]["RUNPOD_AI_API_KEY"]
        ping = f"/{self.id}/ping/{worker['id']}?gpu=x&job_id={running}"
        told = []
        thread = threading.Thread(target=lambda: told.append(self.p.queue("GET", stop, key=key).json))
        thread.start()
        while thread.is_alive():  # the worker's own poll may get one of them
            self.p.queue("GET", ping, key=key)
            thread.join(0.1)
        self.assertEqual(told, [{"jobsToStop": [running]}])

    def test_purge(self):
        running = self.hold()
        waiting = [self.p.run(self.id, echo=i) for i in range(3)]
        self.assertEqual(self.post("purge-queue").json, {"removed": 3, "status": "completed"})
        self.assertEqual(self.get("status/" + waiting[0]).status, 404)
        self.assertEqual(self.p.status(self.id, running)["status"], "IN_PROGRESS")

    def test_limits_in_ten_seconds(self):
        self.assertEqual([self.post("purge-queue").status for _ in range(3)], [200, 200, 429])
        self.p.control("POST", "/limits", {"queue": {"run": 2}})
        self.assertEqual([self.post("run", {"input": {"a": 1}}).status for _ in range(3)], [200, 200, 429])
        self.p.advance(10)
        self.assertEqual(self.post("purge-queue").status, 200)

    def test_ttl_covers_everything(self):
        running = self.p.run(self.id, sleep=60, _job={"policy": {"ttl": 20000}})
        until(lambda: self.p.status(self.id, running).get("status") == "IN_PROGRESS")
        waiting = self.p.run(self.id, echo=1, _job={"policy": {"ttl": 15000}})
        self.p.advance(21)
        until(lambda: self.get("status/" + running).status == 404)
        until(lambda: self.get("status/" + waiting).status == 404)

    def test_execution_timeout(self):
        job = self.p.run(self.id, sleep=60, _job={"policy": {"executionTimeout": 5000}})
        until(lambda: self.p.status(self.id, job).get("status") == "IN_PROGRESS")
        self.p.advance(6)
        self.assertEqual(self.p.finished(self.id, job)["status"], "TIMED_OUT")
        after = self.p.run(self.id, echo=2)
        self.assertEqual(self.p.finished(self.id, after)["output"], 2)

    def test_results_are_kept_for_half_an_hour(self):
        job = self.p.run(self.id, echo=1)
        self.p.finished(self.id, job)
        self.p.advance(29 * 60)
        self.assertEqual(self.get("status/" + job).status, 200)
        self.p.advance(61)
        until(lambda: self.get("status/" + job).status == 404)

    def test_paused(self):
        self.p.rest("PATCH", f"/serverless/{self.id}", {"workers": {"max": 0}})
        reply = self.post("run", {"input": {"a": 1}})
        self.assertEqual((reply.status, reply.json["error"]), (409, "ENDPOINT_PAUSED"))

    def test_a_result_that_is_too_big_is_lost(self):
        job = self.p.run(self.id, big=11 * 1024 * 1024)
        done = self.p.finished(self.id, job)
        self.assertEqual(done["status"], "COMPLETED")
        self.assertNotIn("output", done)
        until(lambda: "container: big 400 None" in self.p.state()["workers"][0]["log"])

    def test_a_crashed_job_is_delivered_once_more(self):
        job = self.p.run(self.id, crash=9)
        done = self.p.finished(self.id, job)
        self.assertEqual((done["status"], done["error"], done["retries"]), ("FAILED", "job timed out after 1 retries", 1))
        health = self.get("health").json
        self.assertEqual((health["jobs"]["failed"], health["jobs"]["retried"]), (1, 1))

    def test_a_job_that_no_ping_names_is_delivered_once_more(self):
        job = self.p.run(self.id, drop=True, pings_after=3)
        done = self.p.finished(self.id, job)
        self.assertEqual((done["status"], done["retries"]), ("FAILED", 1))

    def test_an_empty_input_never_reaches_the_worker(self):
        job = self.post("run", {"input": {}}).json["id"]  # facts 4.4; our worker answers without looking
        self.assertEqual(self.p.finished(self.id, job)["status"], "COMPLETED")
        taken = [r for r in self.p.control("GET", "/requests") if "/job-take/" in r["target"]]
        self.assertTrue(taken)

    def test_the_worker_key_opens_nothing_else(self):
        self.hold()
        key = self.p.state()["workers"][0]["env"]["RUNPOD_AI_API_KEY"]
        self.assertEqual(self.p.rest("GET", "/serverless", key=key).status, 401)
        self.assertEqual(self.p.queue("GET", f"/{self.id}/health", key=key).status, 401)
        worker = self.p.workers(self.id)[0]["id"]
        for wrong in ("rpa_practice_test", None, "Bearer " + key):
            self.assertEqual(self.p.queue("GET", f"/{self.id}/job-take/{worker}?gpu=x", key=wrong).status, 401)

    def test_stop_pod_ends_the_worker(self):
        job = self.p.run(self.id, echo=1, extra={"stopPod": True})
        first = self.p.finished(self.id, job)["workerId"]
        until(lambda: first not in [w["id"] for w in self.p.workers(self.id)])

    def test_requests(self):
        jobs = [self.p.run(self.id, echo=i) for i in range(2)]
        self.assertEqual([r["id"] for r in self.get("requests").json["requests"]], jobs[::-1])

    def test_webhook(self):
        got = []

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(500 if len(got) == 1 else 200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}/hook"
        job = self.p.run(self.id, echo=7, _job={"webhook": url})
        self.p.finished(self.id, job)
        until(lambda: len(got) == 2)  # once more after the 500
        self.assertEqual((got[1]["id"], got[1]["status"], got[1]["output"], got[1]["webhook"]), (job, "COMPLETED", 7, url))
        other = self.p.run(self.id, fail="x", _job={"webhook": url})
        until(lambda: len(got) == 3)
        self.assertEqual((got[2]["id"], got[2]["status"]), (other, "FAILED"))


class Batch(Case):
    def test_a_batch_take_gets_a_list(self):
        p = self.p
        endpoint = p.create()
        p.run(endpoint, sleep=60)
        state = until(lambda: (s := p.state()) and s["jobs"][0]["status"] == "IN_PROGRESS" and s)
        worker, key = state["workers"][0]["id"], state["workers"][0]["env"]["RUNPOD_AI_API_KEY"]
        jobs = [p.run(endpoint, echo=i) for i in range(3)]
        taken = p.queue("GET", f"/{endpoint}/job-take-batch/{worker}?gpu=x&batch_size=2&job_in_progress=1", key=key).json
        self.assertEqual([job["id"] for job in taken], jobs[:2])
        self.assertEqual(taken[0]["input"], {"echo": 0})

    def test_a_take_waits_for_a_job(self):
        p = self.p
        endpoint = p.create()
        p.run(endpoint, sleep=60)
        state = until(lambda: (s := p.state()) and s["jobs"][0]["status"] == "IN_PROGRESS" and s)
        worker, key = state["workers"][0]["id"], state["workers"][0]["env"]["RUNPOD_AI_API_KEY"]
        answers = []
        take = lambda: answers.append(p.queue("GET", f"/{endpoint}/job-take/{worker}?gpu=x", key=key))
        thread = threading.Thread(target=take)
        thread.start()
        until(lambda: any(r["status"] == 0 and "job_in_progress" not in r["target"] and "/job-take/" in r["target"]
                          for r in p.control("GET", "/requests")))
        began = time.monotonic()
        job = p.run(endpoint, echo=1)
        thread.join(20)
        self.assertEqual(answers[0].json["id"], job)
        self.assertLess(time.monotonic() - began, 5)
        thread = threading.Thread(target=take)
        thread.start()
        until(lambda: sum("/job-take/" in r["target"] and r["status"] == 0 for r in p.control("GET", "/requests")) >= 1)
        p.advance(91)
        thread.join(20)
        self.assertEqual(answers[1].status, 204)


if __name__ == "__main__":
    main()
