# SPDX-License-Identifier: GPL-3.0-or-later
"""The workers: scaling, placement, start limit, crashes, releases, what their containers get (facts 4 and 5)."""
import datetime
import os
import signal

from practice import FAKE_WORKER, Case, Stream, main, until


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def waiting(worker):
    return worker["status"] == "THROTTLED"


OTHER = "somebody/worker:2"


class Fleet(Case):
    options = ("--image", OTHER + "=" + FAKE_WORKER)

    def test_the_environment_is_the_providers_and_the_endpoints(self):
        p = self.p
        endpoint = p.create(image=OTHER, env={"MINE": "1", "RUNPOD_INIT_TIMEOUT": "99"}, args="--flag 'two words'")
        p.run(endpoint, sleep=60)
        worker = until(lambda: [w for w in p.state()["workers"] if w["status"] == "RUNNING"])[0]
        pid = next(int(e) for e in os.listdir("/proc") if e.isdigit() and cmdline(e).find(b"fake_worker.py") > 0
                   and environ(e).get("RUNPOD_POD_ID") == worker["id"])
        env = environ(str(pid))
        self.assertEqual(env, worker["env"])
        base = f"{p.queue_base}/{endpoint}"
        query = "?gpu=" + worker["gpuTypeId"].replace(" ", "+")
        self.assertEqual(env["RUNPOD_WEBHOOK_GET_JOB"], f"{base}/job-take/$ID{query}")
        self.assertEqual(env["RUNPOD_WEBHOOK_POST_OUTPUT"], f"{base}/job-done/$RUNPOD_POD_ID/$ID{query}")
        self.assertEqual(env["RUNPOD_WEBHOOK_POST_STREAM"], f"{base}/job-stream/$RUNPOD_POD_ID/$ID{query}")
        self.assertEqual(env["RUNPOD_WEBHOOK_PING"], f"{base}/ping/$RUNPOD_POD_ID{query}")
        self.assertEqual((env["RUNPOD_ENDPOINT_ID"], env["RUNPOD_GPU_TYPE_ID"], env["RUNPOD_DC_ID"], env["MINE"]),
                         (endpoint, worker["gpuTypeId"], worker["dataCenterId"], "1"))
        self.assertFalse(any("rpa_practice" in value for value in env.values()))  # never the user's key
        # Practice's own worker, under whatever name: its pictures are the demo model's, which is asked for.
        self.assertEqual(env.pop("VISGATE_RUNNER"), "builtin")
        self.assertEqual(set(env) - {"PATH", "HOME", "TMPDIR", "LANG", "MINE"}, {k for k in env if k.startswith("RUNPOD_")})
        self.assertEqual(cmdline(str(pid)).split(b"\0")[2:4], [b"--flag", b"two words"])
        self.assertEqual(os.getpgid(pid), pid)
        p.rest("DELETE", "/serverless/" + endpoint)
        until(lambda: not os.path.exists(f"/proc/{pid}"))

    def test_min_workers_run_without_jobs_and_idle_ones_leave(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 2, "idleTimeout": 5})
        until(lambda: [w["status"] for w in p.workers(endpoint)] == ["IDLE"])
        p.advance(600)
        self.assertEqual(len(p.workers(endpoint)), 1)
        p.rest("PATCH", f"/serverless/{endpoint}", {"workers": {"min": 0}})
        until(lambda: p.workers(endpoint) == [])
        self.assertEqual(p.state()["processes"], 0)

    def test_idle_time_is_counted_from_the_last_job(self):
        p = self.p
        endpoint = p.create(workers={"max": 1, "idleTimeout": 300})
        p.finished(endpoint, p.run(endpoint, echo=1))
        p.advance(200)
        p.finished(endpoint, p.run(endpoint, echo=1))
        p.advance(200)
        self.assertEqual([w["status"] for w in p.workers(endpoint)], ["IDLE"])
        p.advance(101)
        until(lambda: p.workers(endpoint) == [])

    def test_queue_delay_adds_a_worker_when_jobs_wait(self):
        p = self.p
        endpoint = p.create(workers={"max": 2}, scaling={"type": "QUEUE_DELAY", "queueDelay": 30})
        jobs = [p.run(endpoint, sleep=60) for _ in range(3)]
        until(lambda: p.status(endpoint, jobs[0])["status"] == "IN_PROGRESS")
        self.assertEqual(len(p.workers(endpoint)), 1)
        p.advance(31)
        until(lambda: p.status(endpoint, jobs[1])["status"] == "IN_PROGRESS")
        p.advance(31)
        self.assertEqual(len(p.workers(endpoint)), 2)  # max

    def test_request_count_scales_by_the_number_of_requests(self):
        p = self.p
        endpoint = p.create(workers={"min": 0, "max": 3}, scaling={"type": "REQUEST_COUNT", "requestCount": 2})
        for _ in range(3):
            p.run(endpoint, sleep=60)
        until(lambda: len(p.workers(endpoint)) == 2)

    def test_low_priority_starts_no_worker(self):
        p = self.p
        endpoint = p.create()
        low = p.run(endpoint, echo=1, _job={"policy": {"lowPriority": True}})
        p.advance(60)
        self.assertEqual(p.workers(endpoint), [])
        p.run(endpoint, echo=2)
        self.assertEqual(p.finished(endpoint, low)["status"], "COMPLETED")

    def test_pausing_ends_the_idle_and_lets_the_busy_finish(self):
        p = self.p
        endpoint = p.create()
        job = p.run(endpoint, sleep=2, echo="done")
        until(lambda: p.status(endpoint, job)["status"] == "IN_PROGRESS")
        p.rest("PATCH", f"/serverless/{endpoint}", {"workers": {"max": 0}})
        self.assertEqual(p.finished(endpoint, job)["output"], "done")
        until(lambda: p.workers(endpoint) == [])

    def test_a_release_replaces_idle_workers_now_and_busy_ones_after_their_job(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1}, env={"TASK": "1"})
        job = p.run(endpoint, sleep=2, echo="old")
        until(lambda: p.status(endpoint, job)["status"] == "IN_PROGRESS")
        p.rest("PATCH", f"/serverless/{endpoint}", {"env": {"TASK": "2"}})
        (old,) = p.workers(endpoint)
        self.assertTrue(old["isStale"])
        rollout = p.rest("GET", f"/serverless/{endpoint}/releases").json["rollout"]
        self.assertEqual(rollout, {"inProgress": True, "workersOnLatest": 0, "workersTotal": 1, "percentOnLatest": 0})
        self.assertEqual(p.finished(endpoint, job)["output"], "old")
        new = until(lambda: [w for w in p.workers(endpoint) if w["status"] == "IDLE" and not w["isStale"]])[0]
        self.assertEqual((new["version"], p.state()["workers"][0]["env"]["TASK"]), (2, "2"))
        self.assertNotEqual(new["id"], old["id"])

    def test_throttled_until_there_is_capacity(self):
        p = self.p
        p.control("POST", "/conditions", {"kind": "throttled", "endpoint": "test"})
        endpoint = p.create()
        job = p.run(endpoint, echo=1)
        (worker,) = until(lambda: [w for w in p.workers(endpoint) if waiting(w)])
        self.assertEqual((worker["gpuTypeId"], worker["startedAt"]), (None, None))
        p.advance(60)
        self.assertEqual([w["status"] for w in p.workers(endpoint)], ["THROTTLED"])
        self.assertEqual(p.state()["money"]["spent"], 0)
        p.control("DELETE", "/conditions")
        self.assertEqual(p.finished(endpoint, job)["status"], "COMPLETED")

    def test_no_stock_is_throttled_as_well(self):
        p = self.p
        p.control("POST", "/stock", {"pool": "ADA_24", "stock": "NONE"})
        endpoint = p.create(gpu={"pools": ["ADA_24"]})
        p.run(endpoint, echo=1)
        until(lambda: p.workers(endpoint) and all(map(waiting, p.workers(endpoint))))

    def test_a_crash_loop(self):
        p = self.p
        p.control("POST", "/conditions", {"kind": "crash_loop"})
        endpoint = p.create()
        p.run(endpoint, echo=1)
        (worker,) = until(lambda: p.workers(endpoint))
        log = Stream(p, f"/serverless/{endpoint}/workers/{worker['id']}/logs")
        until(lambda: sum(line.startswith("start container") for line in log.lines("system")) >= 3)
        self.assertEqual(log.lines("container"), [])
        self.assertEqual([w["status"] for w in p.workers(endpoint)], ["UNHEALTHY"])
        log.close()

    def test_a_program_that_crashes(self):
        p = self.p
        endpoint = p.create()
        p.finished(endpoint, p.run(endpoint, crash=3))
        log = until(lambda: [w for w in p.state()["workers"] if w["crashes"] > 0])[0]["log"]
        self.assertIn("system: container exited with status 3", log)

    def test_a_worker_that_leaves_is_removed(self):
        p = self.p
        endpoint = p.create()
        p.finished(endpoint, p.run(endpoint, crash=0))
        gone = p.state()["removedWorkers"]
        self.assertTrue(gone and "system: container exited with status 0" in gone[0]["log"])

    def test_the_start_limit(self):
        p = self.p
        p.control("POST", "/conditions", {"kind": "stuck_initializing"})
        endpoint = p.create(env={"RUNPOD_INIT_TIMEOUT": "100"})
        p.run(endpoint, echo=1)
        until(lambda: p.state()["money"]["usdPerSecond"] > 0)  # a container that only starts is billed
        self.assertEqual([w["status"] for w in p.workers(endpoint)], ["INITIALIZING"])
        p.advance(101)
        until(lambda: [w["status"] for w in p.workers(endpoint)] == ["UNHEALTHY"])
        self.assertEqual(p.state()["money"]["usdPerSecond"], 0)

    def test_a_silent_worker_is_given_up(self):
        p = self.p
        endpoint = p.create()
        job = p.run(endpoint, drop=True, pings_after=1)  # one ping and no more
        until(lambda: p.status(endpoint, job).get("status") == "IN_PROGRESS")
        until(lambda: any("/ping/" in r["target"] and r["status"] == 200 for r in p.control("GET", "/requests")))
        p.advance(61)
        until(lambda: p.status(endpoint, job).get("retries") == 1)

    def test_a_clock_that_runs_fast_does_not_hurry_the_workers(self):
        p = self.p
        endpoint = p.create(timeout=604800000)
        job = p.run(endpoint, drop=True, pings_after=1)
        until(lambda: any("/ping/" in r["target"] and r["status"] == 200 for r in p.control("GET", "/requests")))
        begin = moment(p.state()["now"])
        p.control("POST", "/time", {"rate": 2880})  # the processes go on at their own pace
        until(lambda: moment(p.state()["now"]) > begin + datetime.timedelta(minutes=20))
        self.assertEqual([w["status"] for w in p.workers(endpoint)], ["RUNNING"])
        self.assertNotIn("retries", p.status(endpoint, job))

    def test_a_worker_killed_from_outside_is_restarted(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1})
        worker = until(lambda: [w for w in p.state()["workers"] if w["status"] == "IDLE"])[0]
        pid = next(int(e) for e in os.listdir("/proc") if e.isdigit() and environ(e).get("RUNPOD_POD_ID") == worker["id"])
        os.kill(pid, signal.SIGKILL)
        until(lambda: "system: container exited with status 137" in p.state()["workers"][0]["log"])
        until(lambda: [w["status"] for w in p.workers(endpoint)] == ["IDLE"])

    def test_no_money_ends_everything(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1})
        until(lambda: p.state()["money"]["usdPerSecond"] > 0)
        p.control("POST", "/account", {"credit": 0.001})
        p.advance(60)
        until(lambda: p.workers(endpoint) == [])
        self.assertEqual(p.state()["processes"], 0)

    def test_unused_endpoints_are_scaled_down(self):
        p = self.p
        endpoint = p.create(workers={"min": 0, "max": 4})
        limit = lambda: p.rest("GET", f"/serverless/{endpoint}").json["workers"]["max"]
        p.advance(3 * 86400 + 60)
        until(lambda: limit() == 2)
        p.advance(4 * 86400)
        until(lambda: limit() == 0)

    def test_parked(self):
        p = self.p
        endpoint = p.create()
        p.control("POST", "/park", {"endpoint": "test"})
        self.assertEqual(p.rest("GET", f"/serverless/{endpoint}").json["workers"]["max"], 0)

    def test_the_same_seed_places_alike(self):
        p = self.p
        endpoint = p.create(gpu={"pools": ["AMPERE_16", "AMPERE_24", "ADA_24"]})
        p.run(endpoint, echo=1)
        first = until(lambda: [w for w in p.workers(endpoint) if w["gpuTypeId"]])[0]
        p.rest("DELETE", f"/serverless/{endpoint}")
        endpoint = p.create(gpu={"pools": ["AMPERE_16", "AMPERE_24", "ADA_24"]})
        p.run(endpoint, echo=1)
        second = until(lambda: [w for w in p.workers(endpoint) if w["gpuTypeId"]])[0]
        self.assertEqual((first["gpuTypeId"], first["dataCenterId"]), (second["gpuTypeId"], second["dataCenterId"]))


class Logs(Case):
    def setUp(self):
        super().setUp()
        self.id = self.p.create(workers={"max": 1, "idleTimeout": 3600})
        self.p.finished(self.id, self.p.run(self.id, print="one\ntwo\nthree"))
        self.worker = self.p.workers(self.id)[0]["id"]
        self.path = f"/serverless/{self.id}/workers/{self.worker}/logs"
        until(lambda: "container: three" in self.p.state()["workers"][0]["log"])

    def lines(self, query="", headers=None, count=1):
        stream = Stream(self.p, self.path + query, headers)
        if count:
            until(lambda: len(stream.events) >= count)
        self.p.state()  # a round trip: what was to come at once has come
        events = list(stream.events)
        stream.close()
        return events, stream.lines()

    def test_tail_and_source(self):
        self.assertEqual(self.lines("?source=container&tail=2", count=2)[1], ["two", "three"])
        self.assertTrue(self.lines("?source=system")[1][0].startswith("image pull"))
        self.assertEqual(self.lines("?tail=0", count=0)[1], [])
        for wrong in ("?tail=5001", "?tail=-1", "?tail=x", "?source=both", "?since=now"):
            self.refused(self.p.rest("GET", self.path + wrong), 422, wrong[1:].split("=")[0])
        self.refused(self.p.rest("GET", self.path.replace(self.worker, "nope")), 404)

    def test_resume(self):
        events, lines = self.lines("?source=container", count=4)
        at = lines.index("one")
        headers = {"Last-Event-ID": events[at]["id"]}
        self.assertEqual(self.lines("?source=container&since=2020-01-01T00:00:00Z&tail=1", headers, 2)[1], ["two", "three"])
        self.assertEqual(self.lines("?source=container&tail=1&since=2020-01-01T00:00:00Z", count=4)[1], lines)
        self.assertEqual(len({event["id"] for event in events}), len(events))

    def test_live_lines_arrive(self):
        stream = Stream(self.p, self.path + "?tail=0")
        self.p.run(self.id, print="later")
        until(lambda: stream.lines() == ["later"])
        stream.close()
        until(lambda: self.p.state()["logFollowers"] == 0)

    def test_container_lines_vanish_after_the_container(self):
        self.p.rest("PATCH", f"/serverless/{self.id}", {"workers": {"max": 0}})
        until(lambda: self.p.workers(self.id) == [])
        self.assertIn("three", self.lines("?source=container", count=4)[1])
        self.p.advance(121)
        until(lambda: not any(line.startswith("container") for line in self.p.state()["removedWorkers"][0]["log"]))
        self.assertEqual(self.lines("?tail=2", count=2)[1], ["stop container", "remove container"])


def cmdline(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def environ(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return dict(entry.decode().split("=", 1) for entry in file.read().split(b"\0") if b"=" in entry)
    except (OSError, UnicodeDecodeError):
        return {}


if __name__ == "__main__":
    main()
